"""What a caller may rely on when she reads."""

from base64 import urlsafe_b64encode
from datetime import timedelta

import grpc
import pytest
from muster.presence.v1 import presence_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import (
    NOON,
    a_log_request,
    a_report,
    a_request,
    event_ids,
    timestamp,
)

ONLY_ANA = Scope(sites=frozenset(), agents=frozenset({"agents/ana"}))
SHOP = Scope(sites=frozenset({"sites/shop"}))


@pytest.fixture
async def morning(presence: PresenceServiceStub) -> None:
    """Ana, Bob and Tom report; Eve never does."""
    busy, pause = state.STATE_BUSY, state.STATE_BREAK
    await presence.ReportStates(
        a_request(
            a_report("ana", "e-0", -600),
            a_report("ana", "e-1", 60, state=busy, contacts=["c-1"]),
            a_report("ana", "e-2", 120),
            a_report("ana", "e-3", 180, state=pause, reason="meal"),
            a_report("bob", "e-1", 30),
            a_report("tom", "e-1", -60, state=state.STATE_OFFLINE),
        )
    )


@pytest.mark.usefixtures("morning")
async def test_pages_of_a_log_follow_each_other_without_loss(
    presence: PresenceServiceStub,
) -> None:
    request = a_log_request("ana", page_size=2)
    first = await presence.ListStateLog(request)
    request.page_token = first.next_page_token
    second = await presence.ListStateLog(request)

    assert event_ids(first.entries) + event_ids(second.entries) == ["e-1", "e-2", "e-3"]
    assert first.opening_entry.event_id == "e-0"
    assert not second.HasField("opening_entry")
    assert second.next_page_token == ""


@pytest.mark.usefixtures("morning")
async def test_a_page_token_belongs_to_its_arguments(presence: PresenceServiceStub) -> None:
    page = await presence.ListStateLog(a_log_request("ana", page_size=1))

    nested = urlsafe_b64encode(b"[" * 100_000).decode()
    for token in (page.next_page_token, "nonsense", "bm9uc2Vuc2U=", nested):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await presence.ListStateLog(a_log_request("bob", page_token=token))
        assert refusal_from(caught.value).reason == "INVALID_PAGE_TOKEN"


async def test_an_agent_without_entries_has_an_empty_log(presence: PresenceServiceStub) -> None:
    page = await presence.ListStateLog(a_log_request("eve"))

    assert list(page.entries) == []
    assert not page.HasField("opening_entry")


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("agent", ["bob", "zoe"])
async def test_whom_a_caller_may_not_see_does_not_exist_for_her(
    replicas: Replicas, replica: Replica, agent: str
) -> None:
    ana = replicas.caller(replica, scope=ONLY_ANA)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await ana.ListStateLog(a_log_request(agent))

    refusal = refusal_from(caught.value)
    assert (refusal.code, refusal.reason) == ("NOT_FOUND", "UNKNOWN_AGENT")


@pytest.mark.usefixtures("morning")
async def test_coverage_tells_head_and_span(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica
) -> None:
    bank = await presence.GetSiteCoverage(wire.GetSiteCoverageRequest(site="sites/bank"))
    for_ana = await replicas.caller(replica, scope=ONLY_ANA).GetSiteCoverage(
        wire.GetSiteCoverageRequest(site="sites/bank")
    )
    for_shop = await replicas.caller(replica, scope=SHOP).GetSiteCoverage(
        wire.GetSiteCoverageRequest(site="sites/bank")
    )

    assert bank.cursor == state.Cursor(site="sites/bank", epoch=1, seq=1)
    assert bank.first_occurred_time.ToMicroseconds() == _us(-600)
    assert bank.last_occurred_time.ToMicroseconds() == _us(180)
    assert for_ana == bank
    assert for_shop == wire.SiteCoverage(cursor=state.Cursor(site="sites/bank", epoch=1))


@pytest.mark.usefixtures("morning")
async def test_coverage_leaves_out_what_nobody_knows(presence: PresenceServiceStub) -> None:
    reports = [
        a_report("eve", "e-1", 400, state=state.STATE_BUSY),
        a_report("eve", "e-2", 500, state=state.STATE_UNOBSERVED),
    ]

    await presence.ReportStates(a_request(*reports))
    bank = await presence.GetSiteCoverage(wire.GetSiteCoverageRequest(site="sites/bank"))

    assert bank.last_occurred_time.ToMicroseconds() == _us(400)


async def test_changes_after_a_cursor_are_replayed_in_order(
    presence: PresenceServiceStub,
) -> None:
    for number in range(5):
        await presence.ReportStates(a_request(a_report("ana", f"e-{number}", number)))

    after = state.Cursor(site="sites/bank", epoch=1, seq=2)
    replayed = [c async for c in presence.ReplayChanges(wire.ReplayChangesRequest(after=after))]

    assert [changes.cursor.seq for changes in replayed] == [3, 4, 5]
    assert [list(changes.event_ids) for changes in replayed] == [["e-2"], ["e-3"], ["e-4"]]


@pytest.mark.parametrize(("epoch", "seq"), [(0, 0), (1, 9), (2, 0)])
async def test_a_cursor_of_another_history_is_refused(
    presence: PresenceServiceStub, epoch: int, seq: int
) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-1")))

    after = state.Cursor(site="sites/bank", epoch=epoch, seq=seq)
    replay = presence.ReplayChanges(wire.ReplayChangesRequest(after=after))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await anext(aiter(replay))

    assert refusal_from(caught.value).code == "OUT_OF_RANGE"


def _us(after: int) -> int:
    return timestamp(NOON + timedelta(seconds=after)).ToMicroseconds()
