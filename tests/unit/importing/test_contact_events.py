from collections import Counter

from muster.dispatch.v1 import contact_pb2 as pb

from cli.importing.contact_events import contact_events
from tests.unit.importing.builders import a_call

KIND = pb.ContactEvent.Kind


def kinds(*events: pb.ContactEvent) -> list[str]:
    return [f"{event.agent} {KIND.Name(event.kind)}" for event in events]


def test_a_call_is_answered_and_ends() -> None:
    events = list(contact_events([a_call(1, 0, 5)], "TALKING"))

    assert kinds(*events) == ["agents/ana KIND_ANSWERED", "agents/ana KIND_ENDED"]
    assert events[0].contact_id == "c1"
    assert events[1].occurred_time.seconds - events[0].occurred_time.seconds == 300


def test_rows_of_one_contact_are_its_legs_and_end_with_the_last() -> None:
    legs = [a_call(1, 5, 9, agent="ben", contact="c"), a_call(2, 0, 5, contact="c")]

    assert kinds(*contact_events(legs, "TALKING")) == [
        "agents/ben KIND_ANSWERED",
        "agents/ana KIND_ANSWERED",
        "agents/ana KIND_LEG_ENDED",
        "agents/ben KIND_ENDED",
    ]


def test_the_same_calls_give_the_same_events_each_with_an_id_of_its_own() -> None:
    calls = [a_call(1, 0, 5), a_call(2, 0, 5, agent="ben", contact="c1"), a_call(3, 9, 10)]

    events = list(contact_events(calls, "CHATTING"))

    ids = Counter((event.contact_id, event.event_id) for event in events)
    assert max(ids.values()) == 1
    assert events == list(contact_events(calls, "CHATTING"))
    assert {event.channel for event in events} == {pb.CHANNEL_CHAT}
