from collections import defaultdict
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.dispatch.domain.words import Kind
from simulator.floor.calls import CallEvent, call_events_between
from simulator.floor.people import QUEUES
from simulator.floor.script import changes_between, start_of_yesterday

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def by_call(events: list[CallEvent]) -> dict[str, list[CallEvent]]:
    calls: defaultdict[str, list[CallEvent]] = defaultdict(list)
    for event in events:
        calls[event.contact].append(event)
    return calls


@settings(max_examples=20)
@given(st.lists(st.integers(1, 2_880), max_size=6))
def test_calls_told_in_pieces_are_the_calls_told_at_once(minutes: list[int]) -> None:
    start = start_of_yesterday(NOON)
    cuts = [start + timedelta(minutes=minute) for minute in sorted(minutes)]
    ends = [*(cut for cut in cuts if cut <= NOON), NOON]

    pieces: list[CallEvent] = []
    for after, until in zip([start, *ends], ends, strict=False):
        pieces += call_events_between(after, until)

    assert pieces == call_events_between(start, NOON)


def test_every_call_that_an_agent_has_in_hand_waited_in_a_queue_before() -> None:
    calls = by_call(call_events_between(NOON - 2 * DAY, NOON + DAY))

    in_hand = {
        (contact, change.agent)
        for change in changes_between(NOON - DAY, NOON)
        for contact in change.contacts
    }

    assert len(in_hand) > 1_000
    for contact, agent in in_hand:
        kinds = [event.kind for event in calls[contact]]
        assert kinds[:3] == ["ENQUEUED", "RINGING", "ANSWERED"]
        assert {event.agent for event in calls[contact]} == {"", agent}
        assert calls[contact][0].queue in QUEUES


def test_some_calls_are_lost_and_some_are_recorded() -> None:
    calls = by_call(call_events_between(NOON - DAY, NOON))

    kinds = [{event.kind for event in events} for events in calls.values()]

    assert 0.02 < sum("ABANDONED" in it for it in kinds) / len(kinds) < 0.1
    assert 0.2 < sum("RECORDED" in it for it in kinds) / len(kinds) < 0.4
    assert set.union(*kinds) <= set(Kind.__members__)
