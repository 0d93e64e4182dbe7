"""The checkpoints in PostgreSQL."""

from chassis.database import Database
from proof.checkpoint import Checkpoint
from proof.stored import SELECT_CHECKPOINTS, checkpoint_of

_GREATEST = 2**62
_COLUMNS = "site, epoch, seq, link_hash, recorded_time, key_id, signature"
_LAST = f"""
SELECT {_COLUMNS} FROM checkpoint WHERE site = %s AND seq <= %s ORDER BY seq DESC LIMIT 1
"""  # noqa: S608 - constants
_INSERT = f"""
INSERT INTO checkpoint ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants


class PostgresCheckpoints:
    """Signatures over links."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_last(self, site: str) -> Checkpoint | None:
        """Returns the newest one."""
        return await self.find_at_or_before(site, _GREATEST)

    async def list_between(self, site: str, first: int, last: int, limit: int) -> list[Checkpoint]:
        """Lists those of a range of links."""
        values = {"site": site, "first": first, "last": last, "limit": limit}
        async with self._database.connection() as connection:
            cursor = await connection.execute(SELECT_CHECKPOINTS, values, binary=True)
            return [checkpoint_of(row) for row in await cursor.fetchall()]

    async def find_at_or_before(self, site: str, seq: int) -> Checkpoint | None:
        """Returns the last one up to a link."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_LAST, (site, seq), binary=True)
            row = await cursor.fetchone()
        return None if row is None else checkpoint_of(row)

    async def find_at_or_after(self, site: str, seq: int) -> Checkpoint | None:
        """Returns the first one from a link on."""
        found = await self.list_between(site, seq, _GREATEST, 1)
        return found[0] if found else None

    async def add(self, checkpoint: Checkpoint) -> None:
        """Adds one."""
        one = checkpoint
        place = (one.site, one.epoch, one.seq, one.link_hash, one.recorded_time)
        async with self._database.transaction() as connection:
            await connection.execute(_INSERT, (*place, one.key_id, one.signature))
