"""What becomes of agents whose source falls silent, on real servers with short leases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub

from chassis.clock import SystemClock
from services.presence.domain.state import EntryKind, LossScope, State
from tests.component.conftest import OwnerUrl
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import a_request
from tests.component.presence.watching import (
    LEASE,
    Log,
    now_report,
    of_browsers,
    of_pbx,
    shorten_leases,
)
from tests.support.waiting import eventually

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def sources(replicas: Replicas, replica: Replica) -> SourceServiceStub:
    for site in ("bank", "shop"):
        await shorten_leases(replicas.policies(replica), site)
    return replicas.source(replica)


@pytest.fixture
async def log(owner_url: OwnerUrl) -> AsyncIterator[Log]:
    connection = await psycopg.AsyncConnection.connect(owner_url("presence"), autocommit=True)
    yield Log(connection)
    await connection.close()


async def test_a_connection_that_falls_silent_loses_all_its_agents(
    presence: PresenceServiceStub, sources: SourceServiceStub, log: Log
) -> None:
    begun = SystemClock().now()
    await sources.Heartbeat(of_pbx())
    await presence.ReportStates(a_request(now_report("ana", "e-1"), now_report("bob", "e-2")))

    async def both_lost() -> bool:
        return await log.count(EntryKind.LOSS) == 2

    await eventually(both_lost)

    losses = await log.of(EntryKind.LOSS)
    assert [loss[0] for loss in losses] == ["agents/ana", "agents/bob"]
    assert {loss[5] for loss in losses} == {LossScope.SOURCE}
    proofs = await log.read("SELECT proof_time FROM source_lease WHERE site = 'bank'")
    assert {(loss[3],) for loss in losses} == set(proofs)
    assert losses[0][3] > begun
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


async def test_a_source_that_comes_back_within_its_grace_leaves_a_gap_and_no_loss(
    replicas: Replicas,
    replica: Replica,
    presence: PresenceServiceStub,
    sources: SourceServiceStub,
    log: Log,
) -> None:
    for site in ("bank", "shop"):
        await shorten_leases(replicas.policies(replica), site, grace=MINUTE)
    await sources.Heartbeat(of_pbx())
    await presence.ReportStates(a_request(now_report("ana", "e-1"), now_report("tom", "e-2")))

    async def both_sites_are_marked() -> bool:
        # A silence, by the source: nothing else brings one about.
        await asyncio.sleep(1.5 * LEASE.total_seconds())
        await sources.Heartbeat(of_pbx())
        gap = EntryKind.GAP.value
        marked = await log.read(f"SELECT DISTINCT site FROM state_log WHERE kind = {gap}")
        return len(marked) == 2

    await eventually(both_sites_are_marked)

    gaps = await log.of(EntryKind.GAP)
    assert {(agent, source) for agent, source, *_ in gaps} == {("", "pbx")}
    assert all(LEASE < gap[4] - gap[3] < LEASE + MINUTE for gap in gaps)
    assert await log.count(EntryKind.LOSS) == 0
    assert await log.state_of("ana") is State.ONLINE


async def test_one_lost_client_takes_nobody_else_along(
    presence: PresenceServiceStub, sources: SourceServiceStub, log: Log
) -> None:
    pressed = [now_report(name, "e-1", state=state.STATE_ONLINE) for name in ("ana", "bob")]
    await presence.ReportStates(
        a_request(*pressed, source="web", source_kind=state.SOURCE_KIND_AGENT)
    )
    # Last, as what is said more than a lease after it was not said by the lost client.
    await sources.Heartbeat(of_browsers("ana", "bob"))

    async def lost() -> int:
        await sources.Heartbeat(of_browsers("bob"))
        return await log.count(EntryKind.LOSS)

    await eventually(lost)

    ((agent, source, _, _, _, scope),) = await log.of(EntryKind.LOSS)
    assert (agent, source, scope) == ("agents/ana", "web", LossScope.CLIENT)
    assert await log.state_of("bob") is State.ONLINE


async def test_our_own_outage_is_marked_and_loses_nobody(
    presence: PresenceServiceStub, sources: SourceServiceStub, log: Log
) -> None:
    await sources.Heartbeat(of_pbx())
    await presence.ReportStates(a_request(now_report("ana", "e-1")))
    await eventually(lambda: log.read("SELECT 1 FROM watch_mark"))
    # As it is when every replica was away for a minute.
    await log.change(
        "UPDATE watch_mark SET mark_time = mark_time - interval '1 min' WHERE site = 'bank';"
        "UPDATE source_lease SET proof_time = proof_time - interval '1 min'"
    )

    marked: list[tuple[Any, ...]] = []

    async def is_marked() -> bool:
        await sources.Heartbeat(of_pbx())
        # A machine that stands still for some seconds is an outage of its own.
        outages = await log.of(EntryKind.OUTAGE)
        marked[:] = [each for each in outages if each[4] - each[3] > MINUTE / 2]
        return bool(marked)

    await eventually(is_marked)

    ((agent, _, _, start_time, end_time, _),) = marked
    assert agent == ""
    assert timedelta(seconds=55) < end_time - start_time < 2 * MINUTE
    assert await log.count(EntryKind.LOSS) == 0
    assert await log.state_of("ana") is State.ONLINE


async def test_a_replica_that_ends_leaves_no_outage_while_another_lives(
    replicas: Replicas,
    presence: PresenceServiceStub,
    sources: SourceServiceStub,
    log: Log,
) -> None:
    await presence.ReportStates(a_request(now_report("ana", "e-1")))
    second = await replicas.start()
    holders = "SELECT holder FROM site_claim WHERE purpose = 'watch'"
    await eventually(lambda: log.read(holders))
    # The first one is gone without a word, as when its machine is.
    await log.change("UPDATE site_claim SET holder = 'gone', expires_time = now() + '6 s'")

    async def is_taken_over() -> bool:
        await replicas.source(second).Heartbeat(of_pbx())
        return await log.read(holders) != [("gone",)]

    await eventually(is_taken_over)
    await replicas.source(second).Heartbeat(of_pbx())

    assert await log.count(EntryKind.OUTAGE) == 0
