"""Reading what a fold needs: entries of a span, what was in force before it, what lies over it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from chassis.database import Connection
from services.presence.app.ports import SiteEntries, Span
from services.presence.domain.entry import EPOCH, Place, microseconds_of
from services.presence.domain.precedence import PrecedenceHistory, Track, track_of
from services.presence.domain.state import EntryKind, State
from services.presence.store.entry_bulk import bulk_statement, read_bulk
from services.presence.store.entry_columns import entry_columns, span_columns
from services.presence.store.entry_table import joined, table_of

Row = Sequence[Any]

# An entry is recorded after it occurred, but for the tolerated skew: older partitions are skipped.
SKEW = timedelta(minutes=1)
# Where a track's last entry before a span is looked for first; only the rest needs the whole log.
_NEAR = timedelta(days=2)

_US = "(extract(epoch FROM {}) * 1000000)::int8"
_TRACK_KIND = "CASE entry.source_kind WHEN 3 THEN 2 WHEN 5 THEN 3 ELSE 1 END"
# An acceptance occurs at the instant of the claim that it accepts.
_LOOK = """
    entry.source_sequence, entry.event_id, entry.source, entry.source_kind::int4,
    entry.state::int4, entry.activity::int4, entry.kind::int4,
    (CASE WHEN entry.marks & 2 <> 0 AND EXISTS (
        SELECT FROM state_log AS accepting WHERE accepting.agent = entry.agent
            AND accepting.occurred_time = entry.occurred_time AND accepting.kind = 5
            AND accepting.refers_to_source = entry.source
            AND accepting.refers_to_event_id = entry.event_id
            AND accepting.recorded_time <= %(known_at)s
    ) THEN entry.marks & ~2 ELSE entry.marks END)::int4,
    entry.reason, array_to_string(entry.contacts, chr(31)),
    coalesce(entry.capacity_count - entry.load_count, 0)
"""
_ROW = f"""
    {_US.format("entry.occurred_time")}, {_LOOK},
    coalesce({_US.format("entry.refers_to_time")}, 0)
"""
# What is to be read of all that was ever recorded.
_KNOWN = """entry.recorded_time <= %(known_at)s
    AND (%(sites)s::text[] IS NULL OR entry.site = ANY (%(sites)s))"""
_WITHIN = bulk_statement(f"""
SELECT entry.agent, entry.occurred_time, {_LOOK},
    coalesce(entry.refers_to_time, timestamptz 'epoch')
FROM state_log AS entry
WHERE entry.agent = ANY (%(agents)s) AND entry.occurred_time >= %(start)s
    AND entry.occurred_time < %(end)s AND entry.recorded_time >= %(recorded_from)s
    AND entry.kind IN (1, 2, 3) AND {_KNOWN}
ORDER BY entry.agent, entry.occurred_time, source_sequence, event_id, source
""")  # noqa: S608 - constants
_OPENING = f"""
SELECT track.agent, found.*
FROM unnest(%(agents)s::text[], %(kinds)s::int4[], %(sources)s::text[])
    AS track (agent, kind, source)
CROSS JOIN LATERAL (
    SELECT {_ROW} FROM state_log AS entry
    WHERE entry.agent = track.agent AND entry.occurred_time < %(start)s
        AND entry.occurred_time >= %(from)s AND entry.recorded_time >= %(recorded_from)s
        AND entry.kind IN (1, 3) AND {_KNOWN}
        AND {_TRACK_KIND} = track.kind AND (track.kind = 1 OR entry.source = track.source)
    ORDER BY occurred_time DESC, source_sequence DESC, event_id DESC, source DESC LIMIT 1
) AS found
"""  # noqa: S608 - constants
_LIMITS = f"""
SELECT entry.agent, {_ROW}
FROM unnest(%(agents)s::text[], %(times_us)s::int8[]) AS wrap_up (agent, time_us)
JOIN state_log AS entry ON entry.agent = wrap_up.agent AND entry.kind = 2
    AND entry.occurred_time >= timestamptz 'epoch' + wrap_up.time_us * interval '1 microsecond'
    AND {_US.format("entry.refers_to_time")} = wrap_up.time_us
WHERE entry.occurred_time < %(start)s AND {_KNOWN}
"""  # noqa: S608 - constants
_SPANS = f"""
SELECT entry.agent, {_US.format("entry.occurred_time")}, {_US.format("entry.end_time")},
    entry.kind::int4, entry.source_kind::int4, entry.source, entry.state::int4,
    entry.activity::int4, entry.reason
FROM state_log AS entry
WHERE entry.end_time > %(start)s AND entry.occurred_time < %(end)s AND {_KNOWN}
    AND (entry.agent = ANY (%(agents)s) OR entry.agent = '' AND entry.site = %(site)s)
