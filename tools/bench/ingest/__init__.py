"""What presence takes in: batches of 500 changes through gRPC, and a lone report.

Real roster and presence processes on a real PostgreSQL and NATS, all on this machine. The floor is
bare psycopg writing the same changes: COPY into a temporary table, insert into a log, upsert of
the current states, commit.
"""

import asyncio
from collections.abc import Sequence

from tools.bench.figure import Figure, figure_from
from tools.bench.ingest.changes import BATCH_SIZE, make_batches
from tools.bench.ingest.floor import measure_batches_in_sql, measure_commits_in_sql
from tools.bench.ingest.load import report_alone, report_batches
from tools.bench.ingest.surroundings import Surroundings, running_process

CALLERS = 4
BATCHES_PER_CALLER = 100
LONE_REPORTS = 300
_MILLISECONDS = 1_000


def measure() -> Sequence[Figure]:
    """Starts the processes, measures, and ends them."""
    with running_process("presence") as around:
        return asyncio.run(_measure(around))


async def _measure(around: Surroundings) -> Sequence[Figure]:
    batches = make_batches("floor", BATCHES_PER_CALLER)
    floor_seconds = measure_batches_in_sql(around.database_url, batches)
    lone_floor_seconds = measure_commits_in_sql(around.database_url, LONE_REPORTS)
    await report_batches(around, callers=1, batches=20, run="warm")
    many = await report_batches(around, callers=CALLERS, batches=BATCHES_PER_CALLER, run="many")
    alone = await report_alone(around, LONE_REPORTS)
    return (
        figure_from(
            "ingest, batches of 500",
            "changes/s",
            many.changes_per_second,
            floor_name="COPY, insert, upsert in psycopg",
            floor_values=[BATCH_SIZE / seconds for seconds in floor_seconds],
            is_rate=True,
            note=f"{CALLERS} callers, each for a site; each half second, and the worst",
        ),
        figure_from(
            "ingest, time of a batch",
            "ms",
            _in_ms(many.seconds),
            floor_name="COPY, insert, upsert in psycopg",
            floor_values=_in_ms(floor_seconds),
            note=f"{CALLERS} callers at once against one",
        ),
        figure_from(
            "ingest, lone report",
            "ms",
            _in_ms(alone.seconds),
            floor_name="one row inserted and committed",
            floor_values=_in_ms(lone_floor_seconds),
        ),
    )


def _in_ms(seconds: Sequence[float]) -> list[float]:
    return [value * _MILLISECONDS for value in seconds]
