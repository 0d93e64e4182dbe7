"""The record read from the database itself, with nobody of Muster in between."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import psycopg

from cli.errors import CommandError
from cli.verify.record import ChainPart, SiteRecord, stray_fault
from proof import stored

_EVERYTHING = 2**62
_FIRST_DAY = date(1970, 1, 1)
_SCHEMA = "-c search_path=presence -c timezone=UTC -c default_transaction_read_only=on"

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class DatabaseRecord:
    """The tables of presence, read as whoever the URL names."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def list_sites(self) -> list[str]:
        """Lists the sites that have a chain."""
        return [row[0] for row in await self._heads()]

    async def describe(self, site: str) -> SiteRecord:
        """Reads what stands beside a chain."""
        heads = {row[0]: row for row in await self._heads()}
        everything = {"site": site, "first": 0, "last": _EVERYTHING, "limit": _EVERYTHING}
        checkpoints = await self._fetch(stored.SELECT_CHECKPOINTS, everything)
        roots = await self._fetch(stored.SELECT_ROOTS, everything | {"after": _FIRST_DAY})
        kept = await self._fetch(stored.SELECT_KEPT_FROM, {"site": site})
        last_seq = heads[site][2] if site in heads else 0
        strays = await self._fetch(stored.SELECT_STRAYS, {"site": site, "last": last_seq})
        pseudonyms = await self._fetch(stored.SELECT_PSEUDONYMS, {})
        return SiteRecord(
            site,
            last_seq,
            [stored.checkpoint_of(row) for row in checkpoints],
            [stored.root_of_row(row) for row in roots],
            kept[0][0] if kept else None,
            [stray_fault(*row) for row in strays],
            frozenset(row[0] for row in pseudonyms),
        )

    async def read(self, site: str, first_seq: int, last_seq: int) -> AsyncIterator[ChainPart]:
        """Yields links in order, part by part."""
        for (epoch,) in await self._fetch(stored.SELECT_EPOCHS, {"site": site}):
            async for part in self._read_epoch(site, epoch, first_seq, last_seq):
                yield part

    async def _read_epoch(
        self, site: str, epoch: int, first_seq: int, last_seq: int
    ) -> AsyncIterator[ChainPart]:
        while first_seq <= last_seq:
            span = {"site": site, "epoch": epoch, "first": first_seq, "last": last_seq}
            found = await self._fetch(stored.SELECT_LINKS, span)
            if not found:
                return
            links = stored.with_few_entries(found)
            times = {"last": links[-1][2], "start": links[0][3], "end": links[-1][3]}
            entries = await self._fetch(stored.SELECT_ENTRIES, span | times)
            names = await self._fetch(stored.SELECT_NAMES, {"names": stored.names_in(entries)})
            yield ChainPart(*stored.stored_links(links, entries, names))
            first_seq = links[-1][2] + 1

    async def _heads(self) -> list[tuple[Any, ...]]:
        return await self._fetch(stored.SELECT_SITES, {})

    async def _fetch(self, query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        cursor = await self._connection.execute(query.encode(), values, binary=True)
        return await cursor.fetchall()


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[DatabaseRecord]:
    """Opens a database for reading, as of one instant."""
    try:
        connection = await psycopg.AsyncConnection.connect(url, options=_SCHEMA)
    except psycopg.Error as error:
        raise CommandError(f"cannot read the database: {_first_line(error)}", exit_code=2) from None
    async with connection:
        try:
            await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
            yield DatabaseRecord(connection)
        except psycopg.Error as error:
            raise CommandError(f"the database refuses: {_first_line(error)}", exit_code=2) from None


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
