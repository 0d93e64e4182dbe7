"""Reading a whole site: where its log stands, and what was published."""

from collections.abc import AsyncIterator

from chassis.database import Connection, Database, read_head, read_outbox_after
from services.presence.app.ports import Coverage
from services.presence.domain.entry import FIRST_EPOCH, Place

_REPLAY_ROWS = 64

_HEADS = "SELECT site, epoch, seq FROM site_head"
_COVERAGE = "SELECT first_occurred_time, last_occurred_time FROM site_coverage WHERE site = %s"


class PostgresSiteReader:
    """The log of one site in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read_coverage(self, site: str) -> Coverage:
        """Reads where the log stands as the port says."""
        async with self._database.connection() as connection:
            place = await read_place(connection, site)
            cursor = await connection.execute(_COVERAGE, (site,), binary=True)
            row = await cursor.fetchone()
        return Coverage(place) if row is None else Coverage(place, *row)

    async def read_heads(self) -> list[Place]:
        """Returns where the log of each site stands."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_HEADS, binary=True)
            return [Place(*row) for row in await cursor.fetchall()]

    async def replay(self, after: Place) -> AsyncIterator[bytes]:
        """Yields messages as the port says; each part is read on its own, so none holds a lock."""
        async with self._database.connection() as connection:
            head = await read_place(connection, after.site)
        more = True
        while more:
            async with self._database.connection() as connection:
                rows = await read_outbox_after(connection, *after, limit=_REPLAY_ROWS)
            for row in rows:
                after = Place(row.site, row.epoch, row.seq)
                yield row.payload
            more = bool(rows) and after < head


async def read_place(connection: Connection, site: str) -> Place:
    """Returns where the site's log stands."""
    head = await read_head(connection, site)
    return Place(site, FIRST_EPOCH, 0) if head is None else Place(site, head.epoch, head.seq)
