from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from muster.dispatch.v1 import contact_pb2 as pb

from cli.importing.accounting import Remark
from cli.importing.contact_events import contact_events
from cli.importing.mapping import Mapping
from cli.importing.plan import plan_import
from cli.importing.reasons import Reason
from tests.unit.importing.builders import MAPPING, a_call, a_row, rows_of
from tests.unit.importing.test_calls import DIRT

KIND = pb.ContactEvent.Kind


def kinds(*events: pb.ContactEvent) -> list[str]:
    return [f"{event.agent} {KIND.Name(event.kind)}" for event in events]


def test_a_call_is_answered_and_ends() -> None:
    events = list(contact_events([a_call(1, 0, 5)], [], "TALKING"))

    assert kinds(*events) == ["agents/ana KIND_ANSWERED", "agents/ana KIND_ENDED"]
    assert events[0].contact_id == "c1"
    assert events[1].occurred_time.seconds - events[0].occurred_time.seconds == 300


def test_rows_of_one_contact_are_its_legs_and_end_with_the_last() -> None:
    legs = [a_call(1, 5, 9, agent="ben", contact="c"), a_call(2, 0, 5, contact="c")]

    assert kinds(*contact_events(legs, [], "TALKING")) == [
        "agents/ben KIND_ANSWERED",
        "agents/ana KIND_ANSWERED",
        "agents/ana KIND_LEG_ENDED",
        "agents/ben KIND_ENDED",
    ]


def test_the_same_calls_give_the_same_events_each_with_an_id_of_its_own() -> None:
    calls = [a_call(1, 0, 5), a_call(2, 0, 5, agent="ben", contact="c1"), a_call(3, 9, 10)]

    events = list(contact_events(calls, [], "CHATTING"))

    ids = Counter((event.contact_id, event.event_id) for event in events)
    assert max(ids.values()) == 1
    assert events == list(contact_events(calls, [], "CHATTING"))
    assert {event.channel for event in events} == {pb.CHANNEL_CHAT}


QUEUE = {"queue": "line", "wait_seconds": "length"}


def abandoned_mapping() -> Mapping:
    settings = {**MAPPING, "columns": {**MAPPING["columns"], **QUEUE, "length_seconds": None}}
    settings["abandoned"] = {"column": "outcome", "values": ["LEFT"], "left": "to"}
    return Mapping.model_validate(settings)


def test_who_left_the_queue_is_a_contact_with_its_wait_and_no_agent() -> None:
    plan = plan_import([a_row(1, outcome="LEFT", who="NOBODY")], abandoned_mapping())

    [event] = plan.events
    assert (KIND.Name(event.kind), event.agent, event.queue_id) == ("KIND_ABANDONED", "", "l1")
    assert (event.wait.seconds, event.occurred_time.seconds % 3600) == (120, 130)
    assert plan.accounting.remarks[Remark.ABANDONED] == 1
    assert plan.accounting.imported_count == 1
    assert plan.agents == ()


def test_an_answered_call_tells_its_queue_and_wait() -> None:
    answered, ended = plan_import([a_row(1)], abandoned_mapping()).events

    assert (answered.queue_id, answered.wait.seconds) == ("l1", 120)
    assert (ended.queue_id, ended.HasField("wait")) == ("", False)


def test_who_never_came_to_a_queue_is_no_contact() -> None:
    rows = [a_row(1, outcome="LEFT", to="0:00:00"), a_row(2, outcome="LEFT", line=" ")]

    refused = plan_import(rows, abandoned_mapping()).accounting.refused

    assert refused == {Reason.NOT_SERVED: 1, Reason.UNUSABLE_QUEUE: 1}


@given(st.lists(DIRT, max_size=20))
def test_rows_with_and_without_an_agent_are_accounted_for(cells: list[dict[str, str]]) -> None:
    dirty = [{**each, "outcome": each["outcome"] or "LEFT"} for each in cells]

    accounting = plan_import(rows_of(dirty), abandoned_mapping()).accounting

    assert accounting.imported_count + sum(accounting.refused.values()) == len(cells)
