"""Sources and their mappings in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chassis.database import Database
from gateway.app.source_ports import Page
from gateway.domain.sources.signing import Scheme, Signing
from gateway.domain.sources.source import MappingVersion, Secrets, Source

_SOURCE = """
    SELECT s.id, s.site, s.display_name, s.scheme, s.header, s.timestamp_header, s.signed_text,
           s.active_version, s.former_secret_expire_time, s.create_time, s.update_time
"""
_PENDING = "(SELECT count(*) FROM source_event e WHERE e.source = s.id AND e.state = 'PENDING')"
_MAPPING = "SELECT source, version, text, author, create_time FROM source_mapping"


class StoredSources:
    """Keeps sources in the gateway's schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_source(self, source: Source, secret: str) -> bool:
        signing = source.signing
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO source (id, site, display_name, scheme, header, timestamp_header,"
                " signed_text, secret, former_secret, active_version, create_time, update_time)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '', 0, %s, %s) ON CONFLICT DO NOTHING",
                (
                    source.id,
                    source.site,
                    source.display_name,
                    signing.scheme,
                    signing.header,
                    signing.timestamp_header,
                    signing.signed,
                    secret,
                    source.create_time,
                    source.update_time,
                ),
            )
            return cursor.rowcount == 1

    async def find_source(self, source: str) -> Source | None:
        row = await self._row(f"{_SOURCE}, {_PENDING} FROM source s WHERE s.id = %s", source)
        return _source(row) if row else None

    async def list_sources(self, sites: frozenset[str] | None, page: Page) -> Sequence[Source]:
        wanted = None if sites is None else sorted(sites)
        [after] = page.after or ("",)
        rows = await self._rows(
            f"{_SOURCE}, {_PENDING} FROM source s WHERE (%s::text[] IS NULL OR s.site = ANY(%s))"
            " AND s.id > %s ORDER BY s.id LIMIT %s",
            wanted,
            wanted,
            after,
            page.limit,
        )
        return [_source(row) for row in rows]

    async def change_source(self, source: Source, former: datetime) -> bool:
        signing = source.signing
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE source SET display_name = %s, scheme = %s, header = %s,"
                " timestamp_header = %s, signed_text = %s, update_time = %s"
                " WHERE id = %s AND update_time = %s",
                (
                    source.display_name,
                    signing.scheme,
                    signing.header,
                    signing.timestamp_header,
                    signing.signed,
                    source.update_time,
                    source.id,
                    former,
                ),
            )
            return cursor.rowcount == 1

    async def find_secrets(self, source: str) -> tuple[Source, Secrets] | None:
        row = await self._row(
            f"{_SOURCE}, s.secret, s.former_secret FROM source s WHERE s.id = %s", source
        )
        if row is None:
            return None
        *columns, current, former = row
        found = _source(columns)
        return found, Secrets(current, former, found.former_secret_expire_time)

    async def set_secrets(self, source: str, secrets: Secrets, now: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE source SET secret = %s, former_secret = %s,"
                " former_secret_expire_time = %s, update_time = %s WHERE id = %s",
                (secrets.current, secrets.former, secrets.former_expire_time, now, source),
            )

    async def add_mapping(
        self, source: str, text: str, author: str, now: datetime
    ) -> MappingVersion:
        async with self._database.transaction() as connection:
            # The source's row is the lock under which versions are counted.
            await connection.execute(
                "SELECT 1 FROM source WHERE id = %s FOR NO KEY UPDATE", (source,)
            )
            cursor = await connection.execute(
                f"{_MAPPING} WHERE source = %s AND text = %s", (source, text)
            )
            if known := await cursor.fetchone():
                return MappingVersion(*known)
            cursor = await connection.execute(
                "INSERT INTO source_mapping (source, version, text, author, create_time)"
                " SELECT %s, coalesce(max(version), 0) + 1, %s, %s, %s FROM source_mapping"
                " WHERE source = %s RETURNING source, version, text, author, create_time",
                (source, text, author, now, source),
            )
            [row] = await cursor.fetchall()
        return MappingVersion(*row)

    async def list_mappings(self, source: str, page: Page) -> Sequence[MappingVersion]:
        [after] = page.after or (2**31 - 1,)
        rows = await self._rows(
            f"{_MAPPING} WHERE source = %s AND version < %s ORDER BY version DESC LIMIT %s",
            source,
            after,
            page.limit,
        )
        return [MappingVersion(*row) for row in rows]

    async def find_mapping(self, source: str, version: int) -> MappingVersion | None:
        row = await self._row(f"{_MAPPING} WHERE source = %s AND version = %s", source, version)
        return MappingVersion(*row) if row else None

    async def activate(self, source: str, version: int, now: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE source SET active_version = %s, update_time = %s WHERE id = %s",
                (version, now, source),
            )

    async def _row(self, query: str, *values: Any) -> Sequence[Any] | None:
        async with self._database.connection() as connection:
            cursor = await connection.execute(query, values)
            return await cursor.fetchone()

    async def _rows(self, query: str, *values: Any) -> Sequence[Sequence[Any]]:
        async with self._database.connection() as connection:
            cursor = await connection.execute(query, values)
            return await cursor.fetchall()


def _source(row: Sequence[Any]) -> Source:
    id_, site, display_name, scheme, header, timestamp_header, signed, version, expire, *rest = row
    signing = Signing(Scheme(scheme), header, timestamp_header, signed)
    return Source(id_, site, display_name, signing, version, expire, *rest)
