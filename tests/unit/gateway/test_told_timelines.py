"""What presence packs is what the board hands on."""

from hypothesis import given
from muster.presence.v1 import events_pb2, state_pb2

from gateway.backends.presence import to_changes
from gateway.backends.presence_timelines import timelines_from
from gateway.domain.timelines import Look
from gateway.rpc.board_convert import to_timelines
from services.presence.app.read_timelines import Read
from services.presence.domain.entry import Place
from services.presence.domain.site_timelines import SiteTimelines
from services.presence.rpc.timeline_answers import site_timelines_answer
from tests.unit.presence.timelines import days, intervals_of


@given(days())
def test_every_interval_looks_on_the_board_as_presence_knows_it(day: SiteTimelines) -> None:
    answer = site_timelines_answer(Read(Place("bank", 1, 1), day), with_reasons=True)

    told = timelines_from(answer)

    looks = [told.looks[index] for index in told.look_indexes().tolist()]
    known = [look for row in intervals_of(day).values() for _, _, look in row]
    assert looks == [
        Look(one.state, one.activity, one.reason, one.marks, one.capacity_left) for one in known
    ]
    assert list(to_timelines(told).looks) == list(answer.looks)


def test_a_change_tells_who_is_busy_and_could_take_more() -> None:
    (one, other) = to_changes(
        events_pb2.AgentStatesChanged(
            agents=["agents/ana", "agents/bob"],
            kinds=[state_pb2.ENTRY_KIND_CHANGE] * 2,
            occurred_times_us=[5, 5],
            current_states=[state_pb2.STATE_BUSY] * 2,
            current_reason_indexes=[0, 0],
            current_activities=[state_pb2.ACTIVITY_CHATTING] * 2,
            current_marks=[0, 0],
            current_since_times_us=[5, 5],
            current_load_counts=[1, 3],
            current_capacity_counts=[3, 3],
        )
    ).changes

    assert (one.capacity_left, other.capacity_left) == (True, False)
