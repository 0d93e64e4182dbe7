"""Reads the audit log from PostgreSQL, signs and drops."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from chassis.database import Connection, Database
from chassis.scope import Scope
from gateway.app.audit_ports import AuditEntry, AuditFilter, AuditPlace, Look
from gateway.app.source_ports import Page
from gateway.store.audit_writing import LOCK, drop_partitions
from proof.audit import (
    AUDIT_CHAIN,
    AUDIT_EPOCH,
    AUDIT_TEXTS,
    LINKS_IN_A_PART,
    AuditContent,
    AuditExport,
    AuditLink,
    KeptEntry,
)
from proof.checkpoint import Checkpoint
from proof.link import Link

MOST_STRAYS = 100

_ENTRY = """
    SELECT e.seq, e.position, e.recorded_time, e.kind, e.actor, e.method, e.person, e.site, e.team,
        e.purpose, e.outcome, e.summary, e.trace_id, e.address_class, e.request_digest,
        e.change_seq, e.change_position
"""
# Whoever sees neither all sites nor this one sees the entry by the person's team or herself.
_LIST = f"""
{_ENTRY} FROM audit_entry AS e
WHERE (%(all_sites)s OR e.site = ANY (%(sites)s) OR e.team = ANY (%(teams)s)
        OR e.person = ANY (%(agents)s))
    AND (%(actor)s = '' OR e.actor = %(actor)s) AND (%(person)s = '' OR e.person = %(person)s)
    AND (%(method)s = '' OR e.method = %(method)s) AND (%(site)s = '' OR e.site = %(site)s)
    AND (%(start)s::timestamptz IS NULL OR e.recorded_time >= %(start)s)
    AND (%(end)s::timestamptz IS NULL OR e.recorded_time < %(end)s)
    AND (e.seq, e.position) < (%(before_seq)s, %(before_position)s)
ORDER BY e.seq DESC, e.position DESC LIMIT %(limit)s
"""
_LOOKS = f"""
{_ENTRY}, coalesce(a.display_name, '') FROM audit_entry AS e
LEFT JOIN account AS a ON e.actor IN ('accounts/' || a.id, 'serviceAccounts/' || a.id)
WHERE e.person = %(person)s AND e.kind IN ('LOOK', 'CHANGE')
    AND NOT (a.agent <> '' AND a.agent = %(person)s AND e.actor = 'accounts/' || a.id)
    AND (e.seq, e.position) < (%(before_seq)s, %(before_position)s)
