"""Changes accounts in PostgreSQL, one transaction at a time."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from chassis.database import Connection, Database
from gateway.app.account_ports import CodeHash
from gateway.domain.account_changes import AccountChanges, Roles
from gateway.domain.accounts import Account
from gateway.store.accounts import SELECT_ACCOUNT, account_of

# Two who apply at once could each build on what the other takes away; applying is rare and short.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('muster.accounts.apply'))"

# No hash is empty, so that nobody signs in before a password is set.
_SAVE_ACCOUNT = """
INSERT INTO account
    (id, display_name, password_hash, all_sites, sites, agent, language_code, teams,
     reporting_line, created_time)
VALUES (%s, %s, '', %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE
SET display_name = excluded.display_name, all_sites = excluded.all_sites, sites = excluded.sites,
    agent = excluded.agent, language_code = excluded.language_code, teams = excluded.teams,
    reporting_line = excluded.reporting_line
"""
_SAVE_CODE = """
INSERT INTO one_time_code (account, code_hash, expire_time) VALUES (%s, %s, %s)
ON CONFLICT (account) DO UPDATE
SET code_hash = excluded.code_hash, expire_time = excluded.expire_time
"""


class StoredAccountChanges:
    """Accounts in the gateway's schema, to change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["StoredAccountUnit"]:
        """Begins a transaction; others who want to change accounts wait until it ends."""
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK)
            yield StoredAccountUnit(connection)

    async def spend_code(
        self, account: str, code_hash: bytes, password_hash: str, now: datetime
    ) -> bool:
        """Sets the password and ends the account's sessions if the code is valid."""
        async with self._database.transaction() as connection:
            spent = await connection.execute(
                "DELETE FROM one_time_code"
                " WHERE account = %s AND code_hash = %s AND expire_time > %s",
                (account, code_hash, now),
            )
            if not spent.rowcount:
                return False
            await connection.execute(
                "UPDATE account SET password_hash = %s WHERE id = %s", (password_hash, account)
            )
            await connection.execute("DELETE FROM session WHERE account = %s", (account,))
        return True


class StoredAccountUnit:
    """One transaction that changes accounts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def load_accounts(self, ids: Sequence[str]) -> Mapping[str, Account]:
        """Loads those of the accounts that exist, by id."""
        # What holds a zero byte is no text of PostgreSQL, and no id.
        wanted = [id_ for id_ in ids if "\0" not in id_]
        rows = await self._connection.execute(
            f"{SELECT_ACCOUNT} FROM account a WHERE a.id = ANY (%s)", (wanted,)
        )
        found = [account_of(row) async for row in rows]
        return {account.id: account for account in found}

    async def load_roles(self) -> Roles:
        """Loads all roles with what they permit."""
        rows = await self._connection.execute("SELECT id, permissions FROM role")
        return {role: frozenset(permissions) async for role, permissions in rows}

    async def save(self, changes: AccountChanges, now: datetime) -> None:
        """Writes what is new and what is different."""
        accounts = (*changes.created, *changes.updated)
        ids = [account.id for account in accounts]
        roles = [(account.id, role) for account in accounts for role in account.roles]
        async with self._connection.cursor() as cursor:
            await cursor.executemany(_SAVE_ACCOUNT, [_row_of(one, now) for one in accounts])
            await cursor.execute("DELETE FROM account_role WHERE account = ANY (%s)", (ids,))
            await cursor.executemany(
                "INSERT INTO account_role (account, role) VALUES (%s, %s)", roles
            )

    async def save_codes(self, codes: Sequence[CodeHash]) -> None:
        """Keeps one-time codes, each in place of the account's former one."""
        rows = [(code.account, code.code_hash, code.expire_time) for code in codes]
        async with self._connection.cursor() as cursor:
            await cursor.executemany(_SAVE_CODE, rows)


def _row_of(account: Account, now: datetime) -> tuple[object, ...]:
    return (
        account.id,
        account.display_name,
        account.sites is None,
        sorted(account.sites or ()),
        account.agent,
        account.language_code,
        sorted(account.teams),
        account.reporting_line,
        now,
    )
