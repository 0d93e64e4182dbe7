"""Erasing people in PostgreSQL: the names of every table, in short transactions.

The first transaction gives each name up: it holds all heads, so that commits come either before it,
and are found by what follows, or after it, and notice that the digests they know are stale. What
follows may be interrupted anywhere and is gone on with.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import sql

from chassis.database import Connection, Database
from services.presence.app.record_ports import Erasure
from services.presence.store.partitions import list_partitions
from services.presence.store.tables import REPORT_KEY, STATE_LOG

_COLUMNS = "request_id, names, pseudonyms, requested_time, completed_time IS NOT NULL"
_FIND = f"SELECT {_COLUMNS} FROM erasure WHERE request_id = %s"  # noqa: S608 - constants
_UNFINISHED = f"SELECT {_COLUMNS} FROM erasure WHERE completed_time IS NULL"  # noqa: S608 - constants
_KNOWS = "SELECT EXISTS (SELECT 1 FROM person WHERE name = ANY (%s))"
_LOCK_HEADS = "SELECT 1 FROM site_head ORDER BY site FOR UPDATE"
_INSERT = """
INSERT INTO erasure (request_id, names, pseudonyms, reason, requested_time)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1
"""
_GIVE_UP = """
UPDATE person SET name = %(pseudonym)s, salt = NULL WHERE name = %(name)s
"""
_COMPLETE = "UPDATE erasure SET names = NULL, completed_time = %s WHERE request_id = %s"

# Texts she wrote or that concern her: text and salt go, the digest stays. They are found by the
# name, so they come first. A partition is a day, and each step of one is a transaction.
_LOG_STEPS = (
    """
    WITH found AS (
        UPDATE {} SET text = '' WHERE (agent = %(name)s OR actor = %(name)s) AND text <> ''
        RETURNING site, epoch, seq, position
    )
    UPDATE entry_text AS sealed SET salt = NULL FROM found
    WHERE (sealed.site, sealed.epoch, sealed.seq, sealed.position)
        = (found.site, found.epoch, found.seq, found.position)
    """,
    "UPDATE {} SET agent = %(pseudonym)s WHERE agent = %(name)s",
    "UPDATE {} SET actor = %(pseudonym)s WHERE actor = %(name)s",
)
_KEY_STEPS = ("UPDATE {} SET agent = %(pseudonym)s WHERE agent = %(name)s",)
_RENAME_AUTHOR = "UPDATE presence_policy SET author = %(pseudonym)s WHERE author = %(name)s"
# What tells of her as she is now, and is of no use under a pseudonym.
_FORGOTTEN = (
    *("agent_state", "agent_day", "late_change"),
    *("source_lease", "source_skew", "source_resend"),
)
# What was sent keeps names until it is pruned a day later; who needs it back reads anew.
_DELETE_SENT = """
DELETE FROM outbox WHERE published_time IS NOT NULL AND position(%s::bytea IN payload) > 0
"""
# What was sent between the deletion and this count is still there, and deleted by the next attempt.
_COUNT_LEFT = "SELECT count(*) FROM outbox WHERE position(%s::bytea IN payload) > 0"


class PostgresErasures:
    """Requests to erase people, and their execution."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, request_id: UUID) -> Erasure | None:
        """Returns a request."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_FIND, (request_id,))
            row = await cursor.fetchone()
        return None if row is None else _erasure_of(row)

    async def knows(self, names: Iterable[str]) -> bool:
        """Tells whether a name was ever recorded and is not erased."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_KNOWS, (list(names),))
            row = await cursor.fetchone()
        return bool(row and row[0])

    async def begin(self, erasure: Erasure, reason: str) -> Erasure:
        """Takes a request as the port says."""
        names, pseudonyms = list(erasure.names), list(erasure.pseudonyms)
        values = (erasure.request_id, names, pseudonyms, reason, erasure.requested_time)
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK_HEADS)
            cursor = await connection.execute(_INSERT, values)
            if await cursor.fetchone() is not None:
                for pair in _pairs(erasure):
                    await connection.execute(_GIVE_UP, pair)
        return await self.find(erasure.request_id) or erasure

    async def list_unfinished(self) -> list[Erasure]:
        """Lists requests that are not completed."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_UNFINISHED)
            return [_erasure_of(row) for row in await cursor.fetchall()]

    async def go_on(self, erasure: Erasure, now: datetime) -> bool:
        """Does what can be done now, as the port says."""
        left = 0
        for pair in _pairs(erasure):
            await self._replace(STATE_LOG.name, _LOG_STEPS, pair)
            await self._replace(REPORT_KEY.name, _KEY_STEPS, pair)
            left += await self._forget(pair)
        if left:
            return False
        async with self._database.transaction() as connection:
            await connection.execute(_COMPLETE, (now, erasure.request_id))
        return True

    async def _replace(
        self, table: str, steps: Sequence[LiteralString], pair: dict[str, str]
    ) -> None:
        async with self._database.connection() as connection:
            partitions = await list_partitions(connection, table)
        for step in steps:
            for _, partition in partitions:
                query = sql.SQL(step).format(sql.Identifier(partition))
                async with self._database.transaction() as connection:
                    await connection.execute(query, pair)

    async def _forget(self, pair: dict[str, str]) -> int:
        """Deletes what is no record; returns how many messages with the name are left."""
        name = pair["name"]
        async with self._database.transaction() as connection:
            await connection.execute(_RENAME_AUTHOR, pair)
            for table in _FORGOTTEN:
                await connection.execute(f"DELETE FROM {table} WHERE agent = %s", (name,))  # noqa: S608 - constants
            return await _delete_sent(connection, name.encode())


async def _delete_sent(connection: Connection, name: bytes) -> int:
    await connection.execute(_DELETE_SENT, (name,))
    cursor = await connection.execute(_COUNT_LEFT, (name,))
    row = await cursor.fetchone()
    return row[0] if row else 0


def _pairs(erasure: Erasure) -> list[dict[str, str]]:
    return [
        {"name": name, "pseudonym": pseudonym}
        for name, pseudonym in zip(erasure.names, erasure.pseudonyms, strict=True)
    ]


def _erasure_of(row: Sequence[Any]) -> Erasure:
    request_id, names, pseudonyms, requested_time, is_completed = row
    return Erasure(request_id, tuple(names or ()), tuple(pseudonyms), requested_time, is_completed)
