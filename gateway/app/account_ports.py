"""What keeping accounts and roles needs of the store."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gateway.domain.account_changes import AccountChanges, Roles
from gateway.domain.accounts import Account, Kind
from gateway.domain.roles import Role
from gateway.domain.sessions import ServiceToken


@dataclass(frozen=True, slots=True)
class CodeHash:
    """What is kept of a one-time code."""

    account: str
    code_hash: bytes
    expire_time: datetime


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts are wanted; empty texts stand for all."""

    kind: Kind
    search: str = ""
    role: str = ""
    include_disabled: bool = True


class AccountUnit(Protocol):
    """One transaction that changes accounts and roles; there is one at a time."""

    async def load_accounts(
        self, ids: Sequence[str], kind: Kind | None = None
    ) -> Mapping[str, Account]:
        """Loads those of the accounts that exist, by id, of one kind or of both."""
        ...

    async def load_roles(self) -> Roles:
        """Loads all roles with what they permit."""
        ...

    async def find_bound(self, agents: Sequence[str]) -> Mapping[str, str]:
        """Returns the enabled accounts that belong to the agents: the agent by the account's id."""
        ...

    async def save(self, changes: AccountChanges, now: datetime) -> None:
        """Writes what is new and what is different. A new account has no password yet."""
        ...

    async def delete(self, account: str) -> None:
        """Deletes an account with all that belongs to it."""
        ...

    async def end_sessions(self, account: str) -> None:
        """Deletes the sessions of an account."""
        ...

    async def save_codes(self, codes: Sequence[CodeHash]) -> None:
        """Keeps one-time codes, each in place of the account's former one."""
        ...

    async def count_holders(self, permission: str) -> int:
        """Counts the people who may sign in and have a permission."""
        ...

    async def find_role(self, role: str) -> Role | None: ...

    async def count_roles(self) -> int: ...

    async def save_role(self, role: Role) -> None:
        """Writes what is new or different about a role."""
        ...

    async def delete_role(self, role: str) -> None:
        """Deletes a role that nobody has."""
        ...

    async def list_holders(self, role: str, limit: int) -> Sequence[str]:
        """Returns the names of accounts and service accounts that have a role, in order."""
        ...

    async def list_tokens(self, account: str) -> Sequence[ServiceToken]:
        """Returns the tokens of a service account, the newest first."""
        ...

    async def add_token(self, token: ServiceToken, token_hash: bytes) -> None:
        """Keeps a token."""
        ...

    async def delete_token(self, account: str, token: str) -> bool:
        """Deletes a token; tells whether there was one."""
        ...

    async def link(self, issuer: str, subject: str, account: str, now: datetime) -> None:
        """Notes whom an issuer means by a subject. Each is linked once."""
        ...

    async def find_linked(self, issuer: str, subject: str) -> str | None:
        """Returns the id of the account that a subject of an issuer is linked to."""
        ...


class AccountStore(Protocol):
    """Accounts and roles, to change and to list."""

    def begin(self) -> AbstractAsyncContextManager[AccountUnit]:
        """Begins a transaction: committed at the block's end, rolled back if it raises."""
        ...

    async def list_accounts(
        self, wanted: AccountFilter, after: str, limit: int
    ) -> Sequence[Account]:
        """Returns accounts by id, from beyond one on."""
        ...

    async def list_roles(self) -> Sequence[Role]:
        """Returns all roles by id."""
        ...

    async def spend_code(
        self, account: str, code_hash: bytes, password_hash: str, now: datetime
    ) -> bool:
        """Sets the password and ends the account's sessions if the code is valid, which it is not
        any more then; tells whether it was.
        """
        ...
