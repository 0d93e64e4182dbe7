"""The daily roots in PostgreSQL."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chassis.database import Database
from proof.daily_root import DailyRoot
from proof.stored import root_of_row
from services.presence.app.record_ports import KeptRoot
from services.presence.domain.entry import Place

_COLUMNS = (
    "site, day, epoch, first_seq, last_seq, entry_count, last_hash, links_root, previous_hash,"
    " leaves_hash, key_id, signature"
)
_SELECT = f"SELECT {_COLUMNS}, exported_time, mailed_time FROM daily_root WHERE site = %(site)s"  # noqa: S608 - constants
_INSERT = f"""
INSERT INTO daily_root ({_COLUMNS})
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants


class PostgresRoots:
    """What chains held at the end of each day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_last(self, site: str) -> DailyRoot | None:
        """Returns the newest one."""
        found = await self._select(" ORDER BY day DESC LIMIT 1", {"site": site})
        return found[0].root if found else None

    async def list_after(self, site: str, after: date, limit: int) -> list[KeptRoot]:
        """Lists those after a day."""
        values = {"site": site, "after": after, "limit": limit}
        return await self._select(" AND day > %(after)s ORDER BY day LIMIT %(limit)s", values)

    async def find(self, site: str, day: date) -> KeptRoot | None:
        """Returns that of a day."""
        found = await self._select(" AND day = %(day)s", {"site": site, "day": day})
        return found[0] if found else None

    async def find_covering(self, place: Place) -> DailyRoot | None:
        """Returns the one that covers a link."""
        condition = " AND epoch = %(epoch)s AND %(seq)s BETWEEN first_seq AND last_seq"
        found = await self._select(condition, place._asdict())
        return found[0].root if found else None

    async def list_undelivered(self, site: str) -> list[KeptRoot]:
        """Lists those that somebody still has to get."""
        condition = " AND (exported_time IS NULL OR mailed_time IS NULL) ORDER BY day"
        return await self._select(condition, {"site": site})

    async def add(self, root: DailyRoot) -> None:
        """Adds one."""
        one = root
        place = (one.site, one.day, one.epoch, one.first_seq, one.last_seq, one.entry_count)
        hashes = (one.last_hash, one.links_root, one.previous_hash, one.leaves_hash)
        async with self._database.transaction() as connection:
            await connection.execute(_INSERT, (*place, *hashes, one.key_id, one.signature))

    async def mark_exported(self, root: DailyRoot, now: datetime) -> None:
        """Notes that it was exported."""
        await self._mark("UPDATE daily_root SET exported_time = %s WHERE site = %s", root, now)

    async def mark_mailed(self, root: DailyRoot, now: datetime) -> None:
        """Notes that it was mailed."""
        await self._mark("UPDATE daily_root SET mailed_time = %s WHERE site = %s", root, now)

    async def _select(self, condition: str, values: Mapping[str, Any]) -> list[KeptRoot]:
        async with self._database.connection() as connection:
            cursor = await connection.execute((_SELECT + condition).encode(), values, binary=True)
            rows = await cursor.fetchall()
        return [
            KeptRoot(root_of_row(row[:-2]), row[-2] is not None, row[-1] is not None)
            for row in rows
        ]

    async def _mark(self, update: str, root: DailyRoot, now: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                (update + " AND day = %s").encode(), (now, root.site, root.day)
            )
