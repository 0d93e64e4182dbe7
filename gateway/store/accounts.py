"""Accounts and sessions in PostgreSQL."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chassis.database import Database
from gateway.app.sign_in_ports import Credentials
from gateway.domain.accounts import Account, Kind
from gateway.domain.attempts import PLACE_KNOWN_FOR, WAIT_AFTER_ATTEMPTS, Attempts, Counter
from gateway.domain.sessions import (
    EXPIRED_TOKENS_SHOWN_FOR,
    SESSION_IDLE,
    OpenSession,
    Place,
    Session,
)

SELECT_ACCOUNT = """
SELECT a.id, a.display_name, a.all_sites, a.sites, a.agent,
    ARRAY(SELECT DISTINCT unnest(r.permissions)
          FROM account_role g JOIN role r ON r.id = g.role WHERE g.account = a.id),
    ARRAY(SELECT g.role FROM account_role g WHERE g.account = a.id ORDER BY g.role),
    a.language_code, a.teams, a.reporting_line, a.kind, a.disable_time
"""
_COLUMN_COUNT = 12

_SESSION_USE = """
WITH used AS (
    UPDATE session SET last_used_time = %(now)s
    WHERE token_hash = %(token_hash)s AND expire_time > %(now)s AND last_used_time > %(idle)s
    RETURNING account, expire_time)
"""
_SERVICE_USE = """
WITH used AS (
    UPDATE service_token SET last_used_time = %(now)s
    WHERE token_hash = %(token_hash)s AND expire_time > %(now)s
    RETURNING account, expire_time)
"""
_WHAT_IS_USED = f"""
{SELECT_ACCOUNT}, used.expire_time
FROM used JOIN account a ON a.id = used.account WHERE a.disable_time IS NULL
"""
_LIST_SESSIONS = """
SELECT encode(substring(token_hash FOR 8), 'hex'), created_time, last_used_time, expire_time,
       address_class, user_agent
FROM session WHERE account = %s AND expire_time > %s AND last_used_time > %s
ORDER BY created_time DESC, token_hash LIMIT 1000
"""
_DELETE_SESSIONS = """
DELETE FROM session
WHERE account = %(account)s AND token_hash <> %(keep)s
    AND (%(only)s = '' OR encode(substring(token_hash FOR 8), 'hex') = %(only)s)
