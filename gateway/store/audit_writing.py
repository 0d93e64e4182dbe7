"""Adds to the audit log in PostgreSQL."""

from collections.abc import Sequence
from datetime import date, datetime

from psycopg import sql

from chassis.database import Connection, Database
from proof.audit import AUDIT_CHAIN, AUDIT_EPOCH, AUDIT_TEXTS, AuditContent, encode_audit_entry
from proof.link import Link
from proof.merkle import leaf_hash, root_of

# Replicas take turns. Its own statement, so that the next one sees what the one before committed.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('muster.gateway.audit'))"

_LAST = "SELECT seq, hash, recorded_time FROM audit_link ORDER BY seq DESC LIMIT 1"
_ADD_LINK = """
INSERT INTO audit_link (seq, recorded_time, previous_hash, root, entry_count, hash)
VALUES (%s, %s, %s, %s, %s, %s)
"""
_ADD_ENTRY = """
INSERT INTO audit_entry (seq, position, recorded_time, kind, actor, method, person, site, team,
    purpose, outcome, summary, trace_id, address_class, request_digest, change_seq, change_position)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_PARTITION = "audit_entry_{:%Y%m}"


class StoredAuditWriter:
    """Adds links to the gateway's schema."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._partitions: set[date] = set()

    async def append(self, contents: Sequence[AuditContent], now: datetime) -> int:
        # In a pipeline, since every look waits for the turns to the database.
        async with self._database.transaction() as connection, connection.pipeline():
            await connection.execute(LOCK)
            link = _next_link(await _last_link(connection), contents, now)
            await self._ensure_partition(connection, link.recorded_time)
            await connection.execute(
                _ADD_LINK,
                (
                    link.seq,
                    link.recorded_time,
                    link.previous_hash,
                    link.root,
                    link.entry_count,
                    link.hash,
                ),
            )
            rows = [
                (link.seq, position, link.recorded_time, *_columns(content))
                for position, content in enumerate(contents)
            ]
            await connection.cursor().executemany(_ADD_ENTRY, rows)
        self._partitions.add(_month_of(link.recorded_time))
        return link.seq

    async def _ensure_partition(self, connection: Connection, recorded_time: datetime) -> None:
        month = _month_of(recorded_time)
        if month not in self._partitions:
            await _create_partition(connection, month)


async def drop_partitions(connection: Connection, day: date) -> int:
    """Drops the partitions of months that end before a day; returns how many there were."""
    cursor = await connection.execute(
        "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
        " WHERE inhparent = 'audit_entry'::regclass AND relname < %s",
        (_PARTITION.format(day),),
    )
    names = [name for (name,) in await cursor.fetchall()]
    for name in names:
        await connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))
    return len(names)


async def _last_link(connection: Connection) -> tuple[int, bytes, datetime | None]:
    cursor = await connection.execute(_LAST)
    row = await cursor.fetchone()
    return (row[0], bytes(row[1]), row[2]) if row else (0, b"", None)


def _next_link(
    last: tuple[int, bytes, datetime | None], contents: Sequence[AuditContent], now: datetime
) -> Link:
    seq, previous_hash, former_time = last
    leaves = [leaf_hash(encode_audit_entry(content)) for content in contents]
    # Replicas' clocks differ a little; the order of links is that of their times.
    recorded_time = max(now, former_time or now)
    return Link(
        AUDIT_CHAIN,
        AUDIT_EPOCH,
        seq + 1,
        recorded_time,
        previous_hash,
        root_of(leaves),
        len(contents),
    )


async def _create_partition(connection: Connection, month: date) -> None:
    name = sql.Identifier(_PARTITION.format(month))
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    cursor = await connection.execute("SELECT to_regclass(%s)", (_PARTITION.format(month),))
    row = await cursor.fetchone()
    if row is not None and row[0] is not None:
        return
    for statement in (
        "CREATE TABLE {name} PARTITION OF audit_entry FOR VALUES FROM ({start}) TO ({end})",
        "CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON {name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()",
        "REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM CURRENT_USER",
    ):
        await connection.execute(
            sql.SQL(statement).format(
                name=name,
                start=sql.Literal(month.isoformat()),
                end=sql.Literal(following.isoformat()),
            )
        )


def _columns(content: AuditContent) -> tuple[object, ...]:
    texts = [getattr(content, name) for name in AUDIT_TEXTS]
    return (*texts, content.request_digest, content.change_seq, content.change_position)


def _month_of(instant: datetime) -> date:
    return instant.date().replace(day=1)
