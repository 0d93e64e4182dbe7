"""What the use cases need of the world outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gateway.domain.accounts import Account, Attempts, Session


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account with the hash of its password."""

    account: Account
    password_hash: str


class Accounts(Protocol):
    """Keeps accounts and sessions. A session is known by the hash of its token; the token is kept
    nowhere.
    """

    async def find_credentials(self, account: str) -> Credentials | None: ...

    async def change_attempts(
        self, account: str, change: Callable[[Attempts], Attempts], now: datetime
    ) -> None:
        """Changes the attempts of any id, existing or not, while nobody else does; nothing changes
        if the change raises.
        """

    async def forget_attempts(self, account: str) -> None: ...

    async def add_session(self, token_hash: bytes, session: Session, now: datetime) -> None: ...

    async def find_session(self, token_hash: bytes) -> Session | None: ...

    async def delete_session(self, token_hash: bytes) -> None: ...

    async def delete_leftovers(self, now: datetime) -> None:
        """Deletes sessions that have ended and attempts that no longer matter."""


class Passwords(Protocol):
    """Checks and hashes passwords, slowly and off the event loop."""

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Tells whether the password fits the hash. No hash takes as long as a wrong password."""

    async def hash(self, password: str) -> str:
        """Returns what is kept of a password."""
