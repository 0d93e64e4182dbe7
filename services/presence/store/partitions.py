"""Partitions by day, made when the first row of a day comes."""

from collections.abc import Iterable
from datetime import date, timedelta

from psycopg import sql

from chassis.database import Connection, Database
from services.presence.telemetry import PresenceTelemetry

_DAY = timedelta(days=1)
_PARTITIONS = """
SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
WHERE inhparent = to_regclass(%s) ORDER BY relname
"""


class DayPartitions:
    """The partitions of one table, remembered once they were seen.

    A partition is made beside the table and attached to it, which blocks neither readers nor
    writers; replicas take turns.
    """

    def __init__(self, table: str, database: Database, telemetry: PresenceTelemetry) -> None:
        self._table = table
        self._database = database
        self._telemetry = telemetry
        self._seen: set[date] = set()

    def forget(self) -> None:
        """Looks again, from now on, which partitions there are: retention may have dropped some."""
        self._seen.clear()

    async def ensure(self, days: Iterable[date]) -> None:
        """Returns when the table has a partition for each day."""
        missing = set(days) - self._seen
        if not missing:
            return
        for day in sorted(missing):
            async with self._database.transaction() as connection:
                created = await self._create(connection, day)
            self._seen.add(day)
            if created:
                self._telemetry.partition_created(self._table, day.isoformat())

    async def _create(self, connection: Connection, day: date) -> bool:
        name = f"{self._table}_{day:%Y%m%d}"
        await connection.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", (f"muster.presence.{self._table}",)
        )
        cursor = await connection.execute("SELECT to_regclass(%s) IS NULL", (name,))
        row = await cursor.fetchone()
        if row is None or not row[0]:
            return False
        table, partition = sql.Identifier(self._table), sql.Identifier(name)
        await connection.execute(
            sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(partition, table)
        )
        await connection.execute(
            sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})").format(
                table, partition, _bound(day), _bound(day + _DAY)
            )
        )
        return True


async def list_partitions(connection: Connection, table: str) -> list[tuple[date, str]]:
    """Lists the days for which a table has a partition, with its name, oldest first."""
    cursor = await connection.execute(_PARTITIONS, (table,))
    return [(_day_of(name), name) for (name,) in await cursor.fetchall()]


def _day_of(partition: str) -> date:
    return date.fromisoformat(partition[-8:])


def _bound(day: date) -> sql.Literal:
    # A bare day bounds a column of instants by the session's zone, which the chassis sets to UTC.
    return sql.Literal(day.isoformat())
