import json

import pytest
from google.protobuf import json_format
from google.protobuf.message import Message
from muster.gateway.v1 import account_service_pb2, board_service_pb2, push_pb2
from muster.presence.v1 import presence_service_pb2, state_pb2, timeline_service_pb2

from gateway.http.json_form import to_json

HEATMAP = board_service_pb2.Heatmap(
    site="sites/bank",
    rows=[board_service_pb2.Heatmap.Row(agent="agents/李", timeline_number=2)],
    timelines=timeline_service_pb2.SiteTimelines(
        interval_counts=[2, 0],
        last_change_times_ms=[0, 2**53 + 1],
        lengths_packed=bytes(range(256)),
        looks=[timeline_service_pb2.SiteTimelines.Look(reason='lunch "long"')],
    ),
    cursor=state_pb2.Cursor(site="sites/bank", epoch=1, seq=2**40),
)


@pytest.mark.parametrize(
    "message",
    [
        HEATMAP,
        board_service_pb2.Heatmap(),
        account_service_pb2.Session(account=account_service_pb2.Account(sites=["sites/-"])),
        push_pb2.BoardChanges(
            agents=["agents/a"],
            states=[state_pb2.STATE_BUSY, state_pb2.STATE_ONLINE],
            occurred_times_ms=[-1, 2**53 + 1],
            reasons=["", 'lunch "long"'],
            revised=[True, False],
        ),
        presence_service_pb2.ReportStatesResponse(
            outcomes=[presence_service_pb2.ReportStatesResponse.OUTCOME_RECORDED],
            cursors=[state_pb2.Cursor(seq=3)],
        ),
    ],
)
def test_it_writes_what_the_library_writes(message: Message) -> None:
    assert json.loads(to_json(message)) == json_format.MessageToDict(message)


def test_the_message_is_left_as_it_was() -> None:
    before = HEATMAP.SerializeToString()

    to_json(HEATMAP)

    assert HEATMAP.SerializeToString() == before


def test_a_value_of_a_newer_service_is_written_as_its_number() -> None:
    message = push_pb2.BoardChanges()
    message.ParseFromString(bytes([0x1A, 0x01, 99]))  # states = [99]

    assert json.loads(to_json(message)) == {"states": [99]}
