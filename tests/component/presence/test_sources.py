"""What a source may rely on: heartbeats, its clock, claims, and what is listed of it."""

from datetime import datetime, timedelta
from uuid import uuid4

import grpc
import pytest
from muster.presence.v1 import presence_service_pb2
from muster.presence.v1 import source_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub

from chassis.clock import SystemClock
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import RECORDED, a_report, a_request, timestamp
from tests.component.presence.watching import now_report, of_browsers, of_pbx, span
from tests.support.waiting import eventually

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BANK = wire.ListSourcesRequest(site="sites/bank")


@pytest.fixture
def sources(replicas: Replicas, replica: Replica) -> SourceServiceStub:
    return replicas.source(replica)


def now() -> datetime:
    return SystemClock().now()


async def test_a_heartbeat_tells_the_lease_by_the_kind_of_source(
    sources: SourceServiceStub,
) -> None:
    telephony = await sources.Heartbeat(of_pbx())
    browser = await sources.Heartbeat(of_browsers("ana"))
    importer = await sources.Heartbeat(
        wire.HeartbeatRequest(source="files", source_kind=state.SOURCE_KIND_IMPORT)
    )

    assert telephony.lease.seconds == 10
    assert browser.lease.seconds == 90
    assert not importer.HasField("lease")


async def test_agents_whom_nobody_knows_are_named_and_hinder_nobody(
    sources: SourceServiceStub,
) -> None:
    answer = await sources.Heartbeat(of_browsers("ana", "nobody"))

    assert list(answer.refused_agents) == ["agents/nobody"]
    assert answer.lease.seconds == 90


async def test_a_caller_beats_for_agents_in_scope_alone(
    replicas: Replicas, replica: Replica
) -> None:
    shop = replicas.source(replica, scope=Scope(frozenset({"sites/shop"})))

    answer = await shop.Heartbeat(of_browsers("ana", "tom"))

    assert list(answer.refused_agents) == ["agents/ana"]


async def test_an_agent_speaks_for_no_telephone_system(
    replicas: Replicas, replica: Replica
) -> None:
    ana = replicas.source(replica, scope=Scope(frozenset(), frozenset({"agents/ana"})))

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await ana.Heartbeat(of_pbx())

    assert refusal_from(caught.value).reason == "OUT_OF_SCOPE"