RETURNING token_hash
"""
_ATTEMPTS_MATTER_FOR = 120 * WAIT_AFTER_ATTEMPTS


class StoredAccounts:
    """Keeps accounts and sessions in the gateway's schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_credentials(self, account: str) -> Credentials | None:
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                f"{SELECT_ACCOUNT}, a.password_hash FROM account a"
                " WHERE a.id = %s AND a.kind = 'PERSON'",
                (account,),
            )
            row = await cursor.fetchone()
        return Credentials(account_of(row), row[_COLUMN_COUNT]) if row else None

    async def find_agents(self, ids: Sequence[str]) -> Sequence[str]:
        """Returns the agents to whom those of the accounts belong that exist."""
        async with self._database.connection() as connection:
            rows = await connection.execute(
                "SELECT DISTINCT agent FROM account WHERE id = ANY (%s) AND agent <> ''"
                " ORDER BY agent",
                (list(ids),),
            )
            return [agent async for (agent,) in rows]

    async def set_password(self, account: str, password_hash: str) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE account SET password_hash = %s WHERE id = %s", (password_hash, account)
            )

    async def is_known_place(self, account: str, address_class: str, now: datetime) -> bool:
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                "SELECT 1 FROM known_place"
                " WHERE account = %s AND address_class = %s AND last_used_time > %s",
                (account, address_class, now - PLACE_KNOWN_FOR),
            )
            return await cursor.fetchone() is not None

    async def change_attempts(
        self, subject: str, change: Callable[[Attempts], Attempts], now: datetime
    ) -> None:
        async with self._database.transaction() as connection:
            # The upsert takes the row's lock, also when the row is new, so that the attempts of one
            # id queue up.
            cursor = await connection.execute(
                "INSERT INTO sign_in_attempt (account, failed_count, last_failed_time)"
                " VALUES (%s, 0, %s) ON CONFLICT (account) DO UPDATE"
                " SET failed_count = sign_in_attempt.failed_count"
                " RETURNING failed_count, last_failed_time",
                (subject, now),
            )
            [row] = await cursor.fetchall()
            changed = change(Attempts(*row))
            await connection.execute(
                "UPDATE sign_in_attempt SET failed_count = %s, last_failed_time = %s"
                " WHERE account = %s",
                (changed.failed_count, changed.last_failed_time, subject),
            )

    async def forgive_attempts(self, counters: Sequence[Counter]) -> None:
        subjects = [counter.subject for counter in counters]
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM sign_in_attempt WHERE account = ANY (%s) AND account NOT LIKE '@%%'",
                (subjects,),
            )
            await connection.execute(
                "UPDATE sign_in_attempt SET failed_count = greatest(0, failed_count - 1)"
                " WHERE account = ANY (%s)",
                (subjects,),
            )

    async def add_session(
        self, token_hash: bytes, session: Session, place: Place, now: datetime
    ) -> None:
        account = session.account.id
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO session (token_hash, account, created_time, expire_time,"
                " last_used_time, address_class, user_agent) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                (
                    token_hash,
                    account,
                    now,
                    session.expire_time,
                    now,
                    place.address_class,
                    place.user_agent,
                ),
            )
            await connection.execute(
                "INSERT INTO known_place (account, address_class, last_used_time)"
                " VALUES (%s, %s, %s) ON CONFLICT (account, address_class) DO UPDATE"
                " SET last_used_time = excluded.last_used_time",
                (account, place.address_class, now),
            )

    async def use_session(self, token_hash: bytes, now: datetime) -> Session | None:
        return await self._use(_SESSION_USE, token_hash, now)

    async def use_token(self, token_hash: bytes, now: datetime) -> Session | None:
        return await self._use(_SERVICE_USE, token_hash, now)

    async def list_sessions(self, account: str, now: datetime) -> Sequence[OpenSession]:
        async with self._database.connection() as connection:
            rows = await connection.execute(_LIST_SESSIONS, (account, now, now - SESSION_IDLE))
            return [
                OpenSession(id_, create, used, expire, Place(address_class, user_agent))
                async for id_, create, used, expire, address_class, user_agent in rows
            ]

    async def delete_session(self, token_hash: bytes) -> None:
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM session WHERE token_hash = %s", (token_hash,))

    async def delete_sessions(
        self, account: str, *, only: str = "", keep: bytes = b""
    ) -> Sequence[bytes]:
        async with self._database.transaction() as connection:
            deleted = await connection.execute(
                _DELETE_SESSIONS, {"account": account, "only": only, "keep": keep}
            )
            return [bytes(token_hash) async for (token_hash,) in deleted]

    async def delete_leftovers(self, now: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM session WHERE expire_time <= %s", (now,))
            await connection.execute("DELETE FROM one_time_code WHERE expire_time <= %s", (now,))
            await connection.execute(
                "DELETE FROM sign_in_attempt WHERE last_failed_time < %s",
                (now - _ATTEMPTS_MATTER_FOR,),
            )
            await connection.execute(
                "DELETE FROM known_place WHERE last_used_time < %s", (now - PLACE_KNOWN_FOR,)
            )
            await connection.execute(
                "DELETE FROM service_token WHERE expire_time < %s",
                (now - EXPIRED_TOKENS_SHOWN_FOR,),
            )

    async def _use(self, use: str, token_hash: bytes, now: datetime) -> Session | None:
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                use + _WHAT_IS_USED,
                {"token_hash": token_hash, "now": now, "idle": now - SESSION_IDLE},
            )
            row = await cursor.fetchone()
        return Session(account_of(row), row[_COLUMN_COUNT]) if row else None


def account_of(row: Sequence[Any]) -> Account:
    """Reads a row that begins with what SELECT_ACCOUNT names."""
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
