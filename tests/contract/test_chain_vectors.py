"""The chain's bytes, as vectors that a verifier in any language can be checked with."""

import json
from io import BytesIO
from pathlib import Path
from struct import unpack
from typing import Any

import pytest

from services.presence.domain.chain import encode_entry
from services.presence.domain.entry import Entry, microseconds_of
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
        "inferred": entry.inferred,
        "source_sequence": entry.source_sequence,
    }


def read_by_the_document(raw: bytes) -> dict[str, object]:
    """Reads an entry's bytes knowing only what the documentation of the chain says."""
    stream = BytesIO(raw)

    def number(form: str, size: int) -> int:
        (value,) = unpack(">" + form, stream.read(size))
        assert isinstance(value, int)
        return value

    def text() -> str:
        return stream.read(number("I", 4)).decode()

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
        "inferred": bool(number("B", 1)),
        "source_sequence": number("q", 8),
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
