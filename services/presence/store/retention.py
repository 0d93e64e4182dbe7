"""Retention in PostgreSQL: rows go in short transactions, and a partition once it is empty."""

from datetime import date

from psycopg import sql

from chassis.database import Connection, Database
from services.presence.store.partitions import list_partitions
from services.presence.store.tables import REPORT_KEY, STATE_LOG

ROWS_AT_ONCE = 5_000

# Never back: what is gone does not come again.
_SET_KEPT_FROM = """
INSERT INTO kept_from AS known (site, day) VALUES (%s, %s)
ON CONFLICT (site) DO UPDATE SET day = greatest(known.day, excluded.day)
"""
# Keys go with their entries: as long as an entry is kept, its repeat is known.
_DELETE = f"""
WITH gone AS (
    DELETE FROM {{}} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM {{}} WHERE site = %(site)s LIMIT {ROWS_AT_ONCE}
    ))
    RETURNING site, epoch, seq, position, agent, source, event_id,
        (coalesce(source_time, occurred_time) AT TIME ZONE 'UTC')::date AS day
), texts AS (
    DELETE FROM entry_text AS sealed USING gone
    WHERE (sealed.site, sealed.epoch, sealed.seq, sealed.position)
        = (gone.site, gone.epoch, gone.seq, gone.position)
), keys AS (
    DELETE FROM report_key AS key USING gone
    WHERE (key.occurred_day, key.agent, key.source, key.event_id)
        = (gone.day, gone.agent, gone.source, gone.event_id)
)
SELECT count(*) FROM gone
"""  # noqa: S608 - constants
_DAYS = ("agent_day", "late_change")
# As the one who makes partitions, so that none is dropped while it is made.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext(%s))"


class PostgresRetention:
    """Takes away what is no longer kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set_kept_from(self, site: str, day: date) -> None:
        """Notes from which day of recording on a site's entries are kept."""
        async with self._database.transaction() as connection:
            await connection.execute(_SET_KEPT_FROM, (site, day))

    async def delete_before(self, site: str, day: date) -> int:
        """Deletes as the port says."""
        total = 0
        for partition in await self._partitions_before(STATE_LOG.name, day):
            name = sql.Identifier(partition)
            delete = sql.SQL(_DELETE).format(name, name)
            count = ROWS_AT_ONCE
            while count == ROWS_AT_ONCE:
                count = await self._delete(delete, site)
                total += count
        async with self._database.transaction() as connection:
            for table in _DAYS:
                await connection.execute(
                    f"DELETE FROM {table} WHERE site = %s AND day < %s",  # noqa: S608 - constants
                    (site, day),
                )
        return total

    async def drop_empty(self) -> list[str]:
        """Drops partitions of days before every site's kept day that hold nothing."""
        async with self._database.connection() as connection:
            cursor = await connection.execute("SELECT min(day) FROM kept_from")
            row = await cursor.fetchone()
        if row is None or row[0] is None:
            return []
        dropped = []
        for table in (STATE_LOG.name, REPORT_KEY.name):
            for partition in await self._partitions_before(table, row[0]):
                async with self._database.transaction() as connection:
                    if await _drop_if_empty(connection, table, partition):
                        dropped.append(partition)
        return dropped

    async def _partitions_before(self, table: str, day: date) -> list[str]:
        async with self._database.connection() as connection:
            partitions = await list_partitions(connection, table)
        return [name for its_day, name in partitions if its_day < day]

    async def _delete(self, delete: sql.Composed, site: str) -> int:
        async with self._database.transaction() as connection:
            cursor = await connection.execute(delete, {"site": site})
            row = await cursor.fetchone()
        return row[0] if row else 0


async def _drop_if_empty(connection: Connection, table: str, partition: str) -> bool:
    await connection.execute(_LOCK, (f"muster.presence.{table}",))
    name = sql.Identifier(partition)
    # Nobody may add a row between the look and the drop; readers of the table wait for a moment.
    await connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(name))
    cursor = await connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(name))
    if await cursor.fetchone() is not None:
        return False
    await connection.execute(sql.SQL("DROP TABLE {}").format(name))
    return True
