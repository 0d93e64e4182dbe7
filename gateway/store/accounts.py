"""Accounts and sessions in PostgreSQL."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chassis.database import Database
from gateway.app.ports import Credentials
from gateway.domain.accounts import WAIT_AFTER_ATTEMPTS, Account, Attempts, Kind, Session

SELECT_ACCOUNT = """
    SELECT a.id, a.display_name, a.all_sites, a.sites, a.agent,
           ARRAY(SELECT DISTINCT unnest(r.permissions)
                 FROM account_role g JOIN role r ON r.id = g.role WHERE g.account = a.id),
           ARRAY(SELECT g.role FROM account_role g WHERE g.account = a.id ORDER BY g.role),
           a.language_code, a.teams, a.reporting_line, a.kind, a.disable_time
"""
_ACCOUNT_COLUMNS = 12
_ATTEMPTS_MATTER_FOR = 120 * WAIT_AFTER_ATTEMPTS


class StoredAccounts:
    """Keeps accounts and sessions in the gateway's schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_credentials(self, account: str) -> Credentials | None:
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                f"{SELECT_ACCOUNT}, a.password_hash FROM account a WHERE a.id = %s", (account,)
            )
            row = await cursor.fetchone()
        return Credentials(account_of(row), row[_ACCOUNT_COLUMNS]) if row else None

    async def change_attempts(
        self, account: str, change: Callable[[Attempts], Attempts], now: datetime
    ) -> None:
        async with self._database.transaction() as connection:
            # The upsert takes the row's lock, also when the row is new, so that the attempts of one
            # id queue up.
            cursor = await connection.execute(
                "INSERT INTO sign_in_attempt (account, failed_count, last_failed_time)"
                " VALUES (%s, 0, %s) ON CONFLICT (account) DO UPDATE"
                " SET failed_count = sign_in_attempt.failed_count"
                " RETURNING failed_count, last_failed_time",
                (account, now),
            )
            [row] = await cursor.fetchall()
            changed = change(Attempts(*row))
            await connection.execute(
                "UPDATE sign_in_attempt SET failed_count = %s, last_failed_time = %s"
                " WHERE account = %s",
                (changed.failed_count, changed.last_failed_time, account),
            )

    async def forget_attempts(self, account: str) -> None:
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM sign_in_attempt WHERE account = %s", (account,))

    async def add_session(self, token_hash: bytes, session: Session, now: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO session (token_hash, account, created_time, expire_time)"
                " VALUES (%s, %s, %s, %s)",
                (token_hash, session.account.id, now, session.expire_time),
            )

    async def find_session(self, token_hash: bytes) -> Session | None:
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                f"{SELECT_ACCOUNT}, s.expire_time FROM session s JOIN account a ON a.id = s.account"
                " WHERE s.token_hash = %s",
                (token_hash,),
            )
            row = await cursor.fetchone()
        return Session(account_of(row), row[_ACCOUNT_COLUMNS]) if row else None

    async def delete_session(self, token_hash: bytes) -> None:
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM session WHERE token_hash = %s", (token_hash,))

    async def delete_leftovers(self, now: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM session WHERE expire_time <= %s", (now,))
            await connection.execute("DELETE FROM one_time_code WHERE expire_time <= %s", (now,))
            await connection.execute(
                "DELETE FROM sign_in_attempt WHERE last_failed_time < %s",
                (now - _ATTEMPTS_MATTER_FOR,),
            )


def account_of(row: Sequence[Any]) -> Account:
    """Reads a row that begins as SELECT_ACCOUNT has it."""
    id_, display_name, all_sites, sites, agent, permissions, roles, language, *more = row
    teams, reporting_line, kind, disable_time, *_ = more
    return Account(
        id=id_,
        display_name=display_name,
        permissions=frozenset(permissions),
        sites=None if all_sites else frozenset(sites),
        agent=agent,
        roles=tuple(roles),
        language_code=language,
        teams=frozenset(teams),
        reporting_line=reporting_line,
        kind=Kind(kind),
        disable_time=disable_time,
    )
