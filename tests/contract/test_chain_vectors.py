"""The chain's bytes, as vectors that a verifier in any language can be checked with."""

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path
from struct import unpack
from typing import Any

import pytest

from services.presence.domain.chain import encode_entry
from services.presence.domain.entry import NO_DETAILS, Details, Entry, microseconds_of
from tests.contract.presence_examples import ENTRIES, FIRST_LINK, SECOND_LINK

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "golden" / "chain_vectors.json").read_text()
)


def fields_of(entry: Entry) -> dict[str, object]:
    return {
        "agent": entry.agent,
        "event_id": entry.event_id,
        "state": int(entry.state),
        "reason": entry.reason,
        "activity": int(entry.activity),
        "occurred_time_us": microseconds_of(entry.occurred_time),
        "source": entry.source,
        "source_kind": int(entry.source_kind),
        "actor": entry.actor,
        "contacts": list(entry.contacts),
        "marks": entry.marks,
        "source_sequence": entry.source_sequence,
        "kind": int(entry.kind),
        "details": None if entry.details is NO_DETAILS else details_of(entry.details),
    }


def details_of(details: Details) -> dict[str, object]:
    times = ("end_time", "source_time", "limit_time", "refers_to_time")
    return {
        **{f"{name}_us": maybe_us(getattr(details, name)) for name in times},
        "refers_to_source": details.refers_to_source,
        "refers_to_event_id": details.refers_to_event_id,
        "loss_scope": int(details.loss_scope),
        "queue": details.queue,
        "load_count": details.load_count,
        "capacity_count": details.capacity_count,
        "text": details.text,
    }


def maybe_us(instant: datetime | None) -> int | None:
    return None if instant is None else microseconds_of(instant)


def read_by_the_document(raw: bytes) -> dict[str, object]:
    """Reads an entry's bytes knowing only what the documentation of the chain says."""
    stream = BytesIO(raw)

    def number(form: str, size: int) -> int:
        (value,) = unpack(">" + form, stream.read(size))
        assert isinstance(value, int)
        return value

    def text() -> str:
        return stream.read(number("I", 4)).decode()

    def maybe_time() -> int | None:
        value = number("q", 8)
        return None if value == -(2**63) else value

    assert number("B", 1) == 1
    fields: dict[str, object] = {
        "agent": text(),
        "event_id": text(),
        "state": number("B", 1),
        "reason": text(),
        "activity": number("B", 1),
        "occurred_time_us": number("q", 8),
        "source": text(),
        "source_kind": number("B", 1),
        "actor": text(),
        "contacts": [text() for _ in range(number("I", 4))],
        "marks": number("B", 1),
        "source_sequence": number("q", 8),
        "kind": number("B", 1),
        "details": None,
    }
    if number("B", 1):
        fields["details"] = {
            "end_time_us": maybe_time(),
            "source_time_us": maybe_time(),
            "limit_time_us": maybe_time(),
            "refers_to_time_us": maybe_time(),
            "refers_to_source": text(),
            "refers_to_event_id": text(),
            "loss_scope": number("B", 1),
            "queue": text(),
            "load_count": number("I", 4),
            "capacity_count": number("I", 4),
            "text": text(),
        }
    assert stream.read() == b""
    return fields


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_the_bytes_of_an_entry_are_those_of_the_vector(index: int) -> None:
    vector = VECTORS["entries"][index]

    assert fields_of(ENTRIES[index]) == vector["fields"]
    assert encode_entry(ENTRIES[index]).hex() == vector["bytes"]


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_the_bytes_of_an_entry_are_as_documented(index: int) -> None:
    vector = VECTORS["entries"][index]

    assert read_by_the_document(bytes.fromhex(vector["bytes"])) == vector["fields"]


def test_the_hashes_of_links_are_those_of_the_vectors() -> None:
    links = [
        {
            "site": link.site,
            "epoch": link.epoch,
            "seq": link.seq,
            "recorded_time_us": microseconds_of(link.recorded_time),
            "entry_count": link.entry_count,
            "previous_hash": link.previous_hash.hex(),
            "root": link.root.hex(),
            "hash": link.hash.hex(),
        }
        for link in (FIRST_LINK, SECOND_LINK)
    ]

    assert links == VECTORS["links"]
