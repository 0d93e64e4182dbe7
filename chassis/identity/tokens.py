"""What a token says, and how a process signs it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.scope import EVERYTHING, Scope
from proof.keys import key_id_of

ALGORITHM = "EdDSA"
ISSUER = "muster"
LONGEST_LIFETIME = timedelta(minutes=5)
RENEWAL_MARGIN = timedelta(minutes=1)
PROCESS_PREFIX = "processes/"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a caller is and what she may do. The subject is `accounts/...` or `processes/...`."""

    subject: str
    permissions: frozenset[str]
    scope: Scope


def load_key(key_file: Path) -> Ed25519PrivateKey:
    """Reads a private key. ValueError if the file holds none of this kind."""
    key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{key_file} holds no Ed25519 key")
    return key


class Signer:
    """Signs tokens in the name of one process."""

    def __init__(self, key: Ed25519PrivateKey, name: str) -> None:
        self._key = key
        self._name = name
        self._own: tuple[str, datetime] | None = None

    @classmethod
    def load(cls, key_file: Path, name: str) -> Self:
        """Reads the private key of the process of that name."""
        return cls(load_key(key_file), name)

    def sign(
        self, identity: Identity, now: datetime, lifetime: timedelta = LONGEST_LIFETIME
    ) -> str:
        """Signs a token for the identity. The lifetime is five minutes at most."""
        if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
            raise ValueError(f"a token lives at most {LONGEST_LIFETIME}")
        sites = identity.scope.sites
        claims = {
            "iss": ISSUER,
            "sub": identity.subject,
            "iat": int(now.timestamp()),
            "exp": int((now + lifetime).timestamp()),
            "perms": sorted(identity.permissions),
            "sites": None if sites is None else sorted(sites),
            "agents": sorted(identity.scope.agents),
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"kid": self._name})

    @property
    def key_id(self) -> str:
        """How signatures of the record name this key."""
        return key_id_of(self._key.public_key().public_bytes_raw())

    def sign_record(self, message: bytes) -> bytes:
        """The Ed25519 signature over a message that nobody can take for a token: it begins with a
        label of its own.
        """
        return self._key.sign(message)

    def sign_own(self, now: datetime) -> str:
        """A token for the process itself, reused until a minute before it ends."""
        if self._own is None or now >= self._own[1]:
            # What the process may do stands in the trust file of whoever verifies, not in its own
            # token.
            identity = Identity(PROCESS_PREFIX + self._name, frozenset(), EVERYTHING)
            self._own = self.sign(identity, now), now + LONGEST_LIFETIME - RENEWAL_MARGIN
        return self._own[0]
