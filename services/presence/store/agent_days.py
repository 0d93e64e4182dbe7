"""Packed agent-days in PostgreSQL, and which of them late entries have made wrong."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from itertools import compress

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

_SEPARATOR = "\x1f"
# One row for the whole day: thousands of rows cost more than what is in them.
_LOAD = """
SELECT array_agg(agent ORDER BY agent), array_agg(seq ORDER BY agent),
    array_agg(reasons ORDER BY agent), array_agg(octet_length(packed) ORDER BY agent),
    string_agg(packed, '' ORDER BY agent)
FROM agent_day WHERE site = %s AND day = %s AND epoch = %s AND agent = ANY (%s)
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
    connection: Connection, place: Place, day_ms: int, agents: Collection[str]
) -> tuple[SiteTimelines, frozenset[str]]:
    """Returns the days of agents that nothing recorded up to a place has made wrong."""
    day = _date_of(day_ms)
    given = (place.site, day, place.epoch)
    loaded = await connection.execute(_LOAD, (*given, list(agents)), binary=True)
    row = await loaded.fetchone()
    if row is None or row[0] is None:
        return no_timelines(day_ms, day_ms + DAY_MS), frozenset()
    late = await connection.execute(_LATE, given, binary=True)
    late_seqs: dict[str, int] = dict(await late.fetchall())
    for_all = late_seqs.get("", 0)
    names, seqs, reasons, sizes, packed = row
    right = [
        seq >= for_all and seq >= late_seqs.get(agent, 0)
        for agent, seq in zip(names, seqs, strict=True)
    ]
    if not all(right):
        packed = b"".join(compress(_split(packed, sizes), right))
        names, reasons = list(compress(names, right)), list(compress(reasons, right))
    lists = [tuple(joined.split(_SEPARATOR)) for joined in reasons]
    try:
        told = await asyncio.to_thread(unpack_days, day_ms, tuple(names), lists, packed)
        return told, frozenset(names)
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
    packed += [PackedDay(agent, ("",), empty_day()) for agent in without]
    columns = (
        [one.agent for one in packed],
        [_SEPARATOR.join(one.reasons) for one in packed],
        [one.packed for one in packed],
    )
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


def _split(packed: bytes, sizes: Sequence[int]) -> list[bytes]:
    parts, start = [], 0
    for size in sizes:
        parts.append(packed[start : start + size])
        start += size
    return parts


def _date_of(day_ms: int) -> date:
    return datetime.fromtimestamp(day_ms // 1000, UTC).date()
