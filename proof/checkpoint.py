"""Signed checkpoints.

The signature of a checkpoint covers: text "muster checkpoint", uint8 format, text site, uint32
epoch, uint64 seq, digest link hash, instant of recording, text key id. Since links are chained, it
vouches for all links up to it.
"""

from dataclasses import dataclass
from datetime import datetime
from struct import Struct

from proof.encoding import FORMAT, digest_bytes, microseconds_of, text_bytes
from proof.keys import PublicKeys, Signing
from proof.link import Link

_LABEL = text_bytes("muster checkpoint")
_PLACE = Struct(">IQ")
_INSTANT = Struct(">q")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signature over one link."""

    site: str
    epoch: int
    seq: int
    link_hash: bytes
    recorded_time: datetime
    key_id: str
    signature: bytes = b""

    @property
    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return b"".join(
            (
                _LABEL,
                FORMAT,
                text_bytes(self.site),
                _PLACE.pack(self.epoch, self.seq),
                digest_bytes(self.link_hash),
                _INSTANT.pack(microseconds_of(self.recorded_time)),
                text_bytes(self.key_id),
            )
        )

    def is_signed(self, keys: PublicKeys) -> bool:
        """Tells whether a trusted key made the signature."""
        return keys.are_right(self.key_id, self.signature, self.signed_bytes)

    def covers(self, link: Link) -> bool:
        """Tells whether this is a signature over just that link."""
        place = (self.site, self.epoch, self.seq, self.recorded_time)
        same = place == (link.site, link.epoch, link.seq, link.recorded_time)
        return same and self.link_hash == link.hash


def sign_checkpoint(link: Link, signing: Signing) -> Checkpoint:
    """Signs a link."""
    unsigned = Checkpoint(
        link.site, link.epoch, link.seq, link.hash, link.recorded_time, signing.key_id
    )
    signature = signing.sign_record(unsigned.signed_bytes)
    return Checkpoint(
        link.site, link.epoch, link.seq, link.hash, link.recorded_time, signing.key_id, signature
    )
