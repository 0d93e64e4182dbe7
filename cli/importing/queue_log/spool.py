"""Keeps what does not fit in memory: spans, legs and rejected lines, in a database of its own."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from cli.importing.queue_log.facts import Kind, Leg
from cli.importing.queue_log.timeline import Stretch

_TABLES = """
CREATE TABLE stretches (
    person TEXT, kind INTEGER, start NUMERIC, finish NUMERIC, is_open INTEGER, reason TEXT,
    contact TEXT, inferred INTEGER
);
CREATE TABLE legs (
    number INTEGER PRIMARY KEY, contact TEXT, queue TEXT, enter NUMERIC, connect NUMERIC,
    finish NUMERIC, wait_s NUMERIC, talk_s NUMERIC, agent TEXT, outcome TEXT, is_outbound INTEGER,
    ended_by TEXT
);
CREATE TABLE rejected (file TEXT, line INTEGER, text TEXT, reason TEXT);
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
"""
_ROWS_AT_ONCE = 5_000


class Spool:
    """Takes rows in any order and gives them back in the order of a result.

    The empty name makes a database that SQLite keeps on disk as it grows, and removes when closed.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(_TABLES)
        self._pending: dict[str, list[tuple[Any, ...]]] = {}

    def close(self) -> None:
        """Removes everything."""
        self._database.close()

    def add_stretch(self, person: str, stretch: Stretch) -> None:
        """Keeps a stretch of a person's time."""
        row = (stretch.kind, stretch.start, stretch.end, stretch.is_open, stretch.reason)
        self._add("stretches", (person, *row, stretch.contact, stretch.inferred))

    def add_leg(self, leg: Leg) -> None:
        """Keeps a leg; one that is told again replaces what was kept of it."""
        times = (leg.enter, leg.connect, leg.end, leg.wait_s, leg.talk_s)
        rest = (leg.agent, leg.outcome, leg.is_outbound, leg.ended_by)
        self._add("legs", (leg.number, leg.contact, leg.queue, *times, *rest))

    def add_rejected(self, file: str, line: int, text: str, reason: str) -> None:
        """Keeps a line that was rejected."""
        self._add("rejected", (file, line, text, reason))

    def stretches(self, person: str) -> Iterator[Stretch]:
        """Yields the stretches of a person by their starts."""
        self._index()
        rows = self._rows(
            "SELECT kind, start, finish, is_open, reason, contact, inferred FROM stretches"
            " WHERE person = ? ORDER BY start, rowid",
            person,
        )
        for kind, start, end, is_open, reason, contact, inferred in rows:
            yield Stretch(Kind(kind), start, end, bool(is_open), reason, contact, bool(inferred))

    def legs(self) -> Iterator[Leg]:
        """Yields the legs, those of one call together, calls in the order of their first leg."""
        rows = self._rows(
            "SELECT * FROM legs ORDER BY min(number) OVER (PARTITION BY contact), number"
        )
        for row in rows:
            yield Leg(*row)

    def rejected(self) -> Iterator[tuple[str, int, str, str]]:
        """Yields file, line, text and reason of the rejected lines, as they were read."""
        yield from self._rows("SELECT file, line, text, reason FROM rejected ORDER BY rowid")

    def _add(self, table: str, row: tuple[Any, ...]) -> None:
        rows = self._pending.setdefault(table, [])
        rows.append(row)
        if len(rows) >= _ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        for table, rows in self._pending.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                statement = f"INSERT OR REPLACE INTO {table} VALUES ({marks})"  # noqa: S608 - our own names
                self._database.executemany(statement, rows)
                rows.clear()

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        self._flush()
        yield from self._database.execute(query, values)

    def _index(self) -> None:
        self._flush()
        self._database.execute("CREATE INDEX IF NOT EXISTS by_person ON stretches (person, start)")
