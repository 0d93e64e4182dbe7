"""Packed agent-days in PostgreSQL, and which of them late entries have made wrong."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

from psycopg.rows import TupleRow

from chassis.database import Connection
from services.presence.domain.agent_day import (
    DAY_MS,
    PackedDay,
    UnknownVersionError,
    empty_day,
    pack_days,
    unpack_days,
)
from services.presence.domain.entry import Entry, Place
from services.presence.domain.site_timelines import SiteTimelines, no_timelines

_LOAD = """
SELECT agent, reasons, packed, seq FROM agent_day
WHERE site = %s AND day = %s AND epoch = %s ORDER BY agent
"""
_LATE = """
SELECT agent, max(seq) FROM late_change
WHERE site = %s AND day <= %s AND epoch = %s GROUP BY agent
"""
_STORE = """
INSERT INTO agent_day AS known (site, day, epoch, seq, agent, reasons, packed)
SELECT %s, %s, %s, %s, given.* FROM unnest(%s::text[], %s::text[], %s::bytea[])
    AS given (agent, reasons, packed)
ORDER BY agent COLLATE "C"
ON CONFLICT (site, day, agent) DO UPDATE
SET epoch = excluded.epoch, seq = excluded.seq, reasons = excluded.reasons, packed = excluded.packed
WHERE (known.epoch, known.seq) <= (excluded.epoch, excluded.seq)
"""
_INSERT_LATE = """
INSERT INTO late_change AS known (site, day, epoch, seq, agent)
SELECT %s, day, %s, %s, agent FROM unnest(%s::date[], %s::text[]) AS given (day, agent)
ORDER BY day, agent COLLATE "C"
ON CONFLICT (site, day, agent) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq
"""


async def load_day(
    connection: Connection, place: Place, day_ms: int
) -> tuple[SiteTimelines, frozenset[str]]:
    """Returns the days of agents that nothing recorded up to a place has made wrong."""
    given = (place.site, _date_of(day_ms), place.epoch)
    loaded = await connection.execute(_LOAD, given, binary=True)
    rows = await loaded.fetchall()
    late = await connection.execute(_LATE, given, binary=True)
    late_seqs: dict[str, int] = dict(await late.fetchall())
    try:
        return await asyncio.to_thread(_unpacked, day_ms, rows, late_seqs)
    except UnknownVersionError:
        # Of another release, an older one or one that runs beside this for a while: the log tells
        # it too.
        return no_timelines(day_ms, day_ms + DAY_MS), frozenset()


async def store_day(
    connection: Connection, place: Place, day: SiteTimelines, agents: Collection[str]
) -> None:
    """Keeps the day of each agent as folded at a place, unless a later one is kept."""
    packed = await asyncio.to_thread(pack_days, day)
    without = sorted(set(agents).difference(day.agents))
    packed += [empty_day(agent) for agent in without]
    columns = map(list, zip(*packed, strict=True))
    given = (place.site, _date_of(day.start_ms), place.epoch, place.seq)
    await connection.execute(_STORE, (*given, *columns))


async def insert_late_changes(
    connection: Connection, place: Place, today: date, entries: Sequence[Entry]
) -> None:
    """Notes which days that are over a link changes: their packed forms tell them no more."""
    days = {(day, entry.agent) for entry in entries if (day := entry.occurred_time.date()) < today}
    if days:
        columns = tuple(map(list, zip(*sorted(days), strict=True)))
        await connection.execute(_INSERT_LATE, (*place, *columns))


def _unpacked(
    day_ms: int, rows: Sequence[TupleRow], late_seqs: Mapping[str, int]
) -> tuple[SiteTimelines, frozenset[str]]:
    for_all = late_seqs.get("", 0)
    right = [
        PackedDay(agent, reasons, packed)
        for agent, reasons, packed, seq in rows
        if seq >= for_all and seq >= late_seqs.get(agent, 0)
    ]
    return unpack_days(day_ms, right), frozenset(day.agent for day in right)


def _date_of(day_ms: int) -> date:
    return datetime.fromtimestamp(day_ms // 1000, UTC).date()
