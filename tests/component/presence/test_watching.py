"""What becomes of agents whose source falls silent, on real servers with short leases."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from muster.presence.v1 import source_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub

from chassis.clock import SystemClock
from services.presence.domain.lease import LeaseRule
from services.presence.domain.state import EntryKind, LossScope, SourceKind, State
from tests.component.conftest import OwnerUrl
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import a_report, a_request, timestamp
from tests.support.waiting import eventually

LEASE = timedelta(seconds=1)
GRACE = timedelta(seconds=2)
RULES = (
    LeaseRule(SourceKind.TELEPHONY, "", LEASE),
    LeaseRule(SourceKind.AGENT, "", LEASE),
    LeaseRule(SourceKind.AGENT, "phone", None),
)


@pytest.fixture(autouse=True)
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.presence.app.source_rules.DEFAULT_LEASE_RULES", RULES)
    monkeypatch.setattr("services.presence.app.source_rules.DEFAULT_GRACE", GRACE)


@pytest.fixture
def sources(replicas: Replicas, replica: Replica) -> SourceServiceStub:
    return replicas.source(replica)


@pytest.fixture
async def log(owner_url: OwnerUrl) -> AsyncIterator["Log"]:
    connection = await psycopg.AsyncConnection.connect(owner_url("presence"), autocommit=True)
    yield Log(connection)
    await connection.close()


class Log:
    """What the log says, read from its table."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection

    async def of(self, kind: EntryKind) -> list[tuple[Any, ...]]:
        cursor = await self._connection.execute(
            "SELECT agent, source, state, occurred_time, end_time, loss_scope FROM state_log"
            " WHERE kind = %s ORDER BY occurred_time, agent",
            (kind.value,),
        )
        return await cursor.fetchall()

    async def count(self, kind: EntryKind) -> int:
        return len(await self.of(kind))

    async def execute(self, query: str) -> None:
        await self._connection.execute(query.encode())

    async def state_of(self, agent: str) -> State:
        cursor = await self._connection.execute(
            "SELECT state FROM agent_state WHERE agent = %s", (f"agents/{agent}",)
        )
        row = await cursor.fetchone()
        return State(row[0]) if row else State.UNOBSERVED


def now_report(agent: str, event_id: str, **changes: object) -> Any:
    return a_report(agent, event_id, occurred_time=timestamp(SystemClock().now()), **changes)


def of_pbx(**changes: object) -> wire.HeartbeatRequest:
    return wire.HeartbeatRequest(
        source="pbx",
        source_kind=state.SOURCE_KIND_TELEPHONY,
        **changes,  # type: ignore[arg-type]  # by name
    )


def of_browsers(*agents: str, source: str = "web") -> wire.HeartbeatRequest:
    return wire.HeartbeatRequest(
        source=source,
        source_kind=state.SOURCE_KIND_AGENT,
        agents=[f"agents/{agent}" for agent in agents],
    )


async def test_a_connection_that_falls_silent_loses_all_its_agents(
    presence: PresenceServiceStub, sources: SourceServiceStub, log: Log
) -> None:
    await sources.Heartbeat(of_pbx())
    await presence.ReportStates(
        a_request(now_report("ana", "e-1"), now_report("bob", "e-2"), now_report("tom", "e-3"))
    )

    async def all_lost() -> bool:
        return len(await log.of(EntryKind.LOSS)) == 3

    await eventually(all_lost)

    losses = await log.of(EntryKind.LOSS)
    assert [loss[0] for loss in losses] == ["agents/ana", "agents/bob", "agents/tom"]
    assert {loss[5] for loss in losses} == {LossScope.SOURCE}
    assert await log.state_of("ana") is State.UNOBSERVED


async def test_whose_states_were_lost_is_asked_for_again_until_they_are_reported(
    presence: PresenceServiceStub, sources: SourceServiceStub, log: Log
) -> None:
    async def resend() -> list[str]:
        return list((await sources.Heartbeat(of_pbx())).resend)

    await resend()
    await presence.ReportStates(a_request(now_report("ana", "e-1"), now_report("bob", "e-2")))
    await eventually(lambda: log.count(EntryKind.LOSS))

    async def both_are_asked_for() -> bool:
        return await resend() == ["agents/ana", "agents/bob"]

    await eventually(both_are_asked_for)

    await presence.ReportStates(a_request(now_report("bob", "e-3")))

    async def one_is_left() -> bool:
        return await resend() == ["agents/ana"]

    await eventually(one_is_left)
    assert await log.state_of("ana") is State.UNOBSERVED
    assert await log.state_of("bob") is State.ONLINE