ORDER BY e.seq DESC, e.position DESC LIMIT %(limit)s
"""
_LINKS = f"""
SELECT seq, recorded_time, previous_hash, root, entry_count, hash FROM audit_link
WHERE seq >= %s ORDER BY seq LIMIT {LINKS_IN_A_PART}
"""  # noqa: S608 - a constant
_OF_LINKS = f"{_ENTRY} FROM audit_entry AS e WHERE e.seq BETWEEN %s AND %s ORDER BY 1, 2"
_CHECKPOINT = "SELECT seq, link_hash, recorded_time, key_id, signature FROM audit_checkpoint"
_STRAYS = f"""
SELECT seq, position FROM audit_entry AS e
WHERE NOT EXISTS (SELECT 1 FROM audit_link AS l WHERE l.seq = e.seq)
ORDER BY seq, position LIMIT {MOST_STRAYS}
"""  # noqa: S608 - a constant
_BEHIND_ALL = 2**62


class StoredAudit:
    """The log in the gateway's schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_entries(
        self, wanted: AuditFilter, scope: Scope, page: Page
    ) -> Sequence[AuditEntry]:
        values = {
            "all_sites": scope.sites is None,
            "sites": sorted(scope.sites or ()),
            "teams": sorted(scope.teams),
            "agents": sorted(scope.agents),
            "actor": wanted.actor,
            "person": wanted.person,
            "method": wanted.method,
            "site": wanted.site,
            "start": wanted.start_time,
            "end": wanted.end_time,
        }
        return [_entry(row) for row in await self._page(_LIST, values, page)]

    async def list_looks(self, person: str, page: Page) -> Sequence[Look]:
        rows = await self._page(_LOOKS, {"person": person}, page)
        return [Look(_entry(row), row[17] or row[4]) for row in rows]

    async def read_part(self, first_seq: int) -> AuditExport:
        async with self._database.connection() as connection:
            links = await _fetch(connection, _LINKS, (first_seq,))
            last_seq = links[-1][0] if len(links) == LINKS_IN_A_PART else _BEHIND_ALL
            entries = await _fetch(connection, _OF_LINKS, (first_seq, last_seq))
            checkpoints = await _fetch(
                connection,
                f"{_CHECKPOINT} WHERE seq BETWEEN %s AND %s ORDER BY seq",
                (first_seq, last_seq),
            )
            strays = await _fetch(connection, _STRAYS, ()) if first_seq <= 1 else []
            kept = await _fetch(connection, "SELECT max(kept_from) FROM audit_retention", ())
        return AuditExport(
            kept[0][0],
            _links(links, entries),
            [_checkpoint(row) for row in checkpoints],
            [(seq, position) for seq, position in strays],
        )

    async def list_links(self, first_seq: int) -> Sequence[AuditLink]:
        async with self._database.connection() as connection:
            return _links(await _fetch(connection, _LINKS, (first_seq,)), ())

    async def find_last_checkpoint(self) -> Checkpoint | None:
        async with self._database.connection() as connection:
            rows = await _fetch(connection, f"{_CHECKPOINT} ORDER BY seq DESC LIMIT 1", ())
        return _checkpoint(rows[0]) if rows else None

    async def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO audit_checkpoint (seq, link_hash, recorded_time, key_id, signature)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (
                    checkpoint.seq,
                    checkpoint.link_hash,
                    checkpoint.recorded_time,
                    checkpoint.key_id,
                    checkpoint.signature,
                ),
            )

    async def drop_before(self, day: date) -> int:
        async with self._database.transaction() as connection:
            await connection.execute(LOCK)
            dropped = await drop_partitions(connection, day)
            if dropped:
                await connection.execute(
                    "INSERT INTO audit_retention (kept_from) VALUES (%s) ON CONFLICT DO NOTHING",
                    (day,),
                )
        return dropped

    async def _page(self, query: str, values: dict[str, Any], page: Page) -> list[tuple[Any, ...]]:
        before_seq, before_position = page.after or (_BEHIND_ALL, 0)
        place = {"before_seq": before_seq, "before_position": before_position}
        async with self._database.connection() as connection:
            return await _fetch(connection, query, values | place | {"limit": page.limit})


async def _fetch(connection: Connection, query: str, values: Any) -> list[tuple[Any, ...]]:
    cursor = await connection.execute(query.encode(), values)
    return await cursor.fetchall()


def _entry(row: Sequence[Any]) -> AuditEntry:
    return AuditEntry(AuditPlace(row[0], row[1]), row[2], _content(row))


def _content(row: Sequence[Any]) -> AuditContent:
    texts: dict[str, Any] = dict(zip(AUDIT_TEXTS, row[3:14], strict=True))
    digest, change_seq, change_position = row[14:17]
    return AuditContent(
        **texts,
        request_digest=bytes(digest),
        change_seq=change_seq,
        change_position=change_position,
    )


def _links(rows: Iterable[Sequence[Any]], entries: Iterable[Sequence[Any]]) -> list[AuditLink]:
    by_seq: dict[int, list[KeptEntry]] = {}
    for row in entries:
        by_seq.setdefault(row[0], []).append(KeptEntry(row[1], row[2], _content(row)))
    return [
        AuditLink(
            Link(AUDIT_CHAIN, AUDIT_EPOCH, *row[:5]), bytes(row[5]), tuple(by_seq.get(row[0], ()))
        )
        for row in rows
    ]


def _checkpoint(row: Sequence[Any]) -> Checkpoint:
    seq, link_hash, recorded_time, key_id, signature = row
    return Checkpoint(
        AUDIT_CHAIN, AUDIT_EPOCH, seq, bytes(link_hash), recorded_time, key_id, bytes(signature)
    )
