"""Publishes shifts, one transaction at a time."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from psycopg.types.json import Jsonb

from chassis.database import Connection, Database
from services.roster.domain.people import AgentName, Place, SiteName
from services.roster.domain.shift_checks import LONGEST_SHIFT, Known
from services.roster.domain.shifts import Shift, ShiftName, Version
from services.roster.store.order import next_place, take_place
from services.roster.store.rows import VERSION_COLUMNS, activities_to, version_of

Encode = Callable[[Place, Sequence[Version]], bytes]
SubjectOf = Callable[[Place], str]

# Two who publish at once could each fit a shift beside what the other changes.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('muster.roster.shifts'), hashtext(%s))"

_AGENTS = "SELECT name, site, end_date FROM agent WHERE name = ANY (%s)"
_NEWEST = f"""
SELECT DISTINCT ON (v.name) {VERSION_COLUMNS} FROM shift_version v
WHERE v.name = ANY (%s) ORDER BY v.name, v.version DESC
"""  # noqa: S608 (constants)
_NEIGHBOURS = f"""
SELECT {VERSION_COLUMNS} FROM shift_version v
WHERE v.agent = ANY (%s) AND v.local_start BETWEEN %s AND %s AND NOT v.cancelled AND NOT EXISTS (
    SELECT FROM shift_version later WHERE later.name = v.name AND later.version > v.version)
"""  # noqa: S608 (constants)
_INSERT = """
INSERT INTO shift_version (name, version, site, agent, time_zone, local_start, local_end,
    activities, cancelled, publish_time, publisher)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
# Local times of different zones are up to 26 hours apart.
_AROUND = LONGEST_SHIFT + timedelta(hours=26)


class SqlShiftStore:
    """Shifts in PostgreSQL, to publish."""

    def __init__(self, database: Database, *, encode: Encode, subject_of: SubjectOf) -> None:
        self._database = database
        self._encode = encode
        self._subject_of = subject_of

    @asynccontextmanager
    async def begin(self, site: SiteName) -> AsyncIterator["SqlShiftUnit"]:
        """Begins a transaction; others who want to publish for the site wait until it ends."""
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK, (site,))
            yield SqlShiftUnit(connection, self._encode, self._subject_of)


class SqlShiftUnit:
    """One transaction that publishes shifts."""

    def __init__(self, connection: Connection, encode: Encode, subject_of: SubjectOf) -> None:
        self._connection = connection
        self._encode = encode
        self._subject_of = subject_of

    async def load_known(self, shifts: Sequence[Shift], cancelled: Sequence[ShiftName]) -> Known:
        """Loads the agents, the newest versions and the neighbours of what a request names."""
        agents = sorted({shift.agent for shift in shifts})
        names = sorted({*(shift.name for shift in shifts), *cancelled})
        found = await self._connection.execute(_AGENTS, (agents,))
        rows = await found.fetchall()
        newest = await self._connection.execute(_NEWEST, (names,))
        versions = [version_of(row) async for row in newest]
        return Known(
            agents={AgentName(name): SiteName(site) for name, site, _ in rows},
            versions={version.shift.name: version for version in versions},
            neighbours=await self._load_neighbours(agents, shifts),
            end_dates={AgentName(name): left for name, _, left in rows if left is not None},
        )

    async def save(self, versions: Sequence[Version]) -> None:
        """Adds versions; none is ever changed."""
        async with self._connection.cursor() as cursor:
            await cursor.executemany(_INSERT, [_row_of(version) for version in versions])

    async def tell(self, site: SiteName, versions: Sequence[Version]) -> Place:
        """Moves the site's head on and lays out the message that tells of the versions."""
        place = await next_place(self._connection, site)
        payload, subject = self._encode(place, versions), self._subject_of(place)
        await take_place(self._connection, place, subject, payload, versions[0].publish_time)
        return place

    async def _load_neighbours(
        self, agents: Sequence[AgentName], shifts: Sequence[Shift]
    ) -> list[Version]:
        if not shifts:
            return []
        first = min(shift.local_start for shift in shifts) - _AROUND
        last = max(shift.local_end for shift in shifts) + _AROUND
        rows = await self._connection.execute(_NEIGHBOURS, (agents, first, last))
        return [version_of(row) async for row in rows]


def _row_of(version: Version) -> tuple[object, ...]:
    shift = version.shift
    return (
        shift.name,
        version.number,
        version.site,
        shift.agent,
        shift.time_zone,
        shift.local_start,
        shift.local_end,
        Jsonb(activities_to(shift.activities)),
        shift.cancelled,
        version.publish_time,
        version.publisher,
    )
