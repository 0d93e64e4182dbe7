"""Short leases, and the log as its table holds it."""

from datetime import timedelta
from typing import Any

import psycopg
from google.protobuf.duration_pb2 import Duration
from muster.presence.v1 import policy_service_pb2 as policy_wire
from muster.presence.v1 import presence_service_pb2 as presence_wire
from muster.presence.v1 import source_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.policy_service_pb2_grpc import PolicyServiceStub

from chassis.clock import SystemClock
from services.presence.domain.state import EntryKind, State
from tests.component.presence.reports import a_report, timestamp

LEASE = timedelta(seconds=1)
GRACE = timedelta(seconds=2)


async def shorten_leases(
    policies: PolicyServiceStub, site: str = "bank", grace: timedelta = GRACE
) -> None:
    """Sets leases of a second, and lets phones be silent."""
    policy = await policies.GetPresencePolicy(
        policy_wire.GetPresencePolicyRequest(site=f"sites/{site}")
    )
    del policy.lease_rules[:]
    for kind in (state.SOURCE_KIND_TELEPHONY, state.SOURCE_KIND_AGENT):
        policy.lease_rules.add(source_kind=kind, lease=span(LEASE))
    policy.lease_rules.add(source_kind=state.SOURCE_KIND_AGENT, source="phone")
    policy.grace.CopyFrom(span(grace))
    await policies.UpdatePresencePolicy(policy_wire.UpdatePresencePolicyRequest(policy=policy))


def span(length: timedelta) -> Duration:
    made = Duration()
    made.FromTimedelta(length)
    return made


class Log:
    """What the log says, read from its table."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection

    async def of(self, kind: EntryKind) -> list[tuple[Any, ...]]:
        """Agent, source, state, start, end and scope of the entries of a kind."""
        return await self.read(
            "SELECT agent, source, state, occurred_time, end_time, loss_scope FROM state_log"
            f" WHERE kind = {kind.value} ORDER BY occurred_time, agent"
        )

    async def count(self, kind: EntryKind) -> int:
        return len(await self.of(kind))

    async def read(self, query: str) -> list[tuple[Any, ...]]:
        return await (await self._connection.execute(query.encode())).fetchall()

    async def change(self, statement: str) -> None:
        await self._connection.execute(statement.encode())

    async def state_of(self, agent: str) -> State:
        rows = await self.read(f"SELECT state FROM agent_state WHERE agent = 'agents/{agent}'")
        return State(rows[0][0]) if rows else State.UNOBSERVED


def now_report(agent: str, event_id: str, **changes: object) -> presence_wire.StateReport:
    """Ana goes online now."""
    values: dict[str, Any] = {"occurred_time": timestamp(SystemClock().now())} | changes
    return a_report(agent, event_id, **values)


def of_pbx() -> wire.HeartbeatRequest:
    """The heartbeat of a telephone system."""
    return wire.HeartbeatRequest(source="pbx", source_kind=state.SOURCE_KIND_TELEPHONY)


def of_browsers(*agents: str, source: str = "web") -> wire.HeartbeatRequest:
    """The heartbeat of agents' clients."""
    return wire.HeartbeatRequest(
        source=source,
        source_kind=state.SOURCE_KIND_AGENT,
        agents=[f"agents/{agent}" for agent in agents],
    )
