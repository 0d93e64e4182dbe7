"""The bytes of an entry that its link's root covers.

An entry, format 1: uint8 format, uint8 kind, digest agent, text event id, uint8 state, text reason,
uint8 activity, instant occurred time, text source, uint8 source kind, int64 source sequence, digest
actor, uint32 number of contacts and each as text, uint8 marks, uint8 whether it has details (0 or
1). Then, if any detail is not at its default: instants end time, source time, limit time, referred
time (the least int64 where absent), text referred source, text referred event id, uint8 scope of a
loss, text queue, uint32 load, uint32 capacity, digest text.

Agent, actor and text stand as salted digests, so that name and text can be erased while the bytes
stay as they are. Event ids, contacts, queues and sources are ids of other systems and stand plain.
"""

from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from proof.encoding import (
    FORMAT,
    FORMAT_VERSION,
    NO_DIGEST,
    ByteReader,
    DamagedBytesError,
    digest_bytes,
    text_bytes,
)

ABSENT = -(2**63)
"""The instant that stands for none."""

_COUNT = Struct(">I")
_ACTIVITY_TIME = Struct(">Bq")
_KIND_SEQUENCE = Struct(">Bq")
_TIMES = Struct(">4q")
_COUNTS = Struct(">II")
_WITHOUT_DETAILS, _WITH_DETAILS = b"\x00", b"\x01"

# Codes and sources come again and again; event and contact ids do not.
_known_text = lru_cache(maxsize=2**14)(text_bytes)
_known_digest = lru_cache(maxsize=2**17)(digest_bytes)
_BYTE = tuple(bytes((number,)) for number in range(256))
_FORMAT_AND = tuple(FORMAT + byte for byte in _BYTE)


class HashedDetails(NamedTuple):
    """What few entries have; instants in microseconds."""

    end_time_us: int = ABSENT
    source_time_us: int = ABSENT
    limit_time_us: int = ABSENT
    refers_to_time_us: int = ABSENT
    refers_to_source: str = ""
    refers_to_event_id: str = ""
    loss_scope: int = 0
    queue: str = ""
    load_count: int = 0
    capacity_count: int = 0
    text_digest: bytes = NO_DIGEST


NO_DETAILS = HashedDetails()


class HashedEntry(NamedTuple):
    """An entry as it is hashed, with digests in place of names and text."""

    kind: int
    agent_digest: bytes
    event_id: str
    state: int
    reason: str
    activity: int
    occurred_time_us: int
    source: str
    source_kind: int
    source_sequence: int
    actor_digest: bytes
    contacts: tuple[str, ...] = ()
    marks: int = 0
    details: HashedDetails = NO_DETAILS


def encode_entry(entry: HashedEntry) -> bytes:
    """Returns the bytes of an entry."""
    contacts = entry.contacts
    return b"".join(
        (
            _FORMAT_AND[entry.kind],
            _known_digest(entry.agent_digest),
            text_bytes(entry.event_id),
            _BYTE[entry.state],
            _known_text(entry.reason),
            _ACTIVITY_TIME.pack(entry.activity, entry.occurred_time_us),
            _known_text(entry.source),
            _KIND_SEQUENCE.pack(entry.source_kind, entry.source_sequence),
            _known_digest(entry.actor_digest),
            _COUNT.pack(len(contacts)),
            b"".join([text_bytes(contact) for contact in contacts]),
            _BYTE[entry.marks],
            _WITHOUT_DETAILS if entry.details == NO_DETAILS else _encode_details(entry.details),
        )
    )


def decode_entry(raw: bytes) -> HashedEntry:
    """Returns the entry of such bytes; DamagedBytesError if `encode_entry` never returns them."""
    reader = ByteReader(raw)
    if reader.byte() != FORMAT_VERSION:
        raise DamagedBytesError("an entry of an unknown format")
    kind, agent_digest, event_id = reader.byte(), reader.digest(), reader.text()
    state, reason = reader.byte(), reader.text()
    activity, occurred_time_us = reader.numbers(_ACTIVITY_TIME)
    source = reader.text()
    source_kind, source_sequence = reader.numbers(_KIND_SEQUENCE)
    actor_digest = reader.digest()
    (count,) = reader.numbers(_COUNT)
    contacts = tuple(reader.text() for _ in range(count))
    marks = reader.byte()
    details = _decode_details(reader) if reader.byte() else NO_DETAILS
    entry = HashedEntry(
        kind=kind,
        agent_digest=agent_digest,
        event_id=event_id,
        state=state,
        reason=reason,
        activity=activity,
        occurred_time_us=occurred_time_us,
        source=source,
        source_kind=source_kind,
        source_sequence=source_sequence,
        actor_digest=actor_digest,
        contacts=contacts,
        marks=marks,
        details=details,
    )
    if not reader.is_at_end or encode_entry(entry) != raw:
        raise DamagedBytesError("an entry that is not written in the one form it has")
    return entry


def _encode_details(details: HashedDetails) -> bytes:
    return b"".join(
        (
            _WITH_DETAILS,
            _TIMES.pack(*details[:4]),
            _known_text(details.refers_to_source),
            text_bytes(details.refers_to_event_id),
            bytes((details.loss_scope,)),
            _known_text(details.queue),
            _COUNTS.pack(details.load_count, details.capacity_count),
            digest_bytes(details.text_digest),
        )
    )


def _decode_details(reader: ByteReader) -> HashedDetails:
    end, source, limit, refers = reader.numbers(_TIMES)
    refers_to_source, refers_to_event_id = reader.text(), reader.text()
    loss_scope, queue = reader.byte(), reader.text()
    load, capacity = reader.numbers(_COUNTS)
    return HashedDetails(
        end_time_us=end,
        source_time_us=source,
        limit_time_us=limit,
        refers_to_time_us=refers,
        refers_to_source=refers_to_source,
        refers_to_event_id=refers_to_event_id,
        loss_scope=loss_scope,
        queue=queue,
        load_count=load,
        capacity_count=capacity,
        text_digest=reader.digest(),
    )
