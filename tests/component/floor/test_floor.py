"""The floor as a process, against a gateway in memory behind a real port."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc.aio
import pytest
from muster.dispatch.v1 import contact_service_pb2, contact_service_pb2_grpc
from muster.gateway.v1 import protection_service_pb2, protection_service_pb2_grpc
from muster.presence.v1 import (
    policy_service_pb2,
    policy_service_pb2_grpc,
    presence_service_pb2,
    presence_service_pb2_grpc,
    source_service_pb2,
    source_service_pb2_grpc,
    state_pb2,
    timeline_service_pb2,
    timeline_service_pb2_grpc,
)
from muster.roster.v1 import (
    roster_service_pb2,
    roster_service_pb2_grpc,
    shift_service_pb2,
    shift_service_pb2_grpc,
)

from chassis.clock import SystemClock
from chassis.identity import PROCESS_GRANTS, Identity, Trust, create_keys
from simulator.floor.reports import PAST_SOURCE
from tests.support.waiting import eventually

AGENTS = 40


class FakeGateway(
    contact_service_pb2_grpc.ContactServiceServicer,
    presence_service_pb2_grpc.PresenceServiceServicer,
    source_service_pb2_grpc.SourceServiceServicer,
    timeline_service_pb2_grpc.TimelineServiceServicer,
    roster_service_pb2_grpc.RosterServiceServicer,
    shift_service_pb2_grpc.ShiftServiceServicer,
    protection_service_pb2_grpc.ProtectionServiceServicer,
    policy_service_pb2_grpc.PolicyServiceServicer,
):
    """Records what the floor tells, by event; hears of a site's agents a moment late."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self.agents: set[str] = set()
        self.events: dict[tuple[str, str], presence_service_pb2.StateReport] = {}
        self.origins: set[tuple[str, str, int]] = set()
        self.queues: set[str] = set()
        self.shifts: set[str] = set()
        self.calls: set[str] = set()
        self.profiles: dict[str, protection_service_pb2.ProtectionProfile] = {}
        self.reported_before_the_profile = False
        self.policies: dict[str, policy_service_pb2.PresencePolicy] = {}
        self.heard_of: set[str] = set()
        self.beats: set[str] = set()
        self.repeats = 0
        self.contradictions = 0

    async def ApplyRoster(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        self.agents |= {agent.name for agent in request.agents}
        return roster_service_pb2.ApplyRosterResponse()

    async def ApplyShifts(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        self.shifts |= {shift.name for shift in request.shifts}
        return shift_service_pb2.ApplyShiftsResponse()

    async def GetProtectionProfile(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        return self.profiles.get(request.name) or protection_service_pb2.ProtectionProfile()

    async def UpdateProtectionProfile(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        request.profile.version += 1
        self.profiles[request.profile.name] = request.profile
        return request.profile

    async def GetPresencePolicy(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        if request.site not in self.heard_of:
            self.heard_of.add(request.site)
            await context.abort(grpc.StatusCode.NOT_FOUND, "no such site")
        reasons = [
            policy_service_pb2.BreakReason(code=code)
            for code in ("short-break", "meal", "training")
        ]
        return self.policies.get(request.site) or policy_service_pb2.PresencePolicy(
            site=request.site, break_reasons=reasons
        )

    async def UpdatePresencePolicy(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        request.policy.version += 1
        self.policies[request.policy.site] = request.policy
        return request.policy

    async def ReportStates(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        who = self._caller(context)
        self.reported_before_the_profile |= len(self.profiles) < 3
        self.origins.add((who.subject, request.source, request.source_kind))
        answer = presence_service_pb2.ReportStatesResponse()
        for index, report in enumerate(request.reports):
            if report.agent not in self.agents:
                answer.refusals.add(index=index, reason="UNKNOWN_AGENT")
                continue
            event = f"{request.source}/{report.event_id}"
            told = self.events.setdefault((report.agent, event), report)
            self.contradictions += told != report
            self.repeats += told is not report
        return answer

    async def ListAgentStates(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        newest = max(
            (
                report.occurred_time.ToDatetime()
                for (agent, _), report in self.events.items()
                if agent.startswith(f"agents/{request.site.removeprefix('sites/')}-")
            ),
            default=None,
        )
        answer = timeline_service_pb2.ListAgentStatesResponse()
        if newest is not None:
            answer.agent_states.add().since_time.FromDatetime(newest)
        return answer

    async def Heartbeat(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        self.beats.add(request.source)
        return source_service_pb2.HeartbeatResponse()

    async def ApplyQueues(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        self.queues = {queue.name for queue in request.queues}
        return contact_service_pb2.ApplyQueuesResponse()

    async def ReportContacts(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self._caller(context)
        self.calls |= {event.contact_id for event in request.events}
        return contact_service_pb2.ReportContactsResponse()

    def _caller(self, context: Any) -> Identity:
        metadata = dict(context.invocation_metadata())
        token = metadata["authorization"].removeprefix("Bearer ")
        return self._trust.verify(token, SystemClock().now())


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    create_keys(tmp_path / "keys", PROCESS_GRANTS)
    return tmp_path / "keys"


@pytest.fixture
async def served(keys: Path) -> AsyncIterator[tuple[FakeGateway, str]]:
    gateway = FakeGateway(Trust.load(keys / "trust.json"))
    server = grpc.aio.server()
    roster_service_pb2_grpc.add_RosterServiceServicer_to_server(gateway, server)
    shift_service_pb2_grpc.add_ShiftServiceServicer_to_server(gateway, server)
    presence_service_pb2_grpc.add_PresenceServiceServicer_to_server(gateway, server)
    contact_service_pb2_grpc.add_ContactServiceServicer_to_server(gateway, server)
    source_service_pb2_grpc.add_SourceServiceServicer_to_server(gateway, server)
    protection_service_pb2_grpc.add_ProtectionServiceServicer_to_server(gateway, server)
    timeline_service_pb2_grpc.add_TimelineServiceServicer_to_server(gateway, server)
    policy_service_pb2_grpc.add_PolicyServiceServicer_to_server(gateway, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield gateway, f"127.0.0.1:{port}"
    await server.stop(None)


async def start_floor(address: str, keys: Path) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "MUSTER_GATEWAY_TARGET": address,
        "MUSTER_IDENTITY_KEY_FILE": str(keys / "floor.key"),
        "MUSTER_TRUST_FILE": str(keys / "trust.json"),
        "MUSTER_FLOOR_AGENTS": str(AGENTS),
        "MUSTER_FLOOR_HISTORY_DAYS": "1",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "cli", "floor", env=environment, stdout=asyncio.subprocess.PIPE
    )


async def stop_floor(floor: asyncio.subprocess.Process) -> int:
    floor.send_signal(signal.SIGTERM)
    await asyncio.wait_for(floor.communicate(), 60)
    return floor.returncode or 0


async def test_the_floor_tells_who_is_what_and_its_past_and_stops_when_asked(
    served: tuple[FakeGateway, str], keys: Path
) -> None:
    gateway, address = served
    floor = await start_floor(address, keys)

    await eventually(lambda: len(gateway.origins) == 7, within_seconds=60)
    await eventually(lambda: gateway.calls and gateway.beats, within_seconds=60)

    assert await stop_floor(floor) == 0
    assert {agent for agent, _ in gateway.events} == gateway.agents
    assert len(gateway.agents) == AGENTS
    assert "sites/harbor/queues/harbor-orders" in gateway.queues
    assert gateway.shifts
    assert "harbor-chats" in gateway.beats
    assert gateway.origins == {
        *(("processes/floor", source, state_pb2.SOURCE_KIND_TELEPHONY) for source in gateway.beats),
        ("processes/floor", PAST_SOURCE, state_pb2.SOURCE_KIND_IMPORT),
    }
    assert set(gateway.profiles) == {
        f"sites/{site}/protectionProfile" for site in ("harbor", "delta", "lakes")
    }
    assert not gateway.reported_before_the_profile


async def test_a_floor_that_starts_again_contradicts_nothing(
    served: tuple[FakeGateway, str], keys: Path
) -> None:
    gateway, address = served
    first = await start_floor(address, keys)
    await eventually(lambda: gateway.beats, within_seconds=60)
    first.kill()
    await first.communicate()
    gateway.beats.clear()

    second = await start_floor(address, keys)
    await eventually(lambda: gateway.beats, within_seconds=60)

    assert await stop_floor(second) == 0
    assert gateway.contradictions == 0


async def test_breaks_last_a_minute_longer_than_planned_unless_somebody_set_a_policy(
    served: tuple[FakeGateway, str], keys: Path
) -> None:
    gateway, address = served
    own = policy_service_pb2.PresencePolicy(site="sites/lakes", version=4)
    gateway.policies["sites/lakes"] = own

    floor = await start_floor(address, keys)
    await eventually(lambda: gateway.beats, within_seconds=60)

    assert await stop_floor(floor) == 0
    assert gateway.policies["sites/lakes"] == own
    assert [
        (reason.code, reason.longest.ToSeconds())
        for reason in gateway.policies["sites/harbor"].break_reasons
    ] == [("short-break", 16 * 60), ("meal", 41 * 60), ("training", 0)]
    assert gateway.policies["sites/delta"].version == 1
