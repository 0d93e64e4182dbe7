"""Daily roots: what a site's chain held at the end of a UTC day, to be kept by others.

The signature of a root covers: text "muster daily root", uint8 format, text site, text day, uint32
epoch, uint64 first seq, uint64 last seq, uint64 number of entries, digest of the last link's hash,
digest of the root over the links, digest of the previous root, digest of the leaves file, text key
id. The hash of a root is the SHA-256 of these bytes. The root over the links is the Merkle tree
hash (RFC 6962) whose leaves are the links' hashes.

The file `<day>.root.json` holds the fields as JSON: digests in hexadecimal, the signature in
base64.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from struct import Struct
from typing import Any

from proof.encoding import FORMAT, FORMAT_VERSION, DamagedBytesError, digest_bytes, text_bytes
from proof.keys import PublicKeys, Signing

_LABEL = text_bytes("muster daily root")
_NUMBERS = Struct(">IQQQ")
_DIGESTS = ("last_hash", "links_root", "previous_hash", "leaves_hash")


@dataclass(frozen=True, slots=True)
class DailyRoot:
    """The root of one day; it covers the links from `first_seq` to `last_seq`.

    `previous_hash` is empty in the first root of a site.
    """

    site: str
    day: date
    epoch: int
    first_seq: int
    last_seq: int
    entry_count: int
    last_hash: bytes
    links_root: bytes
    previous_hash: bytes
    leaves_hash: bytes
    key_id: str = ""
    signature: bytes = b""

    @property
    def name(self) -> str:
        """The name of the root as a resource."""
        return f"sites/{self.site}/dailyRoots/{self.day.isoformat()}"

    @property
    def link_count(self) -> int:
        """How many links it covers."""
        return self.last_seq - self.first_seq + 1

    @property
    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        numbers = (self.epoch, self.first_seq, self.last_seq, self.entry_count)
        digests = (self.last_hash, self.links_root, self.previous_hash, self.leaves_hash)
        return b"".join(
            (
                _LABEL,
                FORMAT,
                text_bytes(self.site),
                text_bytes(self.day.isoformat()),
                _NUMBERS.pack(*numbers),
                *map(digest_bytes, digests),
                text_bytes(self.key_id),
            )
        )

    @property
    def hash(self) -> bytes:
        """The hash that the next root contains."""
        return sha256(self.signed_bytes).digest()

    def is_signed(self, keys: PublicKeys) -> bool:
        """Tells whether a trusted key made the signature."""
        return keys.are_right(self.key_id, self.signature, self.signed_bytes)


def sign_root(root: DailyRoot, signing: Signing) -> DailyRoot:
    """Signs a root."""
    unsigned = replace(root, key_id=signing.key_id)
    return replace(unsigned, signature=signing.sign_record(unsigned.signed_bytes))


def root_to_json(root: DailyRoot) -> str:
    """Returns the content of the file of a root."""
    fields = asdict(root)
    fields |= {name: fields[name].hex() for name in _DIGESTS}
    fields["day"] = root.day.isoformat()
    fields["link_count"] = root.link_count
    fields["signature"] = base64.b64encode(root.signature).decode()
    return json.dumps({"format": FORMAT_VERSION, **fields}, indent=2) + "\n"


def root_from_json(text: str) -> DailyRoot:
    """Reads the file of a root; DamagedBytesError if it is none."""
    try:
        fields: Mapping[str, Any] = json.loads(text)
        if fields["format"] != FORMAT_VERSION:
            raise DamagedBytesError("a daily root of an unknown format")
        return DailyRoot(
            site=str(fields["site"]),
            day=date.fromisoformat(fields["day"]),
            epoch=int(fields["epoch"]),
            first_seq=int(fields["first_seq"]),
            last_seq=int(fields["last_seq"]),
            entry_count=int(fields["entry_count"]),
            **{name: bytes.fromhex(fields[name]) for name in _DIGESTS},
            key_id=str(fields["key_id"]),
            signature=base64.b64decode(fields["signature"], validate=True),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedBytesError(f"no daily root: {error}") from error
