"""The floors: the simplest programs that store the same events, and count the same stays."""

import time
from collections.abc import Sequence
from datetime import UTC

import psycopg
from muster.dispatch.v1 import contact_pb2

_COLUMNS = "contact text, event_id text, kind int4, queue text, agent text, occurred timestamptz"
_TYPES = ("text", "text", "int4", "text", "text", "timestamptz")
_UPSERT = """
INSERT INTO floor_call AS known
SELECT contact, max(queue), max(agent), min(occurred), max(occurred) FROM floor_staging
GROUP BY contact ORDER BY contact
ON CONFLICT (contact) DO UPDATE SET queue = excluded.queue, agent = excluded.agent,
    first = least(known.first, excluded.first), last = greatest(known.last, excluded.last)
"""
_COUNT = """
SELECT queue, count(*) FILTER (WHERE outcome = 1), count(*) FILTER (WHERE outcome = 2)
FROM queue_stay WHERE site = %s GROUP BY queue
"""


def measure_batches_in_sql(
    url: str, batches: Sequence[Sequence[contact_pb2.ContactEvent]]
) -> list[float]:
    """Returns the seconds that each batch took."""
    with psycopg.connect(url) as connection:
        connection.execute(f"CREATE TABLE floor_event ({_COLUMNS})")
        connection.execute("CREATE UNIQUE INDEX ON floor_event (contact, event_id)")
        connection.execute(f"CREATE TEMPORARY TABLE floor_staging ({_COLUMNS})")
        connection.execute(
            "CREATE TABLE floor_call (contact text PRIMARY KEY, queue text, agent text,"
            " first timestamptz, last timestamptz)"
        )
        connection.commit()
        return [_write(connection, batch) for batch in batches]


def count_in_sql(url: str, site: str, count: int) -> list[float]:
    """Returns the seconds that each count of a site's stays took."""
    seconds = []
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(count):
            start = time.perf_counter()
            connection.execute(_COUNT, (site,)).fetchall()
            seconds.append(time.perf_counter() - start)
    return seconds


def _write(connection: psycopg.Connection, batch: Sequence[contact_pb2.ContactEvent]) -> float:
    rows = [
        (it.contact_id, it.event_id, it.kind, it.queue_id, it.agent, _instant(it)) for it in batch
    ]
    start = time.perf_counter()
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY floor_staging FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(_TYPES)
        for row in rows:
            copy.write_row(row)
    connection.execute("INSERT INTO floor_event SELECT * FROM floor_staging")
    connection.execute(_UPSERT)
    connection.execute("TRUNCATE floor_staging")
    connection.commit()
    return time.perf_counter() - start


def _instant(event: contact_pb2.ContactEvent) -> object:
    return event.occurred_time.ToDatetime(UTC)
