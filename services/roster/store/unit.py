"""Changes the roster, one transaction at a time."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from chassis.database import Connection, Database
from services.roster.domain.changes import Changes, Told
from services.roster.domain.people import People, Place, SiteName, is_name
from services.roster.store.order import next_place, take_place
from services.roster.store.rows import (
    AGENT_COLUMNS,
    CATALOGUE_COLUMNS,
    SITE_COLUMNS,
    TEAM_COLUMNS,
    agent_of,
    line_of,
    site_of,
    skill_of,
    team_of,
)
from services.roster.store.saving import statements_for

Encode = Callable[[Place, Sequence[Told], datetime], bytes]
SubjectOf = Callable[[Place], str]

_Row = TypeVar("_Row")

# Two who apply at once could each build on what the other takes away; applying is rare and short.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('muster.roster.apply'))"

_KNOWN_SITES = f"SELECT {SITE_COLUMNS} FROM site WHERE name = ANY (%s)"  # noqa: S608 (constants)
_KNOWN_LINES = f"SELECT {CATALOGUE_COLUMNS} FROM line WHERE name = ANY (%s)"  # noqa: S608 (constants)
_KNOWN_TEAMS = f"SELECT {TEAM_COLUMNS} FROM team WHERE name = ANY (%s)"  # noqa: S608 (constants)
_KNOWN_SKILLS = f"SELECT {CATALOGUE_COLUMNS} FROM skill WHERE name = ANY (%s)"  # noqa: S608 (constants)
_KNOWN_AGENTS = f"SELECT {AGENT_COLUMNS} FROM agent WHERE name = ANY (%s)"  # noqa: S608 (constants)


class SqlRosterStore:
    """The roster in PostgreSQL, to change."""

    def __init__(self, database: Database, *, encode: Encode, subject_of: SubjectOf) -> None:
        self._database = database
        self._encode = encode
        self._subject_of = subject_of

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["SqlRosterUnit"]:
        """Begins a transaction; others who want to apply wait until it ends."""
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK)
            yield SqlRosterUnit(connection, self._encode, self._subject_of)


class SqlRosterUnit:
    """One transaction that changes the roster."""

    def __init__(self, connection: Connection, encode: Encode, subject_of: SubjectOf) -> None:
        self._connection = connection
        self._encode = encode
        self._subject_of = subject_of

    async def load_known(self, requested: People) -> People:
        """Loads what exists of everything that the request names."""
        wanted = _names_in(requested)
        return People(
            sites=await self._known(_KNOWN_SITES, "sites", wanted, site_of),
            lines=await self._known(_KNOWN_LINES, "lines", wanted, line_of),
            teams=await self._known(_KNOWN_TEAMS, "teams", wanted, team_of),
            skills=await self._known(_KNOWN_SKILLS, "skills", wanted, skill_of),
            agents=await self._known(_KNOWN_AGENTS, "agents", wanted, agent_of),
        )

    async def save(self, changes: Changes) -> None:
        """Writes what is new and what is different."""
        for people in (changes.created, changes.updated):
            for statement, rows in statements_for(people):
                columns = [list(column) for column in zip(*rows, strict=True)]
                await self._connection.execute(statement, columns)

    async def tell(self, site: SiteName, rows: Sequence[Told], recorded_time: datetime) -> Place:
        """Moves the site's head on and lays out the message that tells of the rows."""
        place = await next_place(self._connection, site)
        payload = self._encode(place, rows, recorded_time)
        subject = self._subject_of(place)
        await take_place(self._connection, place, subject, payload, recorded_time)
        return place

    async def _known(
        self,
        statement: str,
        collection: str,
        names: Iterable[str],
        row_of: Callable[[Sequence[Any]], _Row],
    ) -> tuple[_Row, ...]:
        # What has not the form of a name does not exist, and may hold what no text column can.
        wanted = sorted(name for name in names if is_name(name, collection))
        cursor = await self._connection.execute(statement, (wanted,))
        return tuple([row_of(row) async for row in cursor])


def _names_in(people: People) -> frozenset[str]:
    names: set[str | None] = {row.name for row in people.rows()}
    for team in people.teams:
        names.update((team.site, team.line, *team.leads))
    for agent in people.agents:
        names.update((agent.site, agent.team, *(each.skill for each in agent.skills)))
    return frozenset(name for name in names if name is not None)
