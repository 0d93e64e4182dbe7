"""Reading the chains."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime
from typing import Any

from chassis.database import Connection, Database
from proof import stored
from proof.verify import StoredLink
from services.presence.app.ports import Span
from services.presence.app.record_ports import ChainPart, StrayEntry
from services.presence.domain.entry import Place
from services.presence.store.entry_reader import SKEW

_SELECT_LAST_BEFORE = """
SELECT max(seq) FROM link
WHERE site = %(site)s AND epoch = %(epoch)s AND seq >= %(first)s AND recorded_time < %(end)s
"""
_SELECT_NAMING = """
SELECT DISTINCT site, epoch, seq FROM state_log
WHERE agent = %(agent)s AND occurred_time >= %(start)s AND occurred_time < %(end)s
    AND recorded_time >= %(recorded_from)s
ORDER BY site, epoch, seq
"""


class PostgresChain:
    """The chains in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_heads(self) -> list[Place]:
        """Lists heads as the port says."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(stored.SELECT_SITES)
            return [Place(*row) for row in await cursor.fetchall()]

    async def find_head(self, site: str) -> Place | None:
        """Returns the head of a site as the port says."""
        heads = {head.site: head for head in await self.list_heads()}
        return heads.get(site)

    async def list_links(self, site: str, first_seq: int, last_seq: int) -> list[StoredLink]:
        """Lists links as the port says."""
        async with self._database.connection() as connection:
            for epoch in await _epochs(connection, site):
                values = _range(Place(site, epoch, first_seq), last_seq)
                rows = await _fetch(connection, stored.SELECT_LINKS, values)
                if rows:
                    return stored.stored_links(rows, (), ())[0]
        return []

    async def read(self, site: str, first_seq: int, last_seq: int) -> AsyncIterator[ChainPart]:
        """Yields links as the port says; each part is read on its own, so none holds a lock."""
        async with self._database.connection() as connection:
            epochs = await _epochs(connection, site)
        for epoch in epochs:
            first = Place(site, epoch, first_seq)
            while first.seq <= last_seq and (part := await self._read_part(first, last_seq)).links:
                yield part
                first = first._replace(seq=part.links[-1].link.seq + 1)

    async def find_last_before(self, first: Place, end: datetime) -> int | None:
        """Returns the seq of a link as the port says."""
        values = {"site": first.site, "epoch": first.epoch, "first": first.seq, "end": end}
        async with self._database.connection() as connection:
            rows = await _fetch(connection, _SELECT_LAST_BEFORE, values)
        return rows[0][0] if rows else None

    async def list_seqs_naming(self, agent: str, span: Span) -> list[Place]:
        """Lists places as the port says."""
        values = {
            "agent": agent,
            "start": span.start_time,
            "end": span.end_time,
            "recorded_from": span.start_time - SKEW,
        }
        async with self._database.connection() as connection:
            return [Place(*row) for row in await _fetch(connection, _SELECT_NAMING, values)]

    async def list_strays(self, site: str) -> list[StrayEntry]:
        """Lists entries as the port says; of one instant, so that none is of a commit meanwhile."""
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            heads = await _fetch(connection, stored.SELECT_SITES, {})
            last_seqs = {place.site: place.seq for place in (Place(*head) for head in heads)}
            values = {"site": site, "last": last_seqs.get(site, 0)}
            rows = await _fetch(connection, stored.SELECT_STRAYS, values)
        return [StrayEntry(*row) for row in rows]

    async def list_pseudonyms(self) -> list[str]:
        """Lists pseudonyms as the port says."""
        async with self._database.connection() as connection:
            return [row[0] for row in await _fetch(connection, stored.SELECT_PSEUDONYMS, {})]

    async def find_kept_from(self, site: str) -> date | None:
        """Returns a day as the port says."""
        async with self._database.connection() as connection:
            rows = await _fetch(connection, stored.SELECT_KEPT_FROM, {"site": site})
        return rows[0][0] if rows else None

    async def _read_part(self, first: Place, last_seq: int) -> ChainPart:
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            found = await _fetch(connection, stored.SELECT_LINKS, _range(first, last_seq))
            if not found:
                return ChainPart((), ())
            links = stored.with_few_entries(found)
            values = _range(first, links[-1][2]) | {"start": links[0][3], "end": links[-1][3]}
            entries = await _fetch(connection, stored.SELECT_ENTRIES, values)
            names = await _fetch(
                connection, stored.SELECT_NAMES, {"names": stored.names_in(entries)}
            )
        # Hashing takes its time, and reports must not wait for it.
        return ChainPart(*await asyncio.to_thread(stored.stored_links, links, entries, names))


async def _epochs(connection: Connection, site: str) -> list[int]:
    return [row[0] for row in await _fetch(connection, stored.SELECT_EPOCHS, {"site": site})]


def _range(first: Place, last_seq: int) -> dict[str, Any]:
    return {"site": first.site, "epoch": first.epoch, "first": first.seq, "last": last_seq}


async def _fetch(connection: Connection, query: str, values: Mapping[str, Any]) -> list[Any]:
    cursor = await connection.execute(query, values, binary=True)
    return await cursor.fetchall()
