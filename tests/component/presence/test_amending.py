"""Correcting the log: amendments, accepted claims, and the log as it was known before them."""

from datetime import timedelta
from uuid import uuid4

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.clock import SystemClock
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.presence.reading import an_hour, rows_in
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import (
    NOON,
    a_log_request,
    a_report,
    a_request,
    event_ids,
    timestamp,
)


def an_amendment(start: float = 60, end: float = 120, **changes: object) -> wire.AmendStatesRequest:
    values: dict[str, object] = {
        "agent": "agents/ana",
        "start_time": timestamp(NOON + timedelta(seconds=start)),
        "end_time": timestamp(NOON + timedelta(seconds=end)),
        "state": state.STATE_BREAK,
        "reason": "meal",
        "text": "Forgot the button.",
        "request_id": str(uuid4()),
    }
    return wire.AmendStatesRequest(**(values | changes))  # type: ignore[arg-type]  # by name


async def reason_of(call: object) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call  # type: ignore[misc]  # a call of the stub
    return refusal_from(caught.value).reason


async def test_an_amendment_counts_over_its_span_and_the_log_keeps_what_was_said(
    presence: PresenceServiceStub, reader: TimelineServiceStub
) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-1")))

    entry = await presence.AmendStates(an_amendment())

    assert (entry.kind, entry.actor) == (state.ENTRY_KIND_AMENDMENT, "accounts/ana")
    assert entry.text == "Forgot the button."
    assert rows_in(await reader.GetSiteTimelines(an_hour()))["ana"] == [
        (0, 60, "ONLINE"),
        (60, 120, "BREAK meal AMENDED"),
        (120, 3600, "ONLINE"),
    ]
    log = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert event_ids(log) == ["e-1", entry.event_id]


async def test_a_repeated_request_changes_nothing_and_another_one_of_its_id_is_refused(
    presence: PresenceServiceStub,
) -> None:
    request = an_amendment()
    first = await presence.AmendStates(request)

    assert await presence.AmendStates(request) == first
    request.text = "Something else."
    assert await reason_of(presence.AmendStates(request)) == "REQUEST_ID_REUSED"
    request.start_time.seconds += 1
    assert await reason_of(presence.AmendStates(request)) == "REQUEST_ID_REUSED"


async def test_every_fault_of_an_amendment_is_told_at_once(presence: PresenceServiceStub) -> None:
    request = an_amendment(text="", reason="", end=10**9)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await presence.AmendStates(request)

    fields = [violation.field for violation in refusal_from(caught.value).violations]
    assert fields == ["end_time", "end_time", "reason", "text"]


async def test_whom_a_caller_may_not_see_she_cannot_amend(
    replicas: Replicas, replica: Replica
) -> None:
    own = Scope(sites=frozenset(), agents=frozenset({"agents/bob"}))
    bob = replicas.caller(replica, scope=own)

    assert await reason_of(bob.AmendStates(an_amendment())) == "UNKNOWN_AGENT"


async def test_nobody_corrects_herself(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica
) -> None:
    claim = await a_claim(presence)
    own = Scope(sites=frozenset(), agents=frozenset({"agents/ana"}))
    ana = replicas.caller(replica, scope=own)

    assert await reason_of(ana.AmendStates(an_amendment())) == "ONLY_OWN_BUTTON"
    assert await reason_of(ana.AcceptClaim(acceptance_of(claim))) == "ONLY_OWN_BUTTON"


async def a_claim(presence: PresenceServiceStub) -> state.StateLogEntry:
    """A button pressed an hour ago, as its device says now."""
    report = a_report("ana", "press", 30)
    await presence.ReportStates(
        a_request(report, source="app", source_kind=state.SOURCE_KIND_AGENT)
    )
    log = await presence.ListStateLog(a_log_request("ana"))
    entry: state.StateLogEntry = log.entries[0]
    return entry


def acceptance_of(claim: state.StateLogEntry, **changes: object) -> wire.AcceptClaimRequest:
    values: dict[str, object] = {
        "agent": claim.agent,
        "source": claim.source,
        "event_id": claim.event_id,
        "occurred_time": claim.occurred_time,
    }
    return wire.AcceptClaimRequest(**(values | changes))  # type: ignore[arg-type]  # by name


async def test_an_accepted_claim_loses_its_mark(
    presence: PresenceServiceStub, reader: TimelineServiceStub
) -> None:
    claim = await a_claim(presence)
    before = await reader.GetSiteTimelines(an_hour())

    accepted = await presence.AcceptClaim(acceptance_of(claim))

    after = await reader.GetSiteTimelines(an_hour())
    assert claim.marks == state.MARK_CLAIMED
    assert [look.marks for look in before.looks] == [0, state.MARK_CLAIMED]
    assert [look.marks for look in after.looks] == [0, 0]
    assert await presence.AcceptClaim(acceptance_of(claim)) == accepted


async def test_only_a_claim_can_be_accepted(presence: PresenceServiceStub) -> None:
    claim = await a_claim(presence)
    await presence.ReportStates(a_request(a_report("ana", "e-1", 30)))

    no_claim = acceptance_of(claim, source="pbx", event_id="e-1")
    no_entry = acceptance_of(claim, event_id="e-9")

    assert await reason_of(presence.AcceptClaim(no_claim)) == "NOT_A_CLAIM"
    assert await reason_of(presence.AcceptClaim(no_entry)) == "UNKNOWN_ENTRY"


async def test_the_log_can_be_read_as_it_was_known(presence: PresenceServiceStub) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-0", -60)))
    await presence.ReportStates(a_request(a_report("ana", "e-2", 20)))
    then = timestamp(SystemClock().now())
    await presence.ReportStates(a_request(a_report("ana", "e-1", 10), a_report("ana", "e-9", -5)))
    await presence.AmendStates(an_amendment())

    known = await presence.ListStateLog(a_log_request("ana", as_known_at_time=then))
    now = await presence.ListStateLog(a_log_request("ana"))

    assert event_ids(known.entries) == ["e-2"]
    assert known.opening_entry.event_id == "e-0"
    assert event_ids(now.entries)[:2] == ["e-1", "e-2"]
    assert now.opening_entry.event_id == "e-9"


async def test_an_instant_that_is_none_is_not_taken_for_now(presence: PresenceServiceStub) -> None:
    for none in (Timestamp(), Timestamp(seconds=2**62)):
        request = a_log_request("ana", as_known_at_time=none)

        assert await reason_of(presence.ListStateLog(request)) == "INVALID_FIELD"


async def test_a_page_token_belongs_to_what_was_known(presence: PresenceServiceStub) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-1"), a_report("ana", "e-2", 5)))
    page = await presence.ListStateLog(a_log_request("ana", page_size=1))

    then = timestamp(SystemClock().now())
    other = a_log_request("ana", page_token=page.next_page_token, as_known_at_time=then)

    assert await reason_of(presence.ListStateLog(other)) == "INVALID_PAGE_TOKEN"
