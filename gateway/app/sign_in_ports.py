"""What signing in needs of the world outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gateway.domain.accounts import Account
from gateway.domain.attempts import Attempts, Counter
from gateway.domain.sessions import OpenSession, Place, Session


@dataclass(frozen=True, slots=True)
class Credentials:
    """A person's account with the hash of its password."""

    account: Account
    password_hash: str


class Accounts(Protocol):
    """Keeps accounts and sessions. A session is known by the hash of its token; the token is kept
    nowhere.
    """

    async def find_credentials(self, account: str) -> Credentials | None: ...

    async def set_password(self, account: str, password_hash: str) -> None: ...

    async def is_known_place(self, account: str, address_class: str, now: datetime) -> bool:
        """Tells whether the account was signed in to from there lately."""
        ...

    async def change_attempts(
        self, subject: str, change: Callable[[Attempts], Attempts], now: datetime
    ) -> None:
        """Changes the attempts of any subject, existing or not, while nobody else does; nothing
        changes if the change raises.
        """

    async def forgive_attempts(self, counters: Sequence[Counter]) -> None:
        """Forgets the failures of an account, and one of a place: the last one was none."""

    async def add_session(
        self, token_hash: bytes, session: Session, place: Place, now: datetime
    ) -> None:
        """Keeps a session, and its place as one that the account is known at."""

    async def use_session(self, token_hash: bytes, now: datetime) -> Session | None:
        """Finds a session that stands, which counts as a use of it."""

    async def use_token(self, token_hash: bytes, now: datetime) -> Session | None:
        """Finds what a service account's token that stands opens, which counts as a use of it."""

    async def list_sessions(self, account: str, now: datetime) -> Sequence[OpenSession]:
        """Returns the sessions of an account that stand, the newest first."""
        ...

    async def delete_session(self, token_hash: bytes) -> None: ...

    async def delete_sessions(
        self, account: str, *, only: str = "", keep: bytes = b""
    ) -> Sequence[bytes]:
        """Deletes the sessions of an account, or only the one of an id, and keeps the one of a
        hash; returns the hashes of those deleted.
        """
        ...

    async def delete_leftovers(self, now: datetime) -> None:
        """Deletes what has ended and what no longer matters."""


class Passwords(Protocol):
    """Checks and hashes passwords, slowly and off the event loop."""

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Tells whether the password fits the hash. No hash takes as long as a wrong password."""

    async def hash(self, password: str) -> str:
        """Returns what is kept of a password."""
