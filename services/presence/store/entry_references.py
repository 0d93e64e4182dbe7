"""Finding the entries whose words a timeline shows."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from chassis.database import Connection
from services.presence.app.timeline_ports import EntryReference, Word
from services.presence.domain.entry import instant_of
from services.presence.domain.precedence import Track, TrackKind
from services.presence.domain.state import SourceKind

_FIND = """
SELECT DISTINCT ON (word.kind, word.track_source, word.occurred_time)
    word.kind, word.track_source, entry.source, entry.source_kind, entry.event_id,
    entry.occurred_time, entry.recorded_time
FROM unnest(%(kinds)s::int4[], %(sources)s::text[], %(times)s::timestamptz[])
    AS word (kind, track_source, occurred_time)
JOIN state_log AS entry ON entry.agent = %(agent)s AND entry.occurred_time = word.occurred_time
    AND CASE entry.source_kind WHEN 3 THEN 2 WHEN 5 THEN 3 ELSE 1 END = word.kind
    AND (word.kind = 1 OR entry.source = word.track_source)
WHERE entry.kind IN (1, 2, 3) AND entry.recorded_time <= %(known_at)s
ORDER BY word.kind, word.track_source, word.occurred_time,
    entry.source_sequence DESC, entry.event_id DESC, entry.source DESC
"""
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


async def find_entries(
    connection: Connection, agent: str, words: Collection[Word], known_by: datetime | None
) -> Mapping[Word, EntryReference]:
    """Finds the last entry of each word's instant and track, which is the one that counts."""
    values = {
        "agent": agent,
        "kinds": [word.track.kind for word in words],
        "sources": [word.track.source for word in words],
        "times": [instant_of(word.time_us) for word in words],
        "known_at": known_by or _FOREVER,
    }
    cursor = await connection.execute(_FIND, values, binary=True)
    times_us = {instant_of(word.time_us): word.time_us for word in words}
    found: dict[Word, EntryReference] = {}
    for (
        kind,
        track_source,
        source,
        source_kind,
        event_id,
        occurred,
        recorded,
    ) in await cursor.fetchall():
        word = Word(Track(TrackKind(kind), track_source), times_us[occurred])
        found[word] = EntryReference(source, SourceKind(source_kind), event_id, occurred, recorded)
    return found
