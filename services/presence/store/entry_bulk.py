"""Reading all entries of a span at once: an agent a row, a column of her entries a cell.

PostgreSQL lays each column of numbers out as its binary array, of which every element has the same
length: numpy reads it as it is.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from chassis.database import Connection
from services.presence.domain.columns import Integers
from services.presence.store.entry_table import EntryTable, Texts, table_of, texts_of

# No text of an entry holds it: texts are printable, and contacts are joined by another one.
_SEPARATOR = "\x1e"
_HEADER_SIZE = 20
# PostgreSQL counts time from 2000.
_EPOCH_MICROSECONDS = 946_684_800_000_000

_COLUMNS = (
    "agent, occurred_time, source_sequence, event_id, source, source_kind, state, activity, kind,"
    " marks, reason, contacts, free_count, refers_to_time"
)
# Most entries have none of these.
_SPARSE = ("reason", "contacts")
_INSTANTS = ("occurred_time", "refers_to_time")
_NUMBERS = ("source_kind", "state", "activity", "kind", "marks", "free_count")


def bulk_statement(rows: str) -> str:
    """Returns the statement that reads all of what another one selects in order, by agent."""
    cells = (
        # Most agents have one source: it is told once.
        "CASE WHEN min(source) = max(source) THEN min(source) ELSE string_agg(source, chr(30)) END",
        *(f"string_agg({name}, chr(30)) FILTER (WHERE {name} <> '')" for name in _SPARSE),
        *(f"array_send(array_agg(({name} <> '')::int4))" for name in _SPARSE),
        *(f"array_send(array_agg({name}))" for name in (*_INSTANTS, *_NUMBERS)),
    )
    return (
        f"SELECT agent, {', '.join(cells)} FROM ({rows}) AS entry ({_COLUMNS})"  # noqa: S608 - constants
        " GROUP BY agent ORDER BY agent"
    )


async def read_bulk(
    connection: Connection, statement: str, values: dict[str, object]
) -> EntryTable:
    """Reads entries by the statement of `bulk_statement`."""
    cursor = await connection.execute(statement, values, binary=True)
    rows = await cursor.fetchall()
    return _table_of(rows) if rows else table_of(())


def _table_of(rows: Sequence[Sequence[Any]]) -> EntryTable:
    agents, sources, reasons, contacts, has_reason, has_contacts, *arrays = zip(*rows, strict=True)
    times, refers_to_times = (_array(cells, ">i8") for cells in arrays[:2])
    numbers = [_array(cells, ">i4") for cells in arrays[2:]]
    source_kinds, states, activities, kinds, marks, free_counts = numbers
    counts = [(len(cell) - _HEADER_SIZE) // _element(">i8").itemsize for cell in arrays[0]]
    return EntryTable(
        agents=Texts(_numbered(agents), np.repeat(np.arange(len(agents)), counts)),
        sources=_repeated(sources, counts),
        reasons=_sparse(reasons, _array(has_reason, ">i4")),
        contacts=_sparse(contacts, _array(has_contacts, ">i4")),
        times_us=times + _EPOCH_MICROSECONDS,
        source_kinds=source_kinds,
        states=states,
        activities=activities,
        kinds=kinds,
        marks=marks,
        free_counts=free_counts,
        refers_to_times_us=refers_to_times + _EPOCH_MICROSECONDS,
    )


def _repeated(cells: Sequence[str], counts: Sequence[int]) -> Texts:
    """Reads a column of which a cell holds one text for all rows of an agent, or one for each."""
    parts = [cell.split(_SEPARATOR) for cell in cells]
    told = texts_of([text for part in parts for text in part])
    times = [
        count if len(part) == 1 else 1
        for part, count in zip(parts, counts, strict=True)
        for _ in part
    ]
    return Texts(told.numbers, np.repeat(told.indexes, times))


def _sparse(cells: Sequence[str | None], is_told: Integers) -> Texts:
    """Reads a column of which the cells hold the texts that are not empty."""
    told = [text for cell in cells if cell is not None for text in cell.split(_SEPARATOR)]
    filled = texts_of(["", *told])
    indexes = np.zeros(is_told.size, np.int64)
    indexes[is_told == 1] = filled.indexes[1:]
    return Texts(filled.numbers, indexes)


def _numbered(agents: Sequence[str]) -> dict[str, int]:
    return {agent: number for number, agent in enumerate(agents)}


def _array(cells: Sequence[bytes], code: str) -> Integers:
    elements = np.frombuffer(b"".join([cell[_HEADER_SIZE:] for cell in cells]), _element(code))
    return elements["value"].astype(np.int64)


def _element(code: str) -> np.dtype[Any]:
    return np.dtype([("length", ">i4"), ("value", code)])
