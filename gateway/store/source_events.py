"""Events of sources in PostgreSQL."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from chassis.database import Connection, Database
from gateway.app.source_ports import Page
from gateway.domain.sources.source import (
    MOST_UNKNOWNS,
    OTHERS,
    ClaimedEvent,
    CountedUnknown,
    EventState,
    Fate,
    KeptEvent,
    NewEvent,
)
from gateway.domain.sources.understood import Unknown

_ADD = """
INSERT INTO source_event
    (source, dedupe_id, body, state, reasons, mapping_version, attempt_count, receive_time,
     next_try_time)
SELECT %(source)s, dedupe_id, body, 'PENDING', '{}', 0, 0, %(now)s, %(now)s
FROM unnest(%(dedupe_ids)s::text[], %(bodies)s::text[]) AS new (dedupe_id, body)
ON CONFLICT (source, dedupe_id) DO NOTHING
"""
_CLAIM = """
WITH due AS (
    SELECT e.id FROM source_event e JOIN source s ON s.id = e.source AND s.active_version > 0
    WHERE e.state = 'PENDING' AND e.next_try_time <= %(now)s
    ORDER BY e.next_try_time, e.id LIMIT %(limit)s FOR UPDATE OF e SKIP LOCKED
)
UPDATE source_event e SET next_try_time = %(until)s, attempt_count = e.attempt_count + 1
FROM due, source s WHERE e.id = due.id AND s.id = e.source
RETURNING e.id, e.source, s.site, s.active_version, e.body, e.attempt_count, e.receive_time
"""
# Who is no longer pending was settled by another replica, after a lease that ran out.
_SETTLE = """
UPDATE source_event e
SET state = fate.state, mapping_version = fate.version, reasons = fate.reasons
FROM jsonb_to_recordset(%s) AS fate (event bigint, state text, version integer, reasons text[])
WHERE e.id = fate.event AND e.state = 'PENDING' RETURNING e.id
"""
_COUNT_UNKNOWN = """
INSERT INTO source_unknown
    (source, field, value, event_count, first_seen_time, last_seen_time, sample_event)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (source, field, value) DO UPDATE
SET event_count = source_unknown.event_count + excluded.event_count,
    last_seen_time = excluded.last_seen_time, sample_event = excluded.sample_event
