"""What presence takes in, by the number of agents of whom it is told in turn."""

from collections.abc import Sequence
from itertools import chain

from muster.presence.v1 import presence_service_pb2 as wire
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as roster_wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from tools.bench.figure import Figure, figure_from
from tools.bench.ingest.changes import BATCH_SIZE, agents_of, make_batches
from tools.bench.ingest.floor import measure_batches_in_sql
from tools.bench.ingest.load import make_request, report_side_by_side
from tools.bench.ingest.surroundings import Surroundings

# With fewer agents a site there would be less than a batch of them.
_SITES = 2
_BATCHES_PER_SITE = 60
_FLOOR_BATCHES = 40
_GROUPS_AT_ONCE = 20


async def measure_intake(around: Surroundings, size: int) -> Figure:
    """Reports once for everybody, and measures what comes after that."""
    groups = [_groups(site, size) for site in range(_SITES)]
    for site, names in enumerate(groups):
        await _enter(around, f"sites/{site_of(site)}", names)
    await report_side_by_side(around, [_rounds(names, len(names), "first") for names in groups])
    measured = [_rounds(names, _BATCHES_PER_SITE, "then") for names in groups]
    floor = measure_batches_in_sql(around.database_url, make_batches("floor", _FLOOR_BATCHES))
    result = await report_side_by_side(around, measured)
    return figure_from(
        f"ingest, {size:,} agents",
        "changes/s",
        [_SITES * BATCH_SIZE / seconds for seconds in result.seconds],
        floor_name="COPY, insert, upsert in psycopg",
        floor_values=[BATCH_SIZE / seconds for seconds in floor],
        is_rate=True,
        note=f"batches of {BATCH_SIZE}, {_SITES} callers, each for a site",
    )


def site_of(number: int) -> str:
    """The id of a site of the benchmark."""
    return f"grown-{number}"


def _groups(site: int, size: int) -> Sequence[str]:
    """Names groups of as many agents as a batch has."""
    return [f"{site_of(site)}-{group}" for group in range(size // _SITES // BATCH_SIZE)]


def _rounds(groups: Sequence[str], count: int, run: str) -> Sequence[wire.ReportStatesRequest]:
    """Makes requests that tell of each group in turn."""
    per_group = -(-count // len(groups))
    rounds = zip(*(make_batches(group, per_group, run) for group in groups), strict=True)
    return [make_request(batch) for batch in list(chain.from_iterable(rounds))[:count]]


async def _enter(around: Surroundings, site: str, groups: Sequence[str]) -> None:
    async with around.channel(around.roster_port) as channel:
        roster = RosterServiceStub(channel)
        for first in range(0, len(groups), _GROUPS_AT_ONCE):
            request = roster_wire.ApplyRosterRequest(
                sites=[people_pb2.Site(name=site, display_name=site, time_zone="UTC")],
                agents=[
                    people_pb2.Agent(name=f"agents/{agent}", display_name=agent, site=site)
                    for group in groups[first : first + _GROUPS_AT_ONCE]
                    for agent in agents_of(group)
                ],
            )
            await roster.ApplyRoster(request, timeout=60)
