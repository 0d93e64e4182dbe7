"""What the events of Asterisk's manager interface say about agents, calls and queues."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster.dispatch.v1 import contact_pb2
from muster.presence.v1 import presence_service_pb2, state_pb2

from cli.adapters.ami.floor import HANDLERS, Floor
from cli.importing.asterisk.lines import Lines

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANA = {"Interface": "PJSIP/101", "MemberName": "Ana"}
ANAS_CHANNEL = {"Channel": "PJSIP/101-0000000a", "Uniqueid": "a", "Linkedid": "c"}
BOS_CHANNEL = {"Channel": "PJSIP/102-0000000b", "Uniqueid": "b", "Linkedid": "a"}
CALLER = {"Channel": "PJSIP/trunk-0000000c", "Uniqueid": "c", "Linkedid": "c"}


class Played:
    """Plays events, a second each, and tells what they changed, one text a change."""

    def __init__(self) -> None:
        self.floor = Floor(Lines({"PJSIP/101": "ana", "PJSIP/102": "bo"}), {"Mittagspause": "meal"})
        self.at = NINE

    def __call__(self, name: str, *parts: dict[str, str], **fields: str) -> list[str]:
        event = {"Event": name}
        for part in parts:
            event |= part
        self.at += timedelta(seconds=1)
        return [told(change) for change in self.floor.apply(event | fields, self.at)]


def told(change: presence_service_pb2.StateReport | contact_pb2.ContactEvent) -> str:
    if isinstance(change, contact_pb2.ContactEvent):
        kind = change.Kind.Name(change.kind).removeprefix("KIND_").lower()
        words = [f"{change.contact_id}:", kind, change.queue_id, change.agent]
        stated = [name for name in ("wait", "talk") if change.HasField(name)]
        words += [f"{name}={getattr(change, name).seconds}" for name in stated]
    else:
        state = state_pb2.State.Name(change.state).removeprefix("STATE_")
        activity = state_pb2.Activity.Name(change.activity).removeprefix("ACTIVITY_").lower()
        words = [change.agent, state, change.reason, *change.contacts]
        words += [activity] if change.activity else []
        words += (
            [f"ended={change.ended_contacts[0]}", change.queue] if change.ended_contacts else []
        )
    return " ".join(word for word in words if word)


@pytest.fixture
def play() -> Played:
    return Played()


def test_a_member_is_online_on_break_while_paused_and_offline_when_removed(play: Played) -> None:
    assert play("QueueMemberAdded", ANA, Queue="sales", Paused="0") == ["agents/ana ONLINE"]
    assert play(
        "QueueMemberPause", ANA, Queue="sales", Paused="1", PausedReason="Mittagspause"
    ) == ["agents/ana BREAK meal"]
    assert play("QueueMemberPause", ANA, Queue="sales", Paused="0") == ["agents/ana ONLINE"]
    assert play("QueueMemberRemoved", ANA, Queue="sales") == ["agents/ana OFFLINE"]


def test_who_is_paused_in_one_of_two_queues_takes_calls_and_is_online(play: Played) -> None:
    play("QueueMemberAdded", ANA, Queue="sales", Paused="0")
    play("QueueMemberAdded", ANA, Queue="support", Paused="0")

    assert play("QueueMemberPause", ANA, Queue="sales", Paused="1") == []
    assert play("QueueMemberPause", ANA, Queue="support", Paused="1", Reason="Lunch!") == [
        "agents/ana BREAK lunch"
    ]


def test_a_telephone_out_of_reach_is_a_technical_break(play: Played) -> None:
    play("QueueMemberAdded", ANA, Queue="sales", Paused="0", Status="1")

    assert play("QueueMemberStatus", ANA, Queue="sales", Paused="0", Status="5") == [
        "agents/ana BREAK technical"
    ]


def test_a_queued_call_is_told_from_entering_to_its_end_and_ringing_occupies_nobody(
    play: Played,
) -> None:
    play("QueueMemberAdded", ANA, Queue="sales", Paused="0")

    assert play("QueueCallerJoin", CALLER, Queue="sales") == ["c: enqueued sales"]
    assert play("AgentCalled", CALLER, ANA, Queue="sales") == ["c: ringing sales agents/ana"]
    assert play("QueueCallerLeave", CALLER, Queue="sales") == []
    assert play("BridgeEnter", ANAS_CHANNEL) == ["agents/ana BUSY c talking"]
    assert play("AgentConnect", CALLER, ANA, Queue="sales", HoldTime="17") == [
        "c: answered sales agents/ana wait=17"
    ]
    assert play("Hold", ANAS_CHANNEL) == ["c: held agents/ana", "agents/ana BUSY c hold"]
    assert play("Unhold", ANAS_CHANNEL) == ["c: resumed agents/ana", "agents/ana BUSY c talking"]
    assert play("AgentComplete", CALLER, ANA, Queue="sales", TalkTime="60") == [
        "c: leg_ended sales agents/ana talk=60"
    ]
    assert play("Hangup", ANAS_CHANNEL) == ["agents/ana ONLINE ended=c sales"]
    assert play("Hangup", CALLER) == ["c: ended"]


def test_a_caller_who_gives_up_is_an_abandoned_contact(play: Played) -> None:
    play("QueueCallerJoin", CALLER, Queue="sales")

    assert play("QueueCallerAbandon", CALLER, Queue="sales", HoldTime="9") == [
        "c: abandoned sales wait=9"
    ]
    assert play("QueueCallerLeave", CALLER, Queue="sales") == []
    assert play("Hangup", CALLER) == []


def test_a_queue_left_without_an_answer_passed_the_contact_on(play: Played) -> None:
    play("QueueCallerJoin", CALLER, Queue="sales")
    play("QueueCallerLeave", CALLER, Queue="sales")

    assert play("QueueCallerJoin", CALLER, Queue="support") == [
        "c: overflowed sales",
        "c: enqueued support",
    ]


def test_an_agent_who_misses_a_call_is_told_and_stays_online(play: Played) -> None:
    play("QueueMemberAdded", ANA, Queue="sales", Paused="0")
    play("QueueCallerJoin", CALLER, Queue="sales")

    assert play("AgentRingNoAnswer", CALLER, ANA, Queue="sales", RingTime="15000") == [
        "c: leg_ended sales agents/ana"
    ]


def test_an_outbound_call_occupies_its_caller_from_dialling_on(play: Played) -> None:
    play("QueueMemberAdded", ANA, Queue="sales", Paused="0")
    own = ANAS_CHANNEL | {"Linkedid": "a"}

    assert play("DialBegin", own, DestChannel="PJSIP/trunk-0c") == ["agents/ana BUSY a outbound"]
    assert play("BridgeEnter", own) == ["a: answered agents/ana"]
    assert play("Hangup", own) == [
        "a: leg_ended agents/ana",
        "agents/ana ONLINE ended=a",
        "a: ended",
    ]


def test_the_end_of_a_call_waits_for_the_last_agent_in_it(play: Played) -> None:
    own = ANAS_CHANNEL | {"Linkedid": "a"}
    play("DialBegin", own)
    play("BridgeEnter", own)
    play("BridgeEnter", BOS_CHANNEL)

    assert "a: ended" not in play("Hangup", own)
    assert play("Hangup", BOS_CHANNEL)[-1] == "a: ended"


def test_after_a_new_connection_what_changed_unseen_is_told(play: Played) -> None:
    play("QueueMemberAdded", ANA, Queue="sales", Paused="0")
    play("BridgeEnter", ANAS_CHANNEL)

    play.floor.begin_anew()
    play("QueueMember", ANA, Queue="sales", Paused="1")

    assert [told(change) for change in play.floor.tell_all(NINE)] == ["agents/ana BREAK break"]


_NAMES = st.sampled_from([*HANDLERS, "Unheard"])
_FIELDS = st.fixed_dictionaries(
    {"Event": _NAMES},
    optional={
        "Queue": st.sampled_from(["sales", "support", "??"]),
        "Interface": st.sampled_from(["PJSIP/101", "PJSIP/102", "PJSIP/9"]),
        "Channel": st.sampled_from(["PJSIP/101-0a0a", "PJSIP/102-0b0b", "PJSIP/t-0c0c"]),
        "Uniqueid": st.sampled_from(["a", "b", "c"]),
        "Linkedid": st.sampled_from(["a", "c"]),
        "Paused": st.sampled_from(["0", "1"]),
        "Status": st.sampled_from(["1", "5"]),
        "BridgeId": st.sampled_from(["", "x"]),
        "HoldTime": st.sampled_from(["3", "-1", "x"]),
        "TalkTime": st.sampled_from(["3", "", "٣"]),
    },
)


@given(st.lists(_FIELDS, max_size=40))
def test_whatever_comes_in_whatever_order_an_agent_is_told_only_when_she_changes(
    events: list[dict[str, str]],
) -> None:
    floor = Floor(Lines({"PJSIP/101": "ana", "PJSIP/102": "bo"}))
    last: dict[str, str] = {}
    for number, event in enumerate(events):
        for change in floor.apply(event, NINE + timedelta(seconds=number)):
            if isinstance(change, presence_service_pb2.StateReport):
                text = told(change).split(" ended=")[0]
                assert last.get(change.agent) != text
                assert (change.state == state_pb2.STATE_BUSY) == bool(change.contacts)
                last[change.agent] = text
