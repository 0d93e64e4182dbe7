"""Protection profiles and their confirmations in PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from chassis.database import Database
from gateway.app.protection_ports import Confirmation
from gateway.app.source_ports import Page
from gateway.domain.protection import Agreement, ProfileVersion

_VERSION = """
    SELECT site, version, rule_set, agreed_by, agreement_day, agreement_reference, effective_time,
           from_the_beginning, author, create_time
    FROM protection_profile
"""
_CONFIRMATION = "SELECT agent, version, confirm_time FROM protection_confirmation"


class StoredProfiles:
    """Keeps profiles in the gateway's schema."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load_all(self) -> Sequence[ProfileVersion]:
        return [_version(row) for row in await self._rows(f"{_VERSION} ORDER BY site, version")]

    async def list_versions(self, site: str, page: Page) -> Sequence[ProfileVersion]:
        [before] = page.after or (None,)
        rows = await self._rows(
            f"{_VERSION} WHERE site = %s AND (%s::bigint IS NULL OR version < %s)"
            " ORDER BY version DESC LIMIT %s",
            site,
            before,
            before,
            page.limit,
        )
        return [_version(row) for row in rows]

    async def add(self, version: ProfileVersion) -> bool:
        agreement = version.agreement
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO protection_profile (site, version, rule_set, agreed_by, agreement_day,"
                " agreement_reference, effective_time, from_the_beginning, author, create_time)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (
                    version.site,
                    version.version,
                    version.rule_set,
                    agreement.agreed_by,
                    agreement.day,
                    agreement.reference,
                    version.effective_time,
                    version.from_the_beginning,
                    version.author,
                    version.create_time,
                ),
            )
            return cursor.rowcount == 1

    async def confirm(self, site: str, confirmation: Confirmation) -> Confirmation:
        key = site, confirmation.version, confirmation.agent
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO protection_confirmation (site, version, agent, confirm_time)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (*key, confirmation.confirm_time),
            )
        return await self.find_confirmation(*key) or confirmation

    async def count_confirmations(self, site: str, version: int) -> int:
        [row] = await self._rows(
            "SELECT count(*) FROM protection_confirmation WHERE site = %s AND version = %s",
            site,
            version,
        )
        return int(row[0])

    async def find_confirmation(self, site: str, version: int, agent: str) -> Confirmation | None:
        rows = await self._rows(
            f"{_CONFIRMATION} WHERE site = %s AND version = %s AND agent = %s", site, version, agent
        )
        return Confirmation(*rows[0]) if rows else None

    async def list_confirmations(
        self, site: str, version: int, page: Page
    ) -> Sequence[Confirmation]:
        [after] = page.after or ("",)
        rows = await self._rows(
            f"{_CONFIRMATION} WHERE site = %s AND version = %s AND agent > %s"
            " ORDER BY agent LIMIT %s",
            site,
            version,
            after,
            page.limit,
        )
        return [Confirmation(*row) for row in rows]

    async def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        async with self._database.connection() as connection:
            cursor = await connection.execute(query.encode(), values)
            return await cursor.fetchall()


def _version(row: tuple[Any, ...]) -> ProfileVersion:
    site, version, rule_set, agreed_by, day, reference, *rest = row
    return ProfileVersion(site, version, rule_set, Agreement(agreed_by, day, reference), *rest)
