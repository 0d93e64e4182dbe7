"""What a caller may rely on when she reports."""

from datetime import timedelta

import grpc
import pytest
from muster.presence.v1 import presence_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.clock import SystemClock
from chassis.errors import Code
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.presence.reading import an_hour, rows_in
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import (
    ALREADY,
    RECORDED,
    REFUSED,
    a_log_request,
    a_report,
    a_request,
    event_ids,
    timestamp,
)
from tests.component.presence.roster import FakeRoster


def fates(answer: wire.ReportStatesResponse) -> list[str]:
    refusals = {refusal.index: refusal.reason for refusal in answer.refusals}
    names = {RECORDED: "recorded", ALREADY: "already"}
    return [
        refusals[index] if outcome == REFUSED else names[outcome]
        for index, outcome in enumerate(answer.outcomes)
    ]


async def test_what_was_reported_is_in_the_log(presence: PresenceServiceStub) -> None:
    talk = a_report(
        "ana",
        "e-1",
        state=state.STATE_BUSY,
        activity=state.ACTIVITY_TALKING,
        contacts=["呼叫-1", "c-2"],
        source_sequence=7,
    )

    answer = await presence.ReportStates(a_request(talk))

    assert fates(answer) == ["recorded"]
    assert [(c.site, c.epoch, c.seq) for c in answer.cursors] == [("sites/bank", 1, 1)]
    (entry,) = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert (entry.agent, entry.state, entry.activity) == (
        "agents/ana",
        state.STATE_BUSY,
        state.ACTIVITY_TALKING,
    )
    assert list(entry.contacts) == ["呼叫-1", "c-2"]
    assert (entry.source, entry.source_kind) == ("pbx", state.SOURCE_KIND_TELEPHONY)
    assert (entry.actor, entry.source_sequence, entry.position) == ("accounts/ana", 7, 0)
    assert entry.occurred_time == talk.occurred_time
    assert entry.link == answer.cursors[0]


async def test_a_repeated_report_changes_nothing(presence: PresenceServiceStub) -> None:
    request = a_request(a_report("ana", "e-1"), a_report("ana", "e-2", 5))
    first = await presence.ReportStates(request)

    second = await presence.ReportStates(request)

    assert fates(first) == ["recorded", "recorded"]
    assert fates(second) == ["already", "already"]
    assert list(second.cursors) == list(first.cursors)
    assert event_ids((await presence.ListStateLog(a_log_request("ana"))).entries) == ["e-1", "e-2"]


async def test_a_report_twice_in_one_call_is_recorded_once(presence: PresenceServiceStub) -> None:
    report = a_report("ana", "e-1")

    answer = await presence.ReportStates(a_request(report, report, a_report("bob", "e-1")))

    assert fates(answer) == ["recorded", "already", "recorded"]


async def test_old_and_new_reports_of_one_call_are_told_apart(
    presence: PresenceServiceStub,
) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-2", 2)))

    answer = await presence.ReportStates(
        a_request(a_report("ana", "e-1", 1), a_report("ana", "e-2", 2), a_report("ana", "e-3", 3))
    )

    assert fates(answer) == ["recorded", "already", "recorded"]
    entries = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert [(e.event_id, e.link.seq, e.position) for e in entries] == [
        ("e-1", 2, 0),
        ("e-2", 1, 0),
        ("e-3", 2, 1),
    ]


async def test_event_ids_are_scoped_to_their_source(presence: PresenceServiceStub) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-1"), source="pbx"))

    answer = await presence.ReportStates(a_request(a_report("ana", "e-1"), source="chat"))

    assert fates(answer) == ["recorded"]


async def test_reports_out_of_order_give_the_timeline_of_ordered_ones(
    presence: PresenceServiceStub, reader: TimelineServiceStub
) -> None:
    for after in (30, 10, 20):
        busy = state.STATE_BUSY if after == 20 else state.STATE_ONLINE
        await presence.ReportStates(a_request(a_report("ana", f"e-{after}", after, state=busy)))

    assert rows_in(await reader.GetSiteTimelines(an_hour()))["ana"] == [
        (0, 10, "UNOBSERVED"),
        (10, 20, "ONLINE"),
        (20, 30, "BUSY"),
        (30, 3600, "ONLINE"),
    ]


