"""What keeping accounts needs of the store."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gateway.domain.account_changes import AccountChanges, Roles
from gateway.domain.accounts import Account


@dataclass(frozen=True, slots=True)
class CodeHash:
    """What is kept of a one-time code."""

    account: str
    code_hash: bytes
    expire_time: datetime


class AccountUnit(Protocol):
    """One transaction that changes accounts; there is one at a time."""

    async def load_accounts(self, ids: Sequence[str]) -> Mapping[str, Account]:
        """Loads those of the accounts that exist, by id."""
        ...

    async def load_roles(self) -> Roles:
        """Loads all roles with what they permit."""
        ...

    async def save(self, changes: AccountChanges, now: datetime) -> None:
        """Writes what is new and what is different. A new account has no password yet."""
        ...

    async def save_codes(self, codes: Sequence[CodeHash]) -> None:
        """Keeps one-time codes, each in place of the account's former one."""
        ...


class AccountStore(Protocol):
    """Accounts, to change."""

    def begin(self) -> AbstractAsyncContextManager[AccountUnit]:
        """Begins a transaction: committed at the block's end, rolled back if it raises."""
        ...

    async def spend_code(
        self, account: str, code_hash: bytes, password_hash: str, now: datetime
    ) -> bool:
        """Sets the password and ends the account's sessions if the code is valid, which it is not
        any more then; tells whether it was.
        """
        ...
