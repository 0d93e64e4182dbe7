"""The file of leaves beside a daily root: with it a verifier names the very entry that differs.

The file `<day>.leaves` holds: text "muster leaves", uint8 format, text site, text day, uint32
epoch, digest of the link before the first (none before link 1); then for each link in order: uint64
seq, instant of recording, uint32 number of entries, and 32 bytes for the leaf hash of each. A leaf
hash is the SHA-256 of a zero byte and the entry's bytes. It holds no name, and nothing from which
one can be worked out once the salt is erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from struct import Struct

from proof.daily_root import DailyRoot
from proof.encoding import (
    DIGEST_BYTES,
    FORMAT,
    FORMAT_VERSION,
    ByteReader,
    DamagedBytesError,
    digest_bytes,
    instant_of,
    microseconds_of,
    text_bytes,
)
from proof.link import Link
from proof.merkle import root_of

_LABEL = "muster leaves"
_EPOCH = Struct(">I")
_LINK = Struct(">QqI")


@dataclass(frozen=True, slots=True)
class LinkLeaves:
    """The leaf hashes of one link."""

    seq: int
    recorded_time: datetime
    leaves: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """The content of a file of leaves."""

    site: str
    day: str
    epoch: int
    previous_hash: bytes
    links: tuple[LinkLeaves, ...]

    def link_hashes(self) -> list[bytes]:
        """Returns the hashes that the links must have, worked out from the leaves alone."""
        hashes = []
        previous = self.previous_hash
        for link in self.links:
            root = root_of(link.leaves)
            head = Link(
                self.site,
                self.epoch,
                link.seq,
                link.recorded_time,
                previous,
                root,
                len(link.leaves),
            )
            previous = head.hash
            hashes.append(previous)
        return hashes


def leaves_head(site: str, day: str, epoch: int, previous_hash: bytes) -> bytes:
    """Returns the first bytes of a file of leaves."""
    return b"".join(
        (
            text_bytes(_LABEL),
            FORMAT,
            text_bytes(site),
            text_bytes(day),
            _EPOCH.pack(epoch),
            digest_bytes(previous_hash),
        )
    )


def leaves_of_link(seq: int, recorded_time: datetime, leaves: Sequence[bytes]) -> bytes:
    """Returns the bytes of one link in a file of leaves."""
    return _LINK.pack(seq, microseconds_of(recorded_time), len(leaves)) + b"".join(leaves)


def read_leaves(raw: bytes) -> Leaves:
    """Reads a file of leaves; DamagedBytesError if it is none."""
    reader = ByteReader(raw)
    if reader.text() != _LABEL or reader.byte() != FORMAT_VERSION:
        raise DamagedBytesError("no file of leaves, or of an unknown format")
    site, day = reader.text(), reader.text()
    (epoch,) = reader.numbers(_EPOCH)
    previous_hash = reader.digest()
    links = []
    while not reader.is_at_end:
        seq, time_us, count = reader.numbers(_LINK)
        leaves = tuple(reader.raw(DIGEST_BYTES) for _ in range(count))
        links.append(LinkLeaves(seq, instant_of(time_us), leaves))
    return Leaves(site, day, epoch, previous_hash, tuple(links))


def agree(leaves: Leaves, root: DailyRoot) -> bool:
    """Tells whether the leaves are those of the root, by the hash of its last link."""
    hashes = leaves.link_hashes()
    same = (leaves.site, leaves.epoch) == (root.site, root.epoch)
    return same and bool(hashes) and hashes[-1] == root.last_hash