async def test_a_heartbeat_claims_no_name_before_a_report_ties_it_to_the_callers_sites(
    replicas: Replicas, replica: Replica, presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    shop = replicas.source(replica, scope=Scope(frozenset({"sites/shop"})))
    bank = replicas.source(replica, scope=Scope(frozenset({"sites/bank"})))

    early = await shop.Heartbeat(of_pbx())
    await presence.ReportStates(a_request(now_report("ana", "e-1")))
    told: list[int] = []

    async def is_listed() -> bool:
        told.extend(each.state for each in (await sources.ListSources(BANK)).sources)
        return bool(told)

    async def is_live() -> bool:
        await bank.Heartbeat(of_pbx())
        return bool((await sources.ListSources(BANK)).sources[0].state == wire.Source.STATE_LIVE)

    await eventually(is_listed)
    await eventually(is_live)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await shop.Heartbeat(of_pbx())

    assert early.lease.seconds == 10
    assert told == [wire.Source.STATE_UNLEASED]
    assert refusal_from(caught.value).reason == "OUT_OF_SCOPE"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (wire.HeartbeatRequest(source="PBX", source_kind=state.SOURCE_KIND_TELEPHONY), "source"),
        (wire.HeartbeatRequest(source="pbx"), "source_kind"),
        (of_browsers(), "agents"),
        (of_browsers("ana", "B"), "agents[1]"),
        (
            wire.HeartbeatRequest(
                source="pbx", source_kind=state.SOURCE_KIND_TELEPHONY, agents=["agents/ana"]
            ),
            "agents",
        ),
    ],
)
async def test_a_malformed_heartbeat_is_refused_by_its_field(
    sources: SourceServiceStub, request_: wire.HeartbeatRequest, field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await sources.Heartbeat(request_)

    assert [fault.field for fault in refusal_from(caught.value).violations] == [field]


async def test_a_list_of_sources_is_not_narrowed_to_what_is_no_source(
    sources: SourceServiceStub,
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await sources.ListSources(wire.ListSourcesRequest(site="sites/bank", source="pbx\0"))

    assert [fault.field for fault in refusal_from(caught.value).violations] == ["source"]


async def test_sources_are_listed_with_lease_life_and_skew(
    presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    ahead = timestamp(now() + HOUR)
    await presence.ReportStates(a_request(now_report("ana", "e-1"), sent_time=ahead))
    await presence.ReportStates(a_request(now_report("ana", "e-2"), source="batch"))
    await sources.Heartbeat(of_pbx())
    await sources.Heartbeat(of_browsers("bob", "ana"))

    async def all_are_listed() -> bool:
        return len((await sources.ListSources(BANK)).sources) == 4

    await eventually(all_are_listed)

    async def with_skew() -> bool:
        # Its lease goes on, however long that takes.
        await sources.Heartbeat(of_pbx())
        return bool((await sources.ListSources(BANK)).sources[1].HasField("skew"))

    await eventually(with_skew)
    listed = (await sources.ListSources(BANK)).sources
    assert [(each.source, each.agent) for each in listed] == [
        ("batch", ""),
        ("pbx", ""),
        ("web", "agents/ana"),
        ("web", "agents/bob"),
    ]
    assert [each.state for each in listed] == [
        wire.Source.STATE_UNLEASED,
        wire.Source.STATE_LIVE,
        wire.Source.STATE_LIVE,
        wire.Source.STATE_LIVE,
    ]
    assert abs(listed[1].skew.ToTimedelta() - HOUR) < MINUTE


async def test_a_clock_that_is_more_than_a_day_off_is_flagged_and_has_no_skew(
    presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    absurd = timestamp(now() - 25 * HOUR)
    await presence.ReportStates(a_request(now_report("ana", "e-1"), sent_time=absurd))
    await sources.Heartbeat(of_pbx())

    async def is_flagged() -> bool:
        listed = (await sources.ListSources(BANK)).sources
        return bool(listed and listed[0].skew_out_of_bounds)

    await eventually(is_flagged)
    (listed,) = (await sources.ListSources(BANK)).sources
    assert not listed.HasField("skew")
    assert listed.HasField("skew_time")


async def test_pages_of_sources_go_on_where_the_last_one_ended(
    sources: SourceServiceStub,
) -> None:
    await sources.Heartbeat(of_browsers("ana", "bob", "eve"))

    async def page(token: str = "") -> wire.ListSourcesResponse:
        request = wire.ListSourcesRequest(site="sites/bank", page_size=2, page_token=token)
        answer: wire.ListSourcesResponse = await sources.ListSources(request)
        return answer

    async def has_two() -> bool:
        return len((await page()).sources) == 2

    await eventually(has_two)

    first = await page()
    second = await page(first.next_page_token)

    assert [each.agent for each in [*first.sources, *second.sources]] == [
        "agents/ana",
        "agents/bob",
        "agents/eve",
    ]
    assert second.next_page_token == ""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await sources.ListSources(
            wire.ListSourcesRequest(site="sites/shop", page_token=first.next_page_token)
        )
    assert refusal_from(caught.value).reason == "INVALID_PAGE_TOKEN"


async def test_clients_of_agents_out_of_scope_are_not_listed(
    replicas: Replicas, replica: Replica, sources: SourceServiceStub
) -> None:
    ana = replicas.source(replica, scope=Scope(frozenset(), frozenset({"agents/ana"})))
    stranger = replicas.source(replica, scope=Scope(frozenset()))
    await sources.Heartbeat(of_browsers("ana", "bob"))

    async def are_listed() -> bool:
        return len((await sources.ListSources(BANK)).sources) == 2

    await eventually(are_listed)

    assert [each.agent for each in (await ana.ListSources(BANK)).sources] == ["agents/ana"]
    assert len((await stranger.ListSources(BANK)).sources) == 0


async def test_a_button_pressed_now_is_taken_whatever_the_browsers_clock_says(
    presence: PresenceServiceStub,
) -> None:
    ahead = timestamp(now() + HOUR)
    pressed = a_report("ana", "e-1", occurred_time=ahead)
    request = a_request(pressed, source="web", source_kind=state.SOURCE_KIND_AGENT, sent_time=ahead)

    answers = [await presence.ReportStates(request) for _ in range(2)]

    assert list(answers[0].outcomes) == [RECORDED]
    assert list(answers[0].cursors) == list(answers[1].cursors)
    (entry,) = await entries_of(presence)
    assert abs(entry.occurred_time.ToDatetime(now().tzinfo) - now()) < MINUTE
    assert entry.source_time == ahead
    assert entry.marks == 0


async def test_a_button_that_is_told_late_is_a_claim_and_a_telephone_system_is_believed(
    presence: PresenceServiceStub,
) -> None:
    a_minute_ago = timestamp(now() - timedelta(minutes=1))
    pressed = a_report("ana", "e-1", occurred_time=a_minute_ago)

    await presence.ReportStates(
        a_request(pressed, source="web", source_kind=state.SOURCE_KIND_AGENT)
    )
    await presence.ReportStates(a_request(pressed, source="pbx"))

    pbx, web = sorted(await entries_of(presence), key=lambda entry: entry.source)
    assert web.marks == state.MARK_CLAIMED
    assert web.occurred_time == a_minute_ago
    assert pbx.marks == 0


async def entries_of(presence: PresenceServiceStub) -> list[state.StateLogEntry]:
    request = presence_service_pb2.ListStateLogRequest(
        agent="agents/ana", start_time=timestamp(now() - HOUR), end_time=timestamp(now() + HOUR)
    )
    return list((await presence.ListStateLog(request)).entries)


def an_extension(agent: str = "ana", **changes: object) -> wire.ExtendWrapUpRequest:
    values: dict[str, object] = {
        "duration": span(timedelta(minutes=2)),
        "reason": "long-note",
        "text": "a difficult case",
        "request_id": str(uuid4()),
    }
    return wire.ExtendWrapUpRequest(
        agent=f"agents/{agent}",
        **(values | changes),  # type: ignore[arg-type]  # by name
    )


async def test_a_wrap_up_is_extended_once_however_often_it_is_asked(
    presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    await presence.ReportStates(
        a_request(now_report("ana", "e-1", state=state.STATE_WRAP_UP, contacts=["c-1"]))
    )
    request = an_extension()

    first = await sources.ExtendWrapUp(request)
    again = await sources.ExtendWrapUp(request)

    assert first == again
    assert (first.state, first.reason, first.text) == (
        state.STATE_WRAP_UP,
        "long-note",
        "a difficult case",
    )
    assert (first.source, first.actor, list(first.contacts)) == ("pbx", "accounts/ana", ["c-1"])
    ends = first.limit_time.ToDatetime() - first.occurred_time.ToDatetime()
    assert abs(ends - timedelta(minutes=2)) < timedelta(seconds=1)
    assert len(await entries_of(presence)) == 2


async def test_an_extended_wrap_up_ends_at_its_new_limit(
    presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    await presence.ReportStates(a_request(now_report("ana", "e-1", state=state.STATE_WRAP_UP)))
    extended = await sources.ExtendWrapUp(an_extension(duration=span(timedelta(seconds=1))))

    async def has_ended() -> bool:
        return len(await entries_of(presence)) == 3

    await eventually(has_ended)

    limit = (await entries_of(presence))[-1]
    assert limit.kind == state.ENTRY_KIND_LIMIT
    assert limit.occurred_time == extended.limit_time
    assert limit.refers_to_time == extended.occurred_time


async def test_nobody_extends_what_is_no_wrap_up(
    presence: PresenceServiceStub, sources: SourceServiceStub
) -> None:
    await presence.ReportStates(a_request(now_report("ana", "e-1")))

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await sources.ExtendWrapUp(an_extension())

    assert refusal_from(caught.value).reason == "NOT_IN_WRAP_UP"


async def test_a_malformed_extension_is_refused_by_its_fields(sources: SourceServiceStub) -> None:
    request = an_extension(
        duration=span(timedelta(hours=5)), reason="Long note", text="x" * 501, request_id="1"
    )

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await sources.ExtendWrapUp(request)

    fields = [fault.field for fault in refusal_from(caught.value).violations]
    assert fields == ["duration", "reason", "text", "request_id"]
