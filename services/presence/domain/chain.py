"""The chain of a site: bytes of an entry, Merkle root of a link, hash of a link.

All integers are big-endian. `text` is its length in UTF-8 bytes as uint32, then these bytes.

An entry, format 1: uint8 format, text agent, text event id, uint8 state, text reason, uint8
activity, int64 occurred time (microseconds since 1970-01-01 UTC), text source, uint8 source kind,
text actor, uint32 number of contacts and each as text, uint8 marks, int64 source sequence, uint8
kind, uint8 whether it has details (0 or 1). Then, if it has some: int64 end time, int64 source
time, int64 limit time, int64 referred time (microseconds, the least integer where absent), text
referred source, text referred event id, uint8 scope of a loss, text queue, uint32 load, uint32
capacity, text text.

The root of a link is the Merkle tree hash of RFC 6962 (section 2.1) with SHA-256 over the bytes of
its entries in their order. The hash of a link is the SHA-256 of: uint8 format, text site, uint32
epoch, uint64 seq, int64 recorded time (microseconds), uint8 length of the previous hash and the
hash (empty in the first link), 32 bytes of root.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from struct import Struct

from services.presence.domain.entry import NO_DETAILS, Details, Entry, microseconds_of

FORMAT_VERSION = 1

_LENGTH = Struct(">I")
_TIME_OF_ENTRY = Struct(">Bq")
_END_OF_ENTRY = Struct(">BqBB")
_TIMES_OF_DETAILS = Struct(">4q")
_COUNTS_OF_DETAILS = Struct(">II")
_ABSENT = -(2**63)
_START_OF_LINK = Struct(">IQqB")
_FORMAT = bytes((FORMAT_VERSION,))
_LEAF, _NODE = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Link:
    """One commit in a site's order; `previous_hash` is empty in the first one."""

    site: str
    epoch: int
    seq: int
    recorded_time: datetime
    previous_hash: bytes
    root: bytes
    entry_count: int

    @property
    def hash(self) -> bytes:
        """The hash that the next link contains."""
        numbers = _START_OF_LINK.pack(
            self.epoch, self.seq, microseconds_of(self.recorded_time), len(self.previous_hash)
        )
        return sha256(
            b"".join((_FORMAT, _text(self.site), numbers, self.previous_hash, self.root))
        ).digest()


def encode_entry(entry: Entry) -> bytes:
    """Returns the bytes of an entry that its link's root covers."""
    return b"".join(
        (
            _FORMAT,
            _known_text(entry.agent),
            _text(entry.event_id),
            bytes((entry.state,)),
            _known_text(entry.reason),
            _TIME_OF_ENTRY.pack(entry.activity, microseconds_of(entry.occurred_time)),
            _known_text(entry.source),
            bytes((entry.source_kind,)),
            _known_text(entry.actor),
            _LENGTH.pack(len(entry.contacts)),
            *map(_text, entry.contacts),
            _END_OF_ENTRY.pack(
                entry.marks, entry.source_sequence, entry.kind, entry.details is not NO_DETAILS
            ),
            b"" if entry.details is NO_DETAILS else _encode_details(entry.details),
        )
    )


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Returns the RFC 6962 tree hash over the leaves' bytes; of nothing, the hash of nothing."""
    if not leaves:
        return sha256().digest()
    level = [sha256(_LEAF + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        # A last node without a partner moves up unchanged, which is the RFC's split at the greatest
        # power of two.
        odd = level[len(level) & ~1 :]
        level = [
            sha256(_NODE + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level += odd
    return level[0]


def _encode_details(details: Details) -> bytes:
    times = (
        details.end_time,
        details.source_time,
        details.limit_time,
        details.refers_to_time,
    )
    return b"".join(
        (
            _TIMES_OF_DETAILS.pack(
                *(_ABSENT if time is None else microseconds_of(time) for time in times)
            ),
            _known_text(details.refers_to_source),
            _text(details.refers_to_event_id),
            bytes((details.loss_scope,)),
            _known_text(details.queue),
            _COUNTS_OF_DETAILS.pack(details.load_count, details.capacity_count),
            _text(details.text),
        )
    )


def _text(text: str) -> bytes:
    raw = text.encode()
    return _LENGTH.pack(len(raw)) + raw


# Names come again and again; event and contact ids do not.
_known_text = lru_cache(maxsize=2**16)(_text)
