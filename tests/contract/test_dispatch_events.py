"""The bytes of dispatch's events: consumers of another version must read them."""

import json
from pathlib import Path

from google.protobuf.json_format import MessageToDict
from muster.dispatch.v1 import events_pb2

from services.dispatch.bus.encoding import encode_change
from tests.contract.dispatch_examples import CONTACT, PLACE, QUEUE, RECORDED_TIME

GOLDEN = Path(__file__).parent / "golden"


def test_a_commit_is_told_in_the_bytes_that_consumers_know() -> None:
    golden = bytes.fromhex((GOLDEN / "contacts_changed.hex").read_text())

    assert encode_change(PLACE, RECORDED_TIME, [CONTACT], [QUEUE]) == golden


def test_the_bytes_that_consumers_know_say_what_they_said() -> None:
    golden = bytes.fromhex((GOLDEN / "contacts_changed.hex").read_text())

    told = MessageToDict(events_pb2.ContactsChanged.FromString(golden))

    assert told == json.loads((GOLDEN / "contacts_changed.json").read_text())


def test_the_name_of_a_contact_is_known_to_whoever_knows_its_source() -> None:
    assert CONTACT.key.id == "fdab77f14a374c0d3ca19b86275550c4"
