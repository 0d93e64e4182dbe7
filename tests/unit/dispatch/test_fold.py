"""What events amount to."""

from hypothesis import given
from hypothesis import strategies as st

from services.dispatch.domain.contact import Contact
from services.dispatch.domain.event import Event
from services.dispatch.domain.fold import fold_contact
from services.dispatch.domain.recording import Arrival, decide_recording
from services.dispatch.domain.words import (
    Channel,
    Consent,
    ContactOutcome,
    ContactState,
    Kind,
    Party,
    StayOutcome,
)
from tests.unit.dispatch.builders import (
    KEY,
    an_event,
    answered,
    at,
    ended,
    enqueued,
    events,
    folded,
    ringing,
    seconds,
)


@given(events(), st.randoms(use_true_random=False))
def test_events_in_any_order_make_the_same_contact(all_events: list[Event], random) -> None:  # type: ignore[no-untyped-def]  # a Random
    shuffled = list(all_events)
    random.shuffle(shuffled)

    assert fold_contact(KEY, shuffled) == fold_contact(KEY, all_events)


@given(events(), st.data())
def test_events_in_any_parts_with_repeats_make_the_same_contact(
    all_events: list[Event], data: st.DataObject
) -> None:
    known: list[Event] = []
    contact: Contact | None = None
    order = data.draw(st.permutations(all_events + all_events))
    while order:
        part = [order.pop() for _ in range(min(len(order), data.draw(st.integers(1, 5))))]
        decision = decide_recording([Arrival(KEY, event) for event in part], {KEY: known})
        known += [arrival.event for arrival in decision.recorded]
        contact = decision.contacts[0] if decision.contacts else contact

    assert contact == fold_contact(KEY, all_events)


@given(events())
def test_a_contact_waits_in_one_queue_at_most_and_its_stays_do_not_end_before_they_begin(
    all_events: list[Event],
) -> None:
    contact = fold_contact(KEY, all_events)

    waiting = [stay for stay in contact.stays if stay.outcome is StayOutcome.WAITING]
    assert len(waiting) <= 1
    assert all((stay.leave_time is None) == (stay in waiting) for stay in contact.stays)
    assert all(stay.enqueue_time <= (stay.leave_time or at(999)) for stay in contact.stays)
    assert not (waiting and contact.end_time)


@given(events())
def test_an_ended_contact_has_no_leg_that_goes_on_and_no_time_below_zero(
    all_events: list[Event],
) -> None:
    contact = fold_contact(KEY, all_events)

    spans = [span for leg in contact.legs for span in (leg.talk, leg.hold, leg.wrap_up)]
    assert all(span is None or span >= seconds(0) for span in spans)
    assert contact.start_time <= min(event.occurred_time for event in all_events)
    if contact.state is ContactState.ENDED:
        assert all(leg.end_time is not None for leg in contact.legs)


def test_a_call_waits_rings_talks_is_held_and_ends() -> None:
    story = [
        (enqueued(0, channel=Channel.CALL), ContactState.WAITING),
        (ringing(10), ContactState.RINGING),
        (answered(15), ContactState.TALKING),
        (an_event(Kind.HELD, 60), ContactState.ON_HOLD),
        (an_event(Kind.RESUMED, 90), ContactState.TALKING),
        (ended(120), ContactState.ENDED),
        (an_event(Kind.WRAPPED_UP, 150), ContactState.ENDED),
    ]

    told = [event for event, _ in story]
    states = [folded(*told[: count + 1]).state for count in range(len(told))]
    contact = folded(*told)

    assert states == [state for _, state in story]
    assert (contact.channel, contact.outcome) == (Channel.CALL, ContactOutcome.ANSWERED)
    assert contact.ended_by is Party.CUSTOMER
    (stay,) = contact.stays
    assert (stay.queue, stay.outcome, stay.wait) == ("support", StayOutcome.ANSWERED, seconds(15))
    (leg,) = contact.legs
    assert (leg.ring_time, leg.answer_time, leg.end_time) == (at(10), at(15), at(120))
    assert (leg.talk, leg.hold, leg.wrap_up) == (seconds(75), seconds(30), seconds(30))


def test_stated_seconds_win_over_the_clock() -> None:
    contact = folded(
        enqueued(0),
        answered(16, wait=seconds(15)),
        ended(120, talk=seconds(100), hold=seconds(4)),
        an_event(Kind.WRAPPED_UP, 500, wrap_up=seconds(0)),
    )

    assert contact.stays[0].wait == seconds(15)
    (leg,) = contact.legs
    assert (leg.talk, leg.hold, leg.wrap_up) == (seconds(100), seconds(4), seconds(0))


