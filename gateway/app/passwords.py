"""Hashes of passwords, and secrets that are read from a screen."""

import asyncio
import secrets
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# A check takes tens of milliseconds of a core and 64 MiB: side by side, a few are enough to sign in
# a shift, and more would let strangers take the machine.
CHECKS_AT_ONCE = 2

# Without characters that look alike.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class SlowPasswords:
    """Argon2id with the defaults of its library (RFC 9106, low memory), checked in threads, a few
    at once.
    """

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._nobodys = _hash_of_nothing(self._hasher)
        self._turns = asyncio.Semaphore(CHECKS_AT_ONCE)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Tells whether the password fits the hash. No hash takes as long as a wrong password."""
        async with self._turns:
            fits = await asyncio.to_thread(self._fits, password_hash or self._nobodys, password)
        return fits and password_hash is not None

    async def hash(self, password: str) -> str:
        """Returns what is kept of a password."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def hash_password(password: str) -> str:
    """Returns what is kept of a password."""
    return PasswordHasher().hash(password)


def readable_secret() -> str:
    """Returns a new secret of 79 bits that can be read aloud, such as `7hkw-p2mn-c4xd-9fqa`."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """Returns what looks like a hash and takes as long to check as any, and which nothing fits."""
    salt, tag = (
        b64encode(bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${tag}"
