"""Everybody comes back at once: 100,000 agents of ten sites report within ten seconds.

Adapters send batches of 500, twenty a second at an even pace, whether or not the earlier ones are
answered. The time of a batch counts from the moment at which it was due, so that a queue shows.
Every report is counted in the log afterwards. The floor is bare psycopg writing the same batches,
one after the other.
"""

import asyncio
import time
from collections.abc import Sequence

import psycopg
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as roster_wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from tools.bench.figure import Figure, figure_from
from tools.bench.ingest.changes import BATCH_SIZE, Change, make_batches
from tools.bench.ingest.floor import measure_batches_in_sql
from tools.bench.ingest.load import make_request
from tools.bench.ingest.surroundings import Surroundings, running_process

SITES, AGENTS_PER_SITE = 10, 10_000
WITHIN_SECONDS = 10.0
FLOOR_BATCHES = 40
_MILLISECONDS = 1_000


def measure() -> Sequence[Figure]:
    """Starts the processes, measures, and ends them."""
    with running_process("presence") as around:
        return asyncio.run(_measure(around))


async def _measure(around: Surroundings) -> Sequence[Figure]:
    await _fill_roster(around)
    floor = measure_batches_in_sql(around.database_url, make_batches("floor", FLOOR_BATCHES))
    batches = _batches()
    seconds = await _report_at_pace(around, batches)
    recorded = _count_log(around.database_url)
    sent = len(batches) * BATCH_SIZE
    if recorded != sent:
        raise AssertionError(f"{sent} were reported and {recorded} are in the log")
    return (
        figure_from(
            "100,000 agents reconnect in 10 s, time of a batch",
            "ms",
            [value * _MILLISECONDS for value in seconds],
            floor_name="COPY, insert, upsert in psycopg",
            floor_values=[value * _MILLISECONDS for value in floor],
            note=f"{recorded:,} of {sent:,} in the log",
        ),
    )


def _batches() -> list[list[Change]]:
    """Each batch holds agents of one site; neighbours are of different sites."""
    parts = AGENTS_PER_SITE // BATCH_SIZE
    return [
        make_batches(_group(site, part), 1, f"back-{part}")[0]
        for part in range(parts)
        for site in range(SITES)
    ]


async def _report_at_pace(
    around: Surroundings, batches: Sequence[Sequence[Change]]
) -> Sequence[float]:
    requests = [make_request(batch) for batch in batches]
    async with around.channel() as channel:
        stub = PresenceServiceStub(channel)
        await channel.channel_ready()
        start = time.perf_counter()

        async def report(number: int) -> float:
            due = start + number * WITHIN_SECONDS / len(requests)
            await asyncio.sleep(due - time.perf_counter())
            answer = await stub.ReportStates(requests[number], timeout=60)
            if answer.refusals:
                raise AssertionError(f"refused: {answer.refusals[0]}")
            return time.perf_counter() - due

        return await asyncio.gather(*map(report, range(len(requests))))


async def _fill_roster(around: Surroundings) -> None:
    async with around.channel(around.roster_port) as channel:
        roster = RosterServiceStub(channel)
        for site in range(SITES):
            name = f"sites/back-{site}"
            agents = [
                people_pb2.Agent(name=change.agent, display_name=change.agent, site=name)
                for part in range(AGENTS_PER_SITE // BATCH_SIZE)
                for change in make_batches(_group(site, part), 1)[0]
            ]
            request = roster_wire.ApplyRosterRequest(
                sites=[people_pb2.Site(name=name, display_name=name, time_zone="UTC")],
                agents=agents,
            )
            await roster.ApplyRoster(request, timeout=60)


def _group(site: int, part: int) -> str:
    return f"back-{site}-{part}"


def _count_log(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(DISTINCT (agent, event_id)) FROM state_log")
        (count,) = row.fetchone() or (0,)
    return int(count)
