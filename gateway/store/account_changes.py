"""Changes accounts in PostgreSQL, one transaction at a time."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from chassis.database import Connection, Database
from gateway.app.account_ports import AccountFilter, CodeHash
from gateway.domain.account_changes import AccountChanges, Roles
from gateway.domain.accounts import Account, Kind
from gateway.domain.roles import Role
from gateway.store.accounts import SELECT_ACCOUNT, account_of
from gateway.store.roles import RoleRows, list_roles
from gateway.store.service_tokens import TokenRows

# Two who apply at once could each build on what the other takes away; applying is rare and short.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('muster.accounts.apply'))"

# No hash is empty, so that nobody signs in before a password is set.
_SAVE_ACCOUNT = """
INSERT INTO account
    (id, display_name, password_hash, all_sites, sites, agent, language_code, teams,
     reporting_line, kind, disable_time, created_time)
VALUES (%s, %s, '', %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE
SET display_name = excluded.display_name, all_sites = excluded.all_sites, sites = excluded.sites,
    agent = excluded.agent, language_code = excluded.language_code, teams = excluded.teams,
    reporting_line = excluded.reporting_line, disable_time = excluded.disable_time
"""
_SAVE_CODE = """
INSERT INTO one_time_code (account, code_hash, expire_time) VALUES (%s, %s, %s)
ON CONFLICT (account) DO UPDATE
SET code_hash = excluded.code_hash, expire_time = excluded.expire_time
"""
_WANTED = """
WHERE a.kind = %(kind)s AND a.id > %(after)s
    AND (%(include_disabled)s OR a.disable_time IS NULL)
    AND (%(search)s = '' OR strpos(lower(a.id || chr(10) || a.display_name || chr(10) || a.agent),
                                   lower(%(search)s)) > 0)
    AND (%(role)s = '' OR EXISTS (SELECT 1 FROM account_role g
                                  WHERE g.account = a.id AND g.role = %(role)s))
ORDER BY a.id LIMIT %(limit)s
"""
_COUNT_HOLDERS = """
SELECT count(*) FROM account a
WHERE a.kind = 'PERSON' AND a.disable_time IS NULL AND EXISTS (
    SELECT 1 FROM account_role g JOIN role r ON r.id = g.role
    WHERE g.account = a.id AND %s = ANY (r.permissions))
"""


class StoredAccountChanges:
    """Accounts in the gateway's schema, to change and to list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["StoredAccountUnit"]:
        """Begins a transaction; others who want to change accounts wait until it ends."""
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK)
            yield StoredAccountUnit(connection)

    async def list_accounts(
        self, wanted: AccountFilter, after: str, limit: int
    ) -> Sequence[Account]:
        """Returns accounts by id, from beyond one on."""
        async with self._database.connection() as connection:
            rows = await connection.execute(
                f"{SELECT_ACCOUNT} FROM account a {_WANTED}",
                {
                    "kind": wanted.kind,
                    "search": wanted.search,
                    "role": wanted.role,
                    "include_disabled": wanted.include_disabled,
                    "after": after,
                    "limit": limit,
                },
            )
            return [account_of(row) async for row in rows]

    async def list_roles(self) -> Sequence[Role]:
        """Returns all roles by id."""
        async with self._database.connection() as connection:
            return await list_roles(connection)

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


class StoredAccountUnit(RoleRows, TokenRows):
    """One transaction that changes accounts and roles."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def load_accounts(
        self, ids: Sequence[str], kind: Kind | None = None
    ) -> Mapping[str, Account]:
        """Loads those of the accounts that exist, by id, of one kind or of both."""
        # What holds a zero byte is no text of PostgreSQL, and no id.
        wanted = [id_ for id_ in ids if "\0" not in id_]
        rows = await self._connection.execute(
            f"{SELECT_ACCOUNT} FROM account a"
            " WHERE a.id = ANY (%s) AND (%s::text IS NULL OR a.kind = %s)",
            (wanted, kind, kind),
        )
        found = [account_of(row) async for row in rows]
        return {account.id: account for account in found}

    async def load_roles(self) -> Roles:
        """Loads all roles with what they permit."""
        return {role.id: role.permissions for role in await list_roles(self._connection)}

    async def find_bound(self, agents: Sequence[str]) -> Mapping[str, str]:
        """Returns the enabled accounts that belong to the agents: the agent by the account's id."""
        rows = await self._connection.execute(
            "SELECT id, agent FROM account WHERE agent = ANY (%s) AND disable_time IS NULL",
            (list(agents),),
        )
        return {id_: agent async for id_, agent in rows}

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

    async def delete(self, account: str) -> None:
        """Deletes an account with all that belongs to it."""
        await self._connection.execute("DELETE FROM account WHERE id = %s", (account,))

    async def end_sessions(self, account: str) -> None:
        """Deletes the sessions of an account."""
        await self._connection.execute("DELETE FROM session WHERE account = %s", (account,))

    async def save_codes(self, codes: Sequence[CodeHash]) -> None:
        """Keeps one-time codes, each in place of the account's former one."""
        rows = [(code.account, code.code_hash, code.expire_time) for code in codes]
        async with self._connection.cursor() as cursor:
            await cursor.executemany(_SAVE_CODE, rows)

    async def count_holders(self, permission: str) -> int:
        """Counts the people who may sign in and have a permission."""
        cursor = await self._connection.execute(_COUNT_HOLDERS, (permission,))
        [(count,)] = await cursor.fetchall()
        return int(count)

    async def link(self, issuer: str, subject: str, account: str, now: datetime) -> None:
        """Notes whom an issuer means by a subject."""
        await self._connection.execute(
            "INSERT INTO linked_identity (issuer, subject, account, link_time)"
            " VALUES (%s, %s, %s, %s)",
            (issuer, subject, account, now),
        )

    async def find_linked(self, issuer: str, subject: str) -> str | None:
        """Returns the id of the account that a subject of an issuer is linked to."""
        cursor = await self._connection.execute(
            "SELECT account FROM linked_identity WHERE issuer = %s AND subject = %s",
            (issuer, subject),
        )
        row = await cursor.fetchone()
        return str(row[0]) if row else None


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
        account.kind,
        account.disable_time,
        now,
    )
