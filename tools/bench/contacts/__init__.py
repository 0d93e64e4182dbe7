"""What dispatch takes in and how fast queues are counted.

Batches of 500 events (100 calls from enqueue to end), a lone event, and the figures of a site with
50,000 calls today, through gRPC. Real roster and dispatch processes on a real PostgreSQL and NATS,
all on this machine. The floors are bare psycopg: the same events copied into a log and their calls
upserted; one row committed; the count that the figures need.
"""

import asyncio
from collections.abc import Sequence

from tools.bench.contacts.calls import BATCH_SIZE, make_batches
from tools.bench.contacts.floor import count_in_sql, measure_batches_in_sql
from tools.bench.contacts.load import read_figures, report_alone, report_batches
from tools.bench.figure import Figure, figure_from
from tools.bench.ingest.floor import measure_commits_in_sql
from tools.bench.ingest.surroundings import Surroundings, running_process, site_name

CALLERS = 4
BATCHES_PER_CALLER = 60
# 100 calls each, all on one site.
FILLING_BATCHES = 500
LONE_EVENTS = 200
READS = 30
_MILLISECONDS = 1_000


def measure() -> Sequence[Figure]:
    """Starts the processes, measures, and ends them."""
    with running_process("dispatch") as around:
        return asyncio.run(_measure(around))


async def _measure(around: Surroundings) -> Sequence[Figure]:
    batches = make_batches(site_name(0), BATCHES_PER_CALLER, "floor")
    floor_seconds = measure_batches_in_sql(around.database_url, batches)
    lone_floor_seconds = measure_commits_in_sql(around.database_url, LONE_EVENTS)
    await report_batches(around, callers=1, batches=10, run="warm")
    many = await report_batches(around, callers=CALLERS, batches=BATCHES_PER_CALLER, run="many")
    alone = await report_alone(around, LONE_EVENTS)
    await report_batches(around, callers=1, batches=FILLING_BATCHES, run="fill")
    reads = await read_figures(around, READS)
    counts = count_in_sql(around.database_url, site_name(0), READS)
    return (
        figure_from(
            "contacts, batches of 500 events",
            "events/s",
            [CALLERS * BATCH_SIZE / seconds for seconds in many],
            floor_name="COPY, insert, upsert in psycopg",
            floor_values=[BATCH_SIZE / seconds for seconds in floor_seconds],
            is_rate=True,
            note=f"{CALLERS} callers, each for a site, against one",
        ),
        figure_from(
            "contacts, lone event",
            "ms",
            _in_ms(alone),
            floor_name="one row inserted and committed",
            floor_values=_in_ms(lone_floor_seconds),
        ),
        figure_from(
            "queue figures of 56,000 calls",
            "ms",
            _in_ms(reads),
            floor_name="the count in psycopg",
            floor_values=_in_ms(counts),
        ),
    )


def _in_ms(seconds: Sequence[float]) -> list[float]:
    return [value * _MILLISECONDS for value in seconds]
