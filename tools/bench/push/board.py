"""The way of a change through Muster: reported at the gateway, read on its push stream."""

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import httpx
from muster.presence.v1 import presence_service_pb2 as wire
from muster.presence.v1 import state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as roster_wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.clock import SystemClock
from chassis.rpc.channel import open_channel
from chassis.telemetry import silent_telemetry
from tests.support.tree import Tree
from tools.bench.push.load import Load, Stopwatch, timed
from tools.bench.push.reader import reading

SITE = "bench"
AGENTS = 10_000
_ROSTER_ROWS = 10_000


async def measure_board(tree: Tree, load: Load, agents: int = AGENTS) -> list[float]:
    """Returns the seconds from each call of ReportStates to the frame at the reader."""
    token = await _sign_in(tree)
    stopwatch = Stopwatch(load.call_count)
    async with reporting(tree, load, agents) as reporter, reading(*_push(tree, token)) as events:
        await anext(events)
        report = partial(reporter.report, stopwatch=stopwatch)
        await timed(load, report, _agents_of(events), stopwatch)
    return stopwatch.seconds


@asynccontextmanager
async def reporting(tree: Tree, load: Load, agents: int = AGENTS) -> AsyncIterator["Reporter"]:
    """Yields somebody who reports for the agents of a site, of which one has been reported."""
    token = await _sign_in(tree)
    channel = open_channel(
        f"ipv4:{tree.grpc_address}", token=lambda: token, telemetry=silent_telemetry()
    )
    async with channel:
        await _make_site(RosterServiceStub(channel), agents)
        reporter = Reporter(PresenceServiceStub(channel), load, agents, secrets.token_hex(4))
        await reporter.report(-1)
        yield reporter


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports in turn for the agents of the site."""

    presence: PresenceServiceStub
    load: Load
    agents: int
    run: str

    async def report(self, number: int, stopwatch: Stopwatch | None = None) -> None:
        """Makes one call. Its first agent is its mark."""
        request = self._request(number)
        if stopwatch:
            stopwatch.leave(request.reports[0].agent)
        answer = await self.presence.ReportStates(request, timeout=30)
        if answer.refusals:
            raise AssertionError(f"not all was recorded: {list(answer.refusals)[:3]}")

    def _request(self, number: int) -> wire.ReportStatesRequest:
        count = self.load.changes_per_call
        return wire.ReportStatesRequest(
            source="bench",
            source_kind=state_pb2.SOURCE_KIND_TELEPHONY,
            reports=[self._one(number * count + place) for place in range(count)],
        )

    def _one(self, number: int) -> wire.StateReport:
        busy = number // self.agents % 2 == 0
        report = wire.StateReport(
            event_id=f"{self.run}-{number}",
            agent=_agent(number % self.agents),
            state=state_pb2.STATE_BUSY if busy else state_pb2.STATE_ONLINE,
        )
        report.occurred_time.FromDatetime(SystemClock().now())
        return report


async def _sign_in(tree: Tree) -> str:
    asked = {"account": "supervisor", "password": tree.passwords["supervisor"]}
    async with httpx.AsyncClient(base_url=tree.http_url, timeout=30) as client:
        answer = await client.post("/v1/sessions", json=asked)
    answer.raise_for_status()
    return str(answer.json()["token"])


async def _make_site(roster: RosterServiceStub, agents: int) -> None:
    site = people_pb2.Site(name=f"sites/{SITE}", display_name="Bench", time_zone="UTC")
    for first in range(0, agents, _ROSTER_ROWS):
        rows = [
            people_pb2.Agent(name=_agent(number), display_name=f"Agent {number}", site=site.name)
            for number in range(first, min(first + _ROSTER_ROWS, agents))
        ]
        request = roster_wire.ApplyRosterRequest(sites=[site], agents=rows)
        await roster.ApplyRoster(request, timeout=60)


async def _agents_of(events: AsyncIterator[bytes]) -> AsyncIterator[list[str]]:
    async for data in events:
        yield json.loads(data).get("agents", [])


def _push(tree: Tree, token: str) -> tuple[str, int, str]:
    address = urlsplit(tree.http_url)
    path = f"/v1/push?topic=board/sites/{SITE}"
    request = f"GET {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\r\n"
    return address.hostname or "", address.port or 0, request


def _agent(number: int) -> str:
    return f"agents/bench-{number}"