"""
_EVENT = "SELECT id, source, dedupe_id, body, state, reasons, mapping_version, receive_time"


class StoredSourceEvents:
    """Keeps events in the gateway's schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_events(
        self, source: str, events: Sequence[NewEvent], most_pending: int, now: datetime
    ) -> int | None:
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "SELECT 1 FROM source_event WHERE source = %s AND state = 'PENDING'"
                " OFFSET %s LIMIT 1",
                (source, most_pending),
            )
            if await cursor.fetchone():
                return None
            cursor = await connection.execute(
                _ADD,
                {
                    "source": source,
                    "dedupe_ids": [event.dedupe_id for event in events],
                    "bodies": [event.body for event in events],
                    "now": now,
                },
            )
            return cursor.rowcount

    async def claim(self, limit: int, now: datetime, until: datetime) -> Sequence[ClaimedEvent]:
        async with self._database.transaction() as connection:
            cursor = await connection.execute(_CLAIM, {"limit": limit, "now": now, "until": until})
            return [ClaimedEvent(*row) for row in await cursor.fetchall()]

    async def settle(self, source: str, fates: Sequence[Fate], now: datetime) -> None:
        async with self._database.transaction() as connection:
            await _lock(connection, source)
            rows = [
                {
                    "event": fate.event,
                    "state": fate.state,
                    "version": fate.version,
                    "reasons": fate.reasons,
                }
                for fate in fates
            ]
            cursor = await connection.execute(_SETTLE, (Jsonb(rows),))
            settled = {row[0] for row in await cursor.fetchall()}
            counted = [fate for fate in fates if fate.event in settled]
            await _count_unknowns(connection, source, counted, now)

    async def put_off(self, events: Sequence[ClaimedEvent], reason: str, until: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE source_event SET next_try_time = %s, reasons = %s"
                " WHERE id = ANY(%s) AND state = 'PENDING'",
                (until, [reason], [event.id for event in events]),
            )

    async def retry(self, source: str, now: datetime) -> int:
        async with self._database.transaction() as connection:
            await _lock(connection, source)
            cursor = await connection.execute(
                "UPDATE source_event SET state = 'PENDING', reasons = '{}', attempt_count = 0,"
                " next_try_time = %s WHERE source = %s AND state IN ('UNKNOWN', 'REFUSED')",
                (now, source),
            )
            await connection.execute("DELETE FROM source_unknown WHERE source = %s", (source,))
            return cursor.rowcount

    async def list_events(
        self, source: str, state: EventState | None, page: Page
    ) -> Sequence[KeptEvent]:
        [after] = page.after or (2**63 - 1,)
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                f"{_EVENT} FROM source_event WHERE source = %s"
                " AND (%s::text IS NULL OR state = %s) AND id < %s ORDER BY id DESC LIMIT %s",
                (source, state, state, after, page.limit),
            )
            return [_kept(row) for row in await cursor.fetchall()]

    async def list_unknowns(self, source: str, page: Page) -> Sequence[CountedUnknown]:
        field, value = page.after or ("", "")
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                "SELECT field, value, event_count, first_seen_time, last_seen_time, sample_event"
                " FROM source_unknown WHERE source = %s AND (field, value) > (%s, %s)"
                " ORDER BY field, value LIMIT %s",
                (source, field, value, page.limit),
            )
            rows = await cursor.fetchall()
        return [CountedUnknown(Unknown(*row[:2]), *row[2:]) for row in rows]

    async def count_pending(self) -> int:
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                "SELECT count(*) FROM source_event WHERE state = 'PENDING'"
            )
            [row] = await cursor.fetchall()
        return int(row[0])

    async def delete_old(self, done: datetime, set_aside: datetime, limit: int) -> int:
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "DELETE FROM source_event WHERE id IN (SELECT id FROM source_event WHERE"
                " state = 'DONE' AND receive_time < %s"
                " OR state IN ('UNKNOWN', 'REFUSED') AND receive_time < %s"
                " LIMIT %s FOR UPDATE SKIP LOCKED)",
                (done, set_aside, limit),
            )
            return cursor.rowcount


async def _lock(connection: Connection, source: str) -> None:
    """One at a time settles and counts for a source; receiving goes on beside it."""
    await connection.execute("SELECT 1 FROM source WHERE id = %s FOR NO KEY UPDATE", (source,))


async def _count_unknowns(
    connection: Connection, source: str, fates: Sequence[Fate], now: datetime
) -> None:
    counts = Counter(unknown for fate in fates for unknown in fate.unknowns)
    if not counts:
        return
    samples = {unknown: fate.event for fate in fates for unknown in fate.unknowns}
    cursor = await connection.execute(
        "SELECT field, value FROM source_unknown WHERE source = %s", (source,)
    )
    known = {Unknown(*row) for row in await cursor.fetchall()}
    for unknown, count in _within_limit(counts, known).items():
        sample = samples.get(unknown, max(samples.values()))
        await connection.execute(
            _COUNT_UNKNOWN, (source, unknown.field, unknown.value, count, now, now, sample)
        )


def _within_limit(counts: Mapping[Unknown, int], known: set[Unknown]) -> Counter[Unknown]:
    """Returns the counts with all values beyond the limit put together, by field."""
    kept: Counter[Unknown] = Counter()
    room = MOST_UNKNOWNS - len(known)
    for unknown, count in counts.items():
        if unknown not in known and unknown not in kept:
            room -= 1
        fits = unknown in known or room >= 0
        kept[unknown if fits else Unknown(unknown.field, OTHERS)] += count
    return kept


def _kept(row: Sequence[Any]) -> KeptEvent:
    id_, source, dedupe_id, body, state, reasons, version, receive_time = row
    return KeptEvent(
        id_, source, dedupe_id, body, EventState(state), tuple(reasons), version, receive_time
    )