ORDER BY entry.recorded_time, entry.seq, entry.position
"""  # noqa: S608 - constants
_TRACKS = "SELECT agent, tracks, has_moved FROM agent_state WHERE agent = ANY (%(agents)s)"


_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_TIME, _SOURCE, _SOURCE_KIND, _STATE = 1, 4, 5, 6
_SPAN_REASON = 8
# Of the details of a track.
_LOAD, _CAPACITY = -2, -1
_ORDER = itemgetter(0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom and what one read of a site concerns; `known_at` leaves out what was recorded later, and
    `sites` (None for all) what was recorded elsewhere.
    """

    site: str
    agents: Sequence[str]
    span: Span
    known_at: datetime | None = None
    sites: frozenset[str] | None = None

    @property
    def values(self) -> dict[str, object]:
        """The values of the statements."""
        return {
            "site": self.site,
            "agents": list(self.agents),
            "start": self.span.start_time,
            "end": self.span.end_time,
            "recorded_from": self.span.start_time - SKEW,
            "known_at": self.known_at or _FOREVER,
            "sites": None if self.sites is None else sorted(self.sites),
        }


async def read_site_entries(
    connection: Connection, place: Place, reading: Reading, rules: PrecedenceHistory
) -> SiteEntries:
    """Reads the entries of a fold in the transaction of the caller, which sees one instant."""
    # The database orders texts by code point, as this does.
    opening = sorted(await _opening(connection, reading), key=_ORDER)
    within = await read_bulk(connection, _WITHIN, reading.values)
    spans = await connection.execute(_SPANS, reading.values, binary=True)
    over = await spans.fetchall()
    # All that was before the span comes before all that is within it.
    table = joined(table_of(opening), within)
    agents = tuple(sorted({*table.agents.numbers, *(row[0] for row in over)} - {""}))
    given = {*table.reasons.numbers, *(row[_SPAN_REASON] for row in over)}
    reasons = ("", *sorted(given - {""}))
    tracks, columns = entry_columns(table, over, agents, reasons)
    return SiteEntries(
        place, agents, reasons, columns, span_columns(over, agents, tracks, reasons), rules
    )


async def _opening(connection: Connection, reading: Reading) -> list[Row]:
    """Reads what each track said before the span."""
    known, asked = await _tracks(connection, reading)
    for from_time in (reading.span.start_time - _NEAR, EPOCH):
        found = await _last_of(connection, reading, asked, from_time)
        known += found
        seen = {(row[0], track_of(row[_SOURCE_KIND], row[_SOURCE])) for row in found}
        asked = [one for one in asked if one not in seen]
    wrap_ups = [row for row in known if row[_STATE] == State.WRAP_UP]
    if wrap_ups:
        values = reading.values | {
            "agents": [row[0] for row in wrap_ups],
            "times_us": [row[_TIME] for row in wrap_ups],
        }
        limits = await connection.execute(_LIMITS, values, binary=True)
        known += await limits.fetchall()
    return known


async def _tracks(
    connection: Connection, reading: Reading
) -> tuple[list[Row], list[tuple[str, Track]]]:
    """Returns the entries that are known at once, and the tracks whose past must be asked for."""
    cursor = await connection.execute(_TRACKS, reading.values, binary=True)
    known: list[Row] = []
    asked: list[tuple[str, Track]] = []
    start_us = microseconds_of(reading.span.start_time)
    for agent, packed, has_moved in await cursor.fetchall():
        # Tracks do not tell where their entries were recorded.
        is_mixed = has_moved and reading.sites is not None
        for time_us, sequence, event_id, source, source_kind, *look in json.loads(packed)[1]:
            state, activity, kind, marks, reason, contacts, *details = look
            held = "\x1f".join(contacts)
            free_count = details[_CAPACITY] - details[_LOAD] if details else 0
            place = (agent, time_us, sequence, event_id, source, source_kind)
            is_newest = reading.known_at is None and not is_mixed
            if is_newest and kind != EntryKind.LIMIT and time_us < start_us:
                said = (state, activity, kind, marks, reason, held, free_count, 0)
                known.append((*place, *said))
            else:
                asked.append((agent, track_of(source_kind, source)))
    return known, asked


async def _last_of(
    connection: Connection,
    reading: Reading,
    tracks: Sequence[tuple[str, Track]],
    from_time: datetime,
) -> list[Row]:
    if not tracks:
        return []
    values = {
        "agents": [agent for agent, _ in tracks],
        "kinds": [track.kind for _, track in tracks],
        "sources": [track.source for _, track in tracks],
    }
    times = {"from": from_time, "recorded_from": from_time - SKEW}
    cursor = await connection.execute(_OPENING, reading.values | values | times, binary=True)
    return [*await cursor.fetchall()]