async def test_what_cannot_be_recorded_hinders_nothing_else(
    presence: PresenceServiceStub,
) -> None:
    soon = timestamp(SystemClock().now() + timedelta(minutes=1))
    long_ago = timestamp(SystemClock().now() - timedelta(days=91))

    answer = await presence.ReportStates(
        a_request(
            a_report("ana", "e-1"),
            a_report("zoe", "e-2"),
            a_report("ana", "e-3", state=state.STATE_BREAK),
            a_report("ana", "e-4", occurred_time=soon),
            a_report("ana", "e-5", occurred_time=long_ago),
            a_report("bob", "e-6"),
        )
    )

    assert fates(answer) == [
        "recorded",
        "UNKNOWN_AGENT",
        "INVALID_FIELD",
        "IN_THE_FUTURE",
        "TOO_OLD",
        "recorded",
    ]


async def test_an_import_reaches_back_for_decades(presence: PresenceServiceStub) -> None:
    reports = [
        a_report("ana", f"e-{day}", occurred_time={"seconds": 933_500_000 + day * 86_400})
        for day in range(3)
    ]

    answer = await presence.ReportStates(
        a_request(*reports, source="import-bank", source_kind=state.SOURCE_KIND_IMPORT)
    )

    assert fates(answer) == ["recorded"] * 3


async def test_reports_for_two_sites_are_two_commits(presence: PresenceServiceStub) -> None:
    answer = await presence.ReportStates(a_request(a_report("ana", "e-1"), a_report("tom", "e-1")))

    assert fates(answer) == ["recorded", "recorded"]
    assert [(c.site, c.seq) for c in answer.cursors] == [("sites/bank", 1), ("sites/shop", 1)]


async def test_a_caller_reports_only_for_agents_in_her_scope(
    replicas: Replicas, replica: Replica
) -> None:
    own = Scope(sites=frozenset(), agents=frozenset({"agents/ana"}))
    ana = replicas.caller(replica, scope=own)

    answer = await ana.ReportStates(
        a_request(
            a_report("ana", "e-1"),
            a_report("bob", "e-2"),
            a_report("zoe", "e-3"),
            source_kind=state.SOURCE_KIND_AGENT,
        )
    )

    assert fates(answer) == ["recorded", "OUT_OF_SCOPE", "OUT_OF_SCOPE"]


@pytest.mark.parametrize(
    "kind",
    [one for one in state.SourceKind.values() if one not in (0, state.SOURCE_KIND_AGENT)],
)
async def test_an_agent_speaks_for_her_own_button_and_for_no_other_source(
    replicas: Replicas, replica: Replica, kind: state.SourceKind
) -> None:
    own = Scope(sites=frozenset(), agents=frozenset({"agents/ana"}))
    ana = replicas.caller(replica, scope=own)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await ana.ReportStates(a_request(a_report("ana", "e-1"), source_kind=kind))

    refusal = refusal_from(caught.value)
    assert (refusal.code, refusal.reason) == (Code.PERMISSION_DENIED, "ONLY_OWN_BUTTON")


async def test_an_agent_missing_in_the_copy_is_asked_for_once_a_call(
    presence: PresenceServiceStub, roster: FakeRoster
) -> None:
    roster.hire("new", "bank")

    answer = await presence.ReportStates(a_request(a_report("new", "e-1"), a_report("new", "e-2")))
    again = await presence.ReportStates(a_request(a_report("new", "e-3")))

    assert fates(answer) + fates(again) == ["recorded"] * 3
    assert roster.asked_names == [["agents/new"]]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (a_request(), "reports"),
        (a_request(a_report("ana", "e-1"), source="PBX"), "source"),
        (a_request(a_report("ana", "e-1"), source_kind=0), "source_kind"),
    ],
)
async def test_a_request_without_meaning_is_refused_whole(
    presence: PresenceServiceStub, request_: wire.ReportStatesRequest, field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await presence.ReportStates(request_)

    refusal = refusal_from(caught.value)
    assert refusal.reason == "INVALID_FIELD"
    assert [violation.field for violation in refusal.violations] == [field]
