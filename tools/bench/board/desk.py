"""Somebody who fills a site through the gateway and reads its board there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from google.type import datetime_pb2
from muster.gateway.v1 import board_service_pb2 as pb
from muster.presence.v1 import presence_service_pb2 as presence_pb
from muster.presence.v1 import state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.roster.v1 import people_pb2, shift_pb2
from muster.roster.v1 import roster_service_pb2 as roster_pb
from muster.roster.v1 import shift_service_pb2 as shift_service
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub

from chassis.rpc.channel import open_channel
from chassis.telemetry import silent_telemetry
from tests.support.tree import Tree
from tools.bench.heatmap.day import DAY, batches

_TEAMS, _LINES, _SKILLS = 20, 2, 5
_SHIFTS_A_CALL = 5_000
_BINARY = {"accept": "application/x-protobuf"}
_SPAN = {
    "startTime": DAY.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "endTime": (DAY + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
}
_PROFILE = {
    "ruleSet": "standard",
    "agreedBy": "the benchmark",
    "agreementDate": {"year": 2026, "month": 1, "day": 1},
}


@dataclass(frozen=True, slots=True)
class BenchSite:
    """A site with so many agents."""

    id: str
    size: int

    @property
    def name(self) -> str:
        """The name of the site."""
        return f"sites/{self.id}"

    @property
    def agents(self) -> list[str]:
        """The names of the agents, in their order."""
        return [f"agents/{self.id}-{number:05}" for number in range(self.size)]


class BoardDesk:
    """Reads a site over REST; `board_bytes` is how large the last board was."""

    board_bytes = 0

    def __init__(
        self, site: BenchSite, http: httpx.AsyncClient, token: str, grpc_address: str
    ) -> None:
        self._site = site
        self._http = http
        self._token = token
        self._grpc_address = grpc_address

    async def fill(self) -> None:
        """Makes the site with its people and shifts, and reports the day."""
        channel = open_channel(
            f"ipv4:{self._grpc_address}", token=lambda: self._token, telemetry=silent_telemetry()
        )
        async with channel:
            await RosterServiceStub(channel).ApplyRoster(_roster(self._site), timeout=60)
            await self._choose_profile()
            shifts = ShiftServiceStub(channel)
            for request in _shifts(self._site):
                await shifts.ApplyShifts(request, timeout=60)
            presence = PresenceServiceStub(channel)
            for reports in batches(self._site.agents):
                await presence.ReportStates(_reports(reports), timeout=60)

    async def read_board(self, **filters: str) -> pb.Heatmap:
        """Reads the board of the day once."""
        answer = await self._http.get(
            f"/v1/{self._site.name}/heatmap", params=_SPAN | filters, headers=_BINARY
        )
        answer.raise_for_status()
        self.board_bytes = len(answer.content)
        return pb.Heatmap.FromString(answer.content)

    async def whole_board(self) -> None:
        """Reads the board until nothing of it is missing, as a screen does."""
        while (await self.read_board()).missing:
            pass

    async def read_day(self, agent: str) -> None:
        """Reads the day of one agent."""
        answer = await self._http.get(f"/v1/{agent}/day", params=_SPAN, headers=_BINARY)
        answer.raise_for_status()
        missing = pb.AgentDay.FromString(answer.content).missing
        if missing:
            raise AssertionError(f"not all was told: {list(missing)}")

    async def _choose_profile(self) -> None:
        """Yesterday is history, which is for direct leads unless the profile says otherwise."""
        answer = await self._http.put(f"/v1/{self._site.name}/protectionProfile", json=_PROFILE)
        answer.raise_for_status()


@asynccontextmanager
async def open_desks(tree: Tree, sites: Sequence[BenchSite]) -> AsyncIterator[list[BoardDesk]]:
    """Yields a desk for each site, signed in as the first supervisor."""
    asked = {"account": "supervisor", "password": tree.passwords["supervisor"]}
    async with httpx.AsyncClient(base_url=tree.http_url, timeout=60) as http:
        answer = await http.post("/v1/sessions", json=asked)
        answer.raise_for_status()
        token = str(answer.json()["token"])
        http.headers["authorization"] = f"Bearer {token}"
        yield [BoardDesk(site, http, token, tree.grpc_address) for site in sites]


def _roster(site: BenchSite) -> roster_pb.ApplyRosterRequest:
    return roster_pb.ApplyRosterRequest(
        sites=[people_pb2.Site(name=site.name, display_name="Heat", time_zone="UTC")],
        lines=[
            people_pb2.Line(name=f"lines/line-{number}", display_names={"en": f"Line {number}"})
            for number in range(_LINES)
        ],
        skills=[
            people_pb2.Skill(name=f"skills/skill-{number}", display_names={"en": f"Skill {number}"})
            for number in range(_SKILLS)
        ],
        teams=[_team(site, number) for number in range(_TEAMS)],
        agents=[_agent(site, number, name) for number, name in enumerate(site.agents)],
    )


def _team(site: BenchSite, number: int) -> people_pb2.Team:
    return people_pb2.Team(
        name=f"teams/{site.id}-{number}",
        display_name=f"Team {number}",
        site=site.name,
        line=f"lines/line-{number % _LINES}",
    )


def _agent(site: BenchSite, number: int, name: str) -> people_pb2.Agent:
    skills = sorted({f"skills/skill-{number % _SKILLS}", f"skills/skill-{number // 7 % _SKILLS}"})
    return people_pb2.Agent(
        name=name,
        display_name=f"Agent {number:05}",
        site=site.name,
        team=f"teams/{site.id}-{number % _TEAMS}",
        skills=[people_pb2.AgentSkill(skill=skill, level=3) for skill in skills],
    )


def _shifts(site: BenchSite) -> list[shift_service.ApplyShiftsRequest]:
    shifts = [
        shift_pb2.Shift(
            name=f"shifts/{site.id}-{number}",
            agent=name,
            local_start=_local(8),
            local_end=_local(16),
            activities=[
                shift_pb2.Activity(
                    kind=shift_pb2.Activity.KIND_MEAL, local_start=_local(12), local_end=_local(13)
                )
            ],
        )
        for number, name in enumerate(site.agents)
    ]
    return [
        shift_service.ApplyShiftsRequest(
            site=site.name, shifts=shifts[first : first + _SHIFTS_A_CALL]
        )
        for first in range(0, len(shifts), _SHIFTS_A_CALL)
    ]


def _local(hour: int) -> datetime_pb2.DateTime:
    return datetime_pb2.DateTime(year=DAY.year, month=DAY.month, day=DAY.day, hours=hour)


def _reports(reports: list[Any]) -> presence_pb.ReportStatesRequest:
    return presence_pb.ReportStatesRequest(
        source="bench", source_kind=state_pb2.SOURCE_KIND_IMPORT, reports=reports
    )
