"""What a token says, and how a process signs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

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
    """Who a caller is, what she may do, and whose rows she sees. The subject is `accounts/...` or
    `processes/...`.

    The scope is for what is and was within the last day; the history, never more than the scope, is
    for what lies before it. None: the history is the scope.
    """

    subject: str
    permissions: frozenset[str]
    scope: Scope
    history: Scope | None = None

    @property
    def history_scope(self) -> Scope:
        """Whose past days the caller sees."""
        return self.scope if self.history is None else self.history


def scope_claim(scope: Scope) -> dict[str, Any]:
    """Returns a scope as a token says it."""
    sites = None if scope.sites is None else sorted(scope.sites)
    return {"sites": sites, "teams": sorted(scope.teams), "agents": sorted(scope.agents)}


def scope_of(claim: Mapping[str, Any]) -> Scope:
    """Reads a scope from a token; KeyError or TypeError if it is none."""
    sites = None if claim["sites"] is None else frozenset(claim["sites"])
    return Scope(sites, frozenset(claim["agents"]), frozenset(claim["teams"]))


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
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "sub": identity.subject,
            "iat": int(now.timestamp()),
            "exp": int((now + lifetime).timestamp()),
            "perms": sorted(identity.permissions),
            "scope": scope_claim(identity.scope),
        }
        if identity.history is not None:
            claims["history"] = scope_claim(identity.history)
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
