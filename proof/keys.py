"""The public keys by which signatures are checked."""

import base64
import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIGNER = "presence"
"""The process whose key signs the record."""
_KEY_ID_LENGTH = 16


def key_id_of(public_key: bytes) -> str:
    """Returns how signatures name a key: 16 hexadecimal digits of its SHA-256."""
    return sha256(public_key).hexdigest()[:_KEY_ID_LENGTH]


class Signing(Protocol):
    """Who signs the record."""

    @property
    def key_id(self) -> str:
        """How its signatures name its key."""
        ...

    def sign_record(self, message: bytes) -> bytes:
        """Returns the Ed25519 signature over a message."""
        ...


class Signed(Protocol):
    """What carries a signature."""

    @property
    def key_id(self) -> str:
        """How the key is named."""
        ...

    @property
    def signature(self) -> bytes:
        """The signature."""
        ...

    @property
    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        ...


def is_forged(signed: Signed, signing: Signing) -> bool:
    """Tells whether a signature claims to be by a key and is not.

    Ed25519 signs the same bytes in the same way each time. What a former key signed cannot be told.
    """
    own = signed.key_id == signing.key_id
    return own and signed.signature != signing.sign_record(signed.signed_bytes)


class PublicKeys:
    """Checks signatures by the keys that whoever verifies trusts."""

    def __init__(self, raw_keys: Iterable[bytes]) -> None:
        """Take over raw Ed25519 public keys, 32 bytes each."""
        self._keys = {key_id_of(raw): Ed25519PublicKey.from_public_bytes(raw) for raw in raw_keys}

    def has(self, key_id: str) -> bool:
        """Tells whether the key is among those trusted."""
        return key_id in self._keys

    def are_right(self, key_id: str, signature: bytes, message: bytes) -> bool:
        """Tells whether the key, if trusted, made the signature over the message."""
        if key_id not in self._keys:
            return False
        try:
            self._keys[key_id].verify(signature, message)
        except InvalidSignature:
            return False
        return True


def read_public_keys(text: str, signer: str = SIGNER) -> PublicKeys:
    """Reads a trust file, of which the signer's key counts, PEM, or base64 of the raw key;
    ValueError if it is none of these.
    """
    stripped = text.strip()
    if stripped.startswith("{"):
        entry = json.loads(stripped).get(signer, {})
        if not isinstance(entry, dict) or "public_key" not in entry:
            raise ValueError(f"the file names no key of {signer}")
        return PublicKeys([base64.b64decode(entry["public_key"], validate=True)])
    if stripped.startswith("-----"):
        key = serialization.load_pem_public_key(stripped.encode())
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError("the file holds no Ed25519 public key")
        return PublicKeys([key.public_bytes_raw()])
    return PublicKeys([base64.b64decode(stripped, validate=True)])
