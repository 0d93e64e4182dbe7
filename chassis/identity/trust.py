"""Verifies tokens against the trust file, which names each process's public key and what it was
granted.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.identity.tokens import (
    ALGORITHM,
    ISSUER,
    LONGEST_LIFETIME,
    PROCESS_PREFIX,
    Identity,
    scope_of,
)
from chassis.scope import EVERYTHING

CLOCK_LEEWAY = timedelta(seconds=5)
REMEMBERED_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Grant:
    """What a process may do in its own name, and whether it may vouch for people."""

    permissions: frozenset[str]
    vouches: bool = False


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """The public half of a process's key with what it was granted."""

    public_key: Ed25519PublicKey
    grant: Grant


class Trust:
    """Verifies tokens against the trust file."""

    def __init__(self, keys: Mapping[str, TrustedKey]) -> None:
        self._keys = dict(keys)
        # Verifying a signature costs about as much as the rest of a call, and a token is used for
        # minutes.
        self._verified: dict[str, tuple[Identity, datetime]] = {}

    @classmethod
    def load(cls, trust_file: Path) -> Self:
        """Reads the trust file."""
        entries = json.loads(trust_file.read_text(encoding="utf-8"))
        return cls({name: _trusted_key(entry) for name, entry in entries.items()})

    def verify(self, token: str, now: datetime) -> Identity:
        """The identity that the token proves. Refuses with SIGN_IN_REQUIRED what is not valid at
        that instant.
        """
        known = self._verified.get(token)
        if known is None:
            known = self._read(token, now)
            self._remember(token, known)
        identity, end = known
        if now >= end:
            self._verified.pop(token, None)
            raise sign_in_required("the token has ended")
        return identity

    def _read(self, token: str, now: datetime) -> tuple[Identity, datetime]:
        try:
            name = str(jwt.get_unverified_header(token).get("kid", ""))
            key = self._keys[name]
            claims = jwt.decode(
                token,
                key.public_key,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                # Instants are judged below, by the time that was passed in.
                options={
                    "require": ["iss", "sub", "iat", "exp"],
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
            start, end = (datetime.fromtimestamp(claims[name], UTC) for name in ("iat", "exp"))
            identity = _identity(name, key.grant, claims)
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise sign_in_required("the token is not one of ours") from error
        if start > now + CLOCK_LEEWAY or end - start > LONGEST_LIFETIME:
            raise sign_in_required("the token's times are not allowed")
        return identity, end

    def _remember(self, token: str, verified: tuple[Identity, datetime]) -> None:
        while len(self._verified) >= REMEMBERED_TOKENS:
            del self._verified[next(iter(self._verified))]
        self._verified[token] = verified


def sign_in_required(why: str) -> Refusal:
    """Refuses a call that brings no valid identity."""
    return Refusal(Code.UNAUTHENTICATED, "SIGN_IN_REQUIRED", why, domain=SHARED_DOMAIN)


def _identity(name: str, grant: Grant, claims: Mapping[str, Any]) -> Identity:
    subject = claims["sub"]
    if subject == PROCESS_PREFIX + name:
        return Identity(subject, grant.permissions, EVERYTHING)
    if not grant.vouches or subject.startswith(PROCESS_PREFIX):
        raise ValueError(f"{name} may not speak as {subject}")
    history = scope_of(claims["history"]) if "history" in claims else None
    return Identity(subject, frozenset(claims["perms"]), scope_of(claims["scope"]), history)


def _trusted_key(entry: Mapping[str, Any]) -> TrustedKey:
    raw = base64.b64decode(entry["public_key"], validate=True)
    grant = Grant(frozenset(entry["permissions"]), vouches=bool(entry["vouches"]))
    return TrustedKey(Ed25519PublicKey.from_public_bytes(raw), grant)
