"""The day that is read: about 60 intervals an agent, in a shift, on full seconds."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as roster_wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.clock import SystemClock
from tools.bench.ingest.surroundings import Surroundings

SITE = "heat"
AGENTS = 10_000
CHANGES = 60
DAY = SystemClock().now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
_BATCH = 5_000
_SHIFT_START, _SHIFT = timedelta(hours=8), timedelta(hours=8)
_ROUND = (state.STATE_ONLINE, state.STATE_BUSY, state.STATE_WRAP_UP)


def agent_names() -> list[str]:
    """The names of the agents, in their order."""
    return [f"agents/{SITE}-{number:05}" for number in range(AGENTS)]


async def fill(around: Surroundings) -> None:
    """Reports the day, and a change of today, with which the day is over."""
    async with around.channel(around.roster_port) as channel:
        await RosterServiceStub(channel).ApplyRoster(_roster(), timeout=60)
    async with around.channel() as channel:
        presence = PresenceServiceStub(channel)
        for reports in batches(agent_names()):
            request = wire.ReportStatesRequest(
                source="bench", source_kind=state.SOURCE_KIND_IMPORT, reports=reports
            )
            answer = await presence.ReportStates(request, timeout=60)
            if answer.refusals:
                raise RuntimeError(f"refused: {answer.refusals[0]}")


def _roster() -> roster_wire.ApplyRosterRequest:
    site = people_pb2.Site(name=f"sites/{SITE}", display_name=SITE, time_zone="UTC")
    agents = [
        people_pb2.Agent(name=name, display_name=name, site=site.name) for name in agent_names()
    ]
    return roster_wire.ApplyRosterRequest(sites=[site], agents=agents)


def batches(agents: Iterable[str]) -> Iterator[list[wire.StateReport]]:
    """The reports of agents' day, one agent after the other."""
    dice = random.Random(60)
    batch: list[wire.StateReport] = []
    for name in agents:
        seconds = sorted(dice.sample(range(int(_SHIFT.total_seconds())), CHANGES))
        for number, second in enumerate(seconds):
            batch.append(_report(name, number, DAY + _SHIFT_START + timedelta(seconds=second)))
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _report(agent: str, number: int, occurred_time: datetime) -> wire.StateReport:
    occurred = Timestamp()
    occurred.FromDatetime(occurred_time)
    is_break, is_last = number % 20 == 19, number == CHANGES - 1
    now = state.STATE_BREAK if is_break else _ROUND[number % 3]
    return wire.StateReport(
        event_id=f"h-{number}",
        agent=agent,
        state=state.STATE_OFFLINE if is_last else now,
        reason="meal" if is_break and not is_last else "",
        occurred_time=occurred,
    )
