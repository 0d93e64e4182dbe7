import json

import pytest
from google.protobuf import json_format
from google.protobuf.message import Message
from muster.gateway.v1 import account_service_pb2, board_service_pb2, push_pb2
from muster.presence.v1 import presence_service_pb2, state_pb2

from gateway.http.json_form import to_json

HEATMAP = board_service_pb2.Heatmap(
    site="sites/bank",
    rows=[board_service_pb2.Heatmap.Row(agent="agents/李", interval_count=2)],
    start_offsets_ms=[0, 2**53 + 1],
    states=[state_pb2.STATE_BUSY, state_pb2.STATE_ONLINE],
    reason_indexes=[0, 1],
    reasons=["", 'lunch "long"'],
    activities=[state_pb2.ACTIVITY_UNSPECIFIED, state_pb2.ACTIVITY_TALKING],
    inferred=[True, False],
    cursor=state_pb2.Cursor(site="sites/bank", epoch=1, seq=2**40),
)


@pytest.mark.parametrize(
    "message",
    [
        HEATMAP,
        board_service_pb2.Heatmap(),
        account_service_pb2.Session(account=account_service_pb2.Account(sites=["sites/-"])),
        push_pb2.BoardChanges(agents=["agents/a"], occurred_times_ms=[-1]),
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
