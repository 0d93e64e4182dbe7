"""Reading a whole site: entries as columns, coverage, and what was published."""

from collections.abc import AsyncIterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from chassis.database import Connection, Database, read_head, read_outbox_after
from services.presence.app.ports import Coverage, SiteEntries, Span
from services.presence.domain.entry import FIRST_EPOCH, Place
from services.presence.domain.timeline import EntryColumns
from services.presence.store.log_reader import SKEW

_REPLAY_ROWS = 64

_LOOK = """
(extract(epoch FROM occurred_time) * 1000000)::int8, state, activity, marks::int4, reason,
array_to_string(contacts, chr(31))
"""
_OPENING = f"""
SELECT known.agent, opening.* FROM unnest(%(agents)s::text[]) AS known (agent) CROSS JOIN LATERAL (
    SELECT {_LOOK} FROM state_log
    WHERE state_log.agent = known.agent AND occurred_time < %(start)s
    ORDER BY occurred_time DESC, source_sequence DESC, event_id DESC, source DESC LIMIT 1
) AS opening
"""  # noqa: S608 - constants
_WITHIN = f"""
SELECT agent, {_LOOK} FROM state_log
WHERE agent = ANY (%(agents)s) AND occurred_time >= %(start)s AND occurred_time < %(end)s
    AND recorded_time >= %(recorded_from)s
ORDER BY agent, occurred_time, source_sequence, event_id, source
"""  # noqa: S608 - constants
_COVERAGE = "SELECT first_occurred_time, last_occurred_time FROM site_coverage WHERE site = %s"


class PostgresSiteReader:
    """The log of one site in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read_entries(self, site: str, agents: Sequence[str], span: Span) -> SiteEntries:
        """Reads head and entries of one instant of the database."""
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return await read_entries_within(connection, site, agents, span)

    async def read_coverage(self, site: str) -> Coverage:
        """Reads where the log stands as the port says."""
        async with self._database.connection() as connection:
            place = await read_place(connection, site)
            cursor = await connection.execute(_COVERAGE, (site,), binary=True)
            row = await cursor.fetchone()
        return Coverage(place) if row is None else Coverage(place, *row)

    async def replay(self, after: Place) -> AsyncIterator[bytes]:
        """Yields messages as the port says; each part is read on its own, so none holds a lock."""
        async with self._database.connection() as connection:
            head = await read_place(connection, after.site)
        more = True
        while more:
            async with self._database.connection() as connection:
                rows = await read_outbox_after(connection, *after, limit=_REPLAY_ROWS)
            for row in rows:
                after = Place(row.site, row.epoch, row.seq)
                yield row.payload
            more = bool(rows) and after < head


async def read_entries_within(
    connection: Connection, site: str, agents: Sequence[str], span: Span
) -> SiteEntries:
    """Reads head and entries in the transaction of the caller, which sees one instant."""
    values = {
        "agents": list(agents),
        "start": span.start_time,
        "end": span.end_time,
        "recorded_from": span.start_time - SKEW,
    }
    place = await read_place(connection, site)
    opening = await connection.execute(_OPENING, values, binary=True)
    within = await connection.execute(_WITHIN, values, binary=True)
    rows = await opening.fetchall() + await within.fetchall()
    # Stable: an agent's opening stays before her entries, and those in their order.
    rows.sort(key=itemgetter(0))
    return _columns(place, rows)


async def read_place(connection: Connection, site: str) -> Place:
    """Returns where the site's log stands."""
    head = await read_head(connection, site)
    return Place(site, FIRST_EPOCH, 0) if head is None else Place(site, head.epoch, head.seq)


def _columns(place: Place, rows: Sequence[Sequence[Any]]) -> SiteEntries:
    agents, times, states, activities, marks, reasons, contacts = (
        zip(*rows, strict=True) if rows else [()] * 7
    )
    agent_indexes = _index_of(agents)
    reason_indexes = {"": 0} | {
        reason: index for index, reason in enumerate(sorted(set(reasons) - {""}), 1)
    }
    contact_indexes = _index_of(contacts)
    columns = EntryColumns(
        agent_indexes=_array([agent_indexes[agent] for agent in agents]),
        occurred_times_us=_array(times),
        states=_array(states),
        activities=_array(activities),
        marks=_array(marks),
        reason_indexes=_array([reason_indexes[reason] for reason in reasons]),
        contact_indexes=_array([contact_indexes[held] for held in contacts]),
    )
    return SiteEntries(place, tuple(agent_indexes), tuple(reason_indexes), columns)


def _index_of(values: Sequence[str]) -> dict[str, int]:
    return {value: index for index, value in enumerate(dict.fromkeys(values))}


def _array(values: Sequence[int]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array(values, np.int64)
