"""Reading one agent's log."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from chassis.database import Database
from services.presence.app.ports import EntryName, LogQuery
from services.presence.domain.entry import LoggedEntry
from services.presence.store.entry_reader import SKEW
from services.presence.store.rows import logged_entry_of
from services.presence.store.tables import STATE_LOG

Params: TypeAlias = Mapping[str, object] | Sequence[object]

_COLUMNS = ", ".join(STATE_LOG.columns.keys())
_ORDER = "occurred_time, source_sequence, event_id, source"
_DOWN = "occurred_time DESC, source_sequence DESC, event_id DESC, source DESC"
_KNOWN = """ AND recorded_time <= coalesce(%(known_at)s::timestamptz, 'infinity')
    AND (%(sites)s::text[] IS NULL OR site = ANY (%(sites)s))
"""
_OF_SPAN = f"""
SELECT {_COLUMNS} FROM state_log
WHERE agent = %(agent)s AND occurred_time >= %(start)s AND occurred_time < %(end)s
    AND recorded_time >= %(recorded_from)s{_KNOWN}
"""  # noqa: S608 - names of columns
_AFTER = f" AND ({_ORDER}) > (%(time)s, %(sequence)s, %(event_id)s, %(source)s)"
_PAGE = f" ORDER BY {_ORDER} LIMIT %(limit)s"
_OPENING = f"""
SELECT {_COLUMNS} FROM state_log
WHERE agent = %(agent)s AND occurred_time < %(start)s AND kind IN (1, 2, 3){_KNOWN}
ORDER BY {_DOWN} LIMIT 1
"""  # noqa: S608 - names of columns
_ENTRY = f"""
SELECT {_COLUMNS} FROM state_log
WHERE agent = %s AND source = %s AND event_id = %s AND occurred_time = %s AND recorded_time >= %s
"""  # noqa: S608 - names of columns


class PostgresLogReader:
    """The log of one agent in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_entries(self, query: LogQuery, limit: int) -> list[LoggedEntry]:
        """Lists a page as the port says."""
        values = _values(query) | {"limit": limit}
        statement = _OF_SPAN + (_AFTER if query.after is not None else "") + _PAGE
        async with self._database.connection() as connection:
            cursor = await connection.execute(statement, values, binary=True)
            return [logged_entry_of(row) for row in await cursor.fetchall()]

    async def find_opening(self, query: LogQuery) -> LoggedEntry | None:
        """Finds the entry before a span as the port says."""
        return await self._find(_OPENING, _values(query))

    async def find_entry(self, name: EntryName) -> LoggedEntry | None:
        """Finds an entry as the port says."""
        return await self._find(_ENTRY, (*name, name.occurred_time - SKEW))

    async def _find(self, statement: str, values: Params) -> LoggedEntry | None:
        async with self._database.connection() as connection:
            cursor = await connection.execute(statement, values, binary=True)
            row = await cursor.fetchone()
        return None if row is None else logged_entry_of(row)


def _values(query: LogQuery) -> dict[str, object]:
    values: dict[str, object] = {
        "agent": query.agent,
        "start": query.span.start_time,
        "end": query.span.end_time,
        "recorded_from": query.span.start_time - SKEW,
        "known_at": query.known_at,
        "sites": None if query.sites is None else sorted(query.sites),
    }
    if query.after is not None:
        values |= {
            "time": query.after.occurred_time,
            "sequence": query.after.source_sequence,
            "event_id": query.after.event_id,
            "source": query.after.source,
        }
    return values