def test_an_answer_in_a_queue_that_nobody_told_of_makes_the_stay_that_it_states() -> None:
    contact = folded(answered(30, queue="support", wait=seconds(12)), ended(90))

    (stay,) = contact.stays
    assert (stay.enqueue_time, stay.leave_time, stay.wait) == (at(18), at(30), seconds(12))
    assert contact.start_time == at(18)


def test_a_wait_that_nobody_knows_stays_unknown() -> None:
    (stay,) = folded(answered(30, queue="support")).stays

    assert (stay.outcome, stay.wait) == (StayOutcome.ANSWERED, None)


def test_who_leaves_is_told_by_how_she_left() -> None:
    kinds = {
        Kind.ABANDONED: (StayOutcome.ABANDONED, ContactOutcome.ABANDONED),
        Kind.TIMED_OUT: (StayOutcome.TIMED_OUT, ContactOutcome.TIMED_OUT),
        Kind.OVERFLOWED: (StayOutcome.OVERFLOWED, ContactOutcome.OVERFLOWED),
        Kind.CALLBACK: (StayOutcome.CALLBACK, ContactOutcome.CALLBACK),
    }

    contacts = {kind: folded(enqueued(0), an_event(kind, 9)) for kind in kinds}

    told = {kind: (it.stays[0].outcome, it.outcome) for kind, it in contacts.items()}
    assert told == kinds
    assert all(it.state is ContactState.ENDED for it in contacts.values())


def test_a_call_that_ends_while_it_waits_was_abandoned_unless_the_system_ended_it() -> None:
    by_customer = folded(enqueued(0), ended(9, Party.CUSTOMER))
    by_system = folded(enqueued(0), ended(9, Party.SYSTEM))

    assert by_customer.stays[0].outcome is StayOutcome.ABANDONED
    assert by_system.stays[0].outcome is StayOutcome.TIMED_OUT
    assert by_system.outcome is ContactOutcome.TIMED_OUT


def test_a_transfer_to_a_queue_is_a_second_stay_and_a_second_leg() -> None:
    contact = folded(
        enqueued(0),
        answered(5),
        an_event(Kind.TRANSFERRED, 60, target_queue="sales", talk=seconds(50)),
        answered(80, "bob"),
        ended(100),
    )

    assert [(stay.queue, stay.wait) for stay in contact.stays] == [
        ("support", seconds(5)),
        ("sales", seconds(20)),
    ]
    assert [(leg.agent, leg.talk) for leg in contact.legs] == [
        ("agents/ana", seconds(50)),
        ("agents/bob", seconds(20)),
    ]


def test_a_transfer_to_an_agent_rings_at_her() -> None:
    contact = folded(
        answered(5), an_event(Kind.TRANSFERRED, 60, target_agent="agents/bob"), answered(70, "bob")
    )

    assert contact.state is ContactState.TALKING
    assert contact.legs[1].ring_time == at(60)


def test_a_call_that_rang_at_two_is_missed_by_the_one_who_did_not_answer() -> None:
    contact = folded(enqueued(0), ringing(5, "ana"), ringing(5, "bob"), answered(9, "bob"))

    ana, bob = contact.legs
    assert (ana.answer_time, ana.end_time, ana.talk) == (None, at(9), None)
    assert (bob.answer_time, bob.end_time) == (at(9), None)


def test_a_call_that_timed_out_and_is_enqueued_again_goes_on() -> None:
    contact = folded(enqueued(0), an_event(Kind.TIMED_OUT, 30), enqueued(31, "sales"))

    assert (contact.state, contact.end_time) == (ContactState.WAITING, None)
    assert contact.outcome is ContactOutcome.NONE


def test_what_comes_after_the_end_does_not_begin_it_again() -> None:
    contact = folded(answered(0), ended(60), ringing(61, "bob"))

    assert contact.state is ContactState.ENDED
    assert len(contact.legs) == 1


def test_a_caller_may_go_on_to_another_queue_when_the_agent_has_hung_up() -> None:
    contact = folded(
        enqueued(0),
        answered(10),
        ended(60, Party.AGENT),
        enqueued(61, "survey"),
        answered(65, "bob"),
    )

    assert contact.state is ContactState.TALKING
    assert [stay.outcome for stay in contact.stays] == [StayOutcome.ANSWERED] * 2


def test_consent_is_the_last_that_was_told_and_a_recording_is_listed_once() -> None:
    contact = folded(
        answered(0, consent=Consent.GIVEN),
        an_event(Kind.RECORDED, 5, recording_reference="r/1"),
        an_event(Kind.RECORDED, 6, recording_reference="r/1"),
        ended(60),
        an_event(Kind.RECORDED, 90, consent=Consent.REFUSED),
    )

    assert contact.consent is Consent.REFUSED
    assert [(it.reference, it.record_time) for it in contact.recordings] == [("r/1", at(5))]
