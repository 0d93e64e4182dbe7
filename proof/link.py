"""The links of a site's chain.

The root of a link is the Merkle tree hash (RFC 6962) over the bytes of its entries in their order.
The hash of a link is the SHA-256 of: uint8 format, text site, uint32 epoch, uint64 seq, instant of
recording, uint8 length of the previous hash and the hash (empty in the first link), 32 bytes of
root.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from struct import Struct

from proof.encoding import FORMAT, microseconds_of, text_bytes

_START = Struct(">IQqB")


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
        numbers = _START.pack(
            self.epoch, self.seq, microseconds_of(self.recorded_time), len(self.previous_hash)
        )
        site = text_bytes(self.site)
        return sha256(b"".join((FORMAT, site, numbers, self.previous_hash, self.root))).digest()
