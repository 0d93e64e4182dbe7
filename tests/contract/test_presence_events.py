"""The bytes of presence's events: consumers of another version must read them."""

import json
from pathlib import Path

from google.protobuf.json_format import MessageToDict
from muster.presence.v1 import events_pb2

from services.presence.bus.encoding import encode_link
from tests.contract.presence_examples import ENTRIES, SECOND_LINK, STATES_AFTER_SECOND

GOLDEN = Path(__file__).parent / "golden"


def test_a_link_is_told_in_the_bytes_that_consumers_know() -> None:
    golden = bytes.fromhex((GOLDEN / "agent_states_changed.hex").read_text())

    assert encode_link(SECOND_LINK, ENTRIES, STATES_AFTER_SECOND) == golden


def test_the_bytes_that_consumers_know_say_what_they_said() -> None:
    golden = bytes.fromhex((GOLDEN / "agent_states_changed.hex").read_text())

    told = MessageToDict(events_pb2.AgentStatesChanged.FromString(golden))

    assert told == json.loads((GOLDEN / "agent_states_changed.json").read_text())
