from typing import Any

from muster.dispatch.v1 import contact_pb2 as pb

from cli.importing.queue_log.contact_events import contact_events
from cli.importing.queue_log.facts import Leg
from cli.importing.queue_log.naming import Ids


def events_of(*legs: Leg) -> list[tuple[str, int]]:
    """Kind and second of each event."""
    events = contact_events(legs, Ids("person", ""), Ids("queue", ""))
    return [
        (pb.ContactEvent.Kind.Name(event.kind).removeprefix("KIND_"), event.occurred_time.seconds)
        for event in events
    ]


def a_leg(**fields: Any) -> Leg:
    """A leg of a call that waited ten seconds from second 100."""
    given: dict[str, Any] = {"number": 1, "contact": "c1", "queue": "care", "enter": 100}
    return Leg(**{**given, "wait_s": 10, **fields})


def test_an_answered_call_ends_with_its_last_leg_only() -> None:
    first = a_leg(connect=110, end=150, talk_s=40, agent="ana", outcome="answered")
    second = a_leg(number=2, enter=150, end=170, outcome="abandoned")

    assert events_of(first, second) == [
        ("ENQUEUED", 100),
        ("ANSWERED", 110),
        ("LEG_ENDED", 150),
        ("ENQUEUED", 150),
        ("ABANDONED", 170),
    ]


def test_a_call_that_is_passed_on_is_not_said_to_have_ended() -> None:
    transferred = a_leg(connect=110, end=150, talk_s=40, agent="ana", outcome="transferred")
    requeued = a_leg(connect=110, end=150, agent="ana", outcome="requeued")
    by_key = a_leg(end=110, outcome="exit-key")

    assert events_of(transferred)[2:] == [("TRANSFERRED", 150)]
    assert events_of(requeued)[2:] == [("LEG_ENDED", 150)]
    assert events_of(by_key)[1:] == [("OVERFLOWED", 110)]


def test_of_a_conversation_without_its_begin_the_seconds_tell_when_it_was_answered() -> None:
    leg = a_leg(enter=None, end=150, talk_s=40, agent="ana", outcome="answered")

    assert events_of(leg) == [("ANSWERED", 110), ("ENDED", 150)]


def test_a_call_that_the_log_leaves_open_has_not_ended() -> None:
    waiting = a_leg(wait_s=None)
    talking = a_leg(connect=110, agent="ana", outcome="answered")

    assert events_of(waiting) == [("ENQUEUED", 100)]
    assert events_of(talking) == [("ENQUEUED", 100), ("ANSWERED", 110)]


def test_a_call_that_was_dialled_was_never_in_the_queue() -> None:
    leg = a_leg(connect=110, end=150, agent="ana", outcome="answered", is_outbound=True)

    assert events_of(leg) == [("ANSWERED", 110), ("ENDED", 150)]


def test_equal_events_of_one_call_are_told_apart_by_which_they_are() -> None:
    twice = (a_leg(end=100, outcome="requeued"), a_leg(number=2, end=100, outcome="requeued"))

    events = list(contact_events(twice, Ids("person", ""), Ids("queue", "")))

    assert len({event.event_id for event in events}) == len(events)
