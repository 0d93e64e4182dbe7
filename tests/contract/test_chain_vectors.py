"""The chain's bytes, as vectors that a verifier in any language can be checked with."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from struct import unpack
from typing import Any

import pytest

from proof.encoding import microseconds_of
from proof.entry import ABSENT, NO_DETAILS, HashedDetails, HashedEntry, encode_entry
from tests.contract.presence_examples import (
    DIGESTS,
    ENTRIES,
    FIRST_LINK,
    SALTS,
    SECOND_LINK,
    hashed,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "golden" / "chain_vectors.json").read_text()
)


def fields_of(entry: HashedEntry) -> dict[str, object]:
    return {
        **entry._asdict(),
        "agent_digest": entry.agent_digest.hex(),
        "actor_digest": entry.actor_digest.hex(),
        "contacts": list(entry.contacts),
        "details": None if entry.details == NO_DETAILS else details_of(entry.details),
    }


def details_of(details: HashedDetails) -> dict[str, object]:
    fields = details._asdict() | {"text_digest": details.text_digest.hex()}
    return {name: None if value == ABSENT else value for name, value in fields.items()}


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

    def digest() -> str:
        return stream.read(number("B", 1)).hex()

    assert number("B", 1) == 1
    fields: dict[str, object] = {
        "kind": number("B", 1),
        "agent_digest": digest(),
        "event_id": text(),
        "state": number("B", 1),
        "reason": text(),
        "activity": number("B", 1),
        "occurred_time_us": number("q", 8),
        "source": text(),
        "source_kind": number("B", 1),
        "source_sequence": number("q", 8),
        "actor_digest": digest(),
        "contacts": [text() for _ in range(number("I", 4))],
        "marks": number("B", 1),
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
            "text_digest": digest(),
        }
    assert stream.read() == b""
    return fields


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_the_bytes_of_an_entry_are_those_of_the_vector(index: int) -> None:
    vector = VECTORS["entries"][index]

    entry = hashed(ENTRIES[index])
    assert fields_of(entry) == vector["fields"]
    assert encode_entry(entry).hex() == vector["bytes"]


def test_a_digest_is_that_of_the_salt_and_the_name() -> None:
    digests = {
        name: sha256(bytes.fromhex(salt) + name.encode()).hexdigest()
        for name, salt in VECTORS["salts"].items()
    }

    assert VECTORS["salts"] == {name: salt.hex() for name, salt in SALTS.items()}
    assert digests == {name: digest.hex() for name, digest in DIGESTS.items()}


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
