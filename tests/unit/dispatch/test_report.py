"""Which events are taken."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dispatch.domain.event import Event
from services.dispatch.domain.fate import Reason, Refused
from services.dispatch.domain.recording import MOST_EVENTS, Arrival, decide_recording
from services.dispatch.domain.report import Report, check_report, event_of
from services.dispatch.domain.words import Kind, SourceKind
from tests.unit.dispatch.builders import KEY, NINE, a_report, at, enqueued, seconds

KEPT = timedelta(days=90)


def check(report: Report, kind: SourceKind = SourceKind.TELEPHONY) -> Refused | None:
    return check_report(report, kind, NINE, KEPT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event_id": ""}, "event_id"),
        ({"event_id": "a\nb"}, "event_id"),
        ({"contact_id": "x" * 129}, "contact_id"),
        ({"kind": 0}, "kind"),
        ({"kind": 99}, "kind"),
        ({"queue_id": ""}, "queue_id"),
        ({"queue_id": "Support EN"}, "queue_id"),
        ({"kind": Kind.ANSWERED.value}, "agent"),
        ({"agent": "ana"}, "agent"),
        ({"channel": 9}, "channel"),
        ({"ended_by": 1}, "ended_by"),
        ({"target_queue_id": "sales"}, "target_queue_id"),
        ({"wait": seconds(3)}, "wait"),
        ({"kind": Kind.ABANDONED.value, "wait": seconds(-1)}, "wait"),
        ({"kind": Kind.ENDED.value, "talk": timedelta(days=32)}, "talk"),
        ({"kind": Kind.RECORDED.value}, "recording_reference"),
        ({"recording_reference": "r/1"}, "recording_reference"),
        ({"occurred_time": None}, "occurred_time"),
        ({"source_sequence": 2**63}, "source_sequence"),
    ],
)
def test_a_fault_is_refused_with_the_field_named(changes: dict[str, object], field: str) -> None:
    refused = check(a_report(**changes))

    assert refused is not None
    assert refused.reason is Reason.INVALID_FIELD
    assert refused.message.startswith(f"{field}: ")


def test_an_event_of_the_future_is_refused_beyond_ten_seconds() -> None:
    refused = check(a_report(occurred_time=at(10.1)))

    assert check(a_report(occurred_time=at(10))) is None
    assert refused is not None
    assert refused.reason is Reason.IN_THE_FUTURE


def test_only_an_import_brings_what_is_older_than_contacts_are_kept() -> None:
    old = a_report(occurred_time=NINE - KEPT - seconds(1))

    refused = check(old)

    assert check(old, SourceKind.IMPORT) is None
    assert refused is not None
    assert refused.reason is Reason.TOO_OLD


@given(st.integers(-5, 20), st.integers(-5, 20), st.text(max_size=5))
def test_what_passes_the_check_is_an_event(kind: int, channel: int, queue: str) -> None:
    report = a_report(kind=kind, channel=channel, queue_id=queue, agent="agents/ana")

    if check(report) is None:
        assert event_of(report).kind == kind


def test_a_contact_takes_no_more_events_than_it_may_have() -> None:
    arrivals = [Arrival(KEY, enqueued(number)) for number in range(MOST_EVENTS + 2)]

    decision = decide_recording([*arrivals, arrivals[0]], {})

    reasons = [fate.reason for fate in decision.fates if isinstance(fate, Refused)]
    assert reasons == [Reason.TOO_MANY_EVENTS] * 2
    assert len(decision.recorded) == MOST_EVENTS


def test_of_two_events_with_one_id_the_first_counts() -> None:
    first: Event = enqueued(0, event_id="e")
    second = enqueued(5, "sales", event_id="e")

    decision = decide_recording([Arrival(KEY, first), Arrival(KEY, second)], {})

    assert [stay.queue for stay in decision.contacts[0].stays] == ["support"]
    assert decision.queues == ("support",)
