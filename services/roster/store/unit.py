"""Changes the roster, one transaction at a time."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from chassis.database import Connection, Database
from services.roster.domain.changes import Changes
from services.roster.domain.people import Agent, People, Place, Site, SiteName, is_name
from services.roster.store.order import next_place, take_place
from services.roster.store.rows import TEAM_COLUMNS, team_of

Encode = Callable[[Place, Sequence[Agent], datetime], bytes]
SubjectOf = Callable[[Place], str]

# Two who apply at once could each build on what the other takes away; applying is rare and short.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('muster.roster.apply'))"

_KNOWN_SITES = "SELECT name, display_name, time_zone FROM site WHERE name = ANY (%s)"
_KNOWN_TEAMS = f"SELECT {TEAM_COLUMNS} FROM team WHERE name = ANY (%s)"  # noqa: S608 (constants)
_KNOWN_AGENTS = "SELECT name, display_name, site, team FROM agent WHERE name = ANY (%s)"

_SAVE_SITES = """
INSERT INTO site (name, display_name, time_zone)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])
ON CONFLICT (name) DO UPDATE
SET display_name = excluded.display_name, time_zone = excluded.time_zone
"""
_SAVE_TEAMS = """
INSERT INTO team (name, display_name, site, leads)
SELECT name, display_name, site, string_to_array(leads, ' ')
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS new (name, display_name, site, leads)
ON CONFLICT (name) DO UPDATE
SET display_name = excluded.display_name, site = excluded.site, leads = excluded.leads
"""
_SAVE_AGENTS = """
INSERT INTO agent (name, display_name, site, team)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])
ON CONFLICT (name) DO UPDATE
SET display_name = excluded.display_name, site = excluded.site, team = excluded.team
"""


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
        sites: list[str] = [site.name for site in requested.sites]
        sites += [team.site for team in requested.teams]
        sites += [agent.site for agent in requested.agents]
        teams = [agent.team for agent in requested.agents if agent.team is not None]
        teams += [team.name for team in requested.teams]
        agents: list[str] = [agent.name for agent in requested.agents]
        agents += [lead for team in requested.teams for lead in team.leads]
        return People(
            sites=tuple(Site(*row) for row in await self._known(_KNOWN_SITES, "sites", sites)),
            teams=tuple(team_of(row) for row in await self._known(_KNOWN_TEAMS, "teams", teams)),
            agents=tuple(Agent(*row) for row in await self._known(_KNOWN_AGENTS, "agents", agents)),
        )

    async def save(self, changes: Changes) -> None:
        """Writes what is new and what is different."""
        sites = (*changes.created.sites, *changes.updated.sites)
        teams = (*changes.created.teams, *changes.updated.teams)
        agents = (*changes.created.agents, *changes.updated.agents)
        await self._write(_SAVE_SITES, [(s.name, s.display_name, s.time_zone) for s in sites])
        await self._write(
            _SAVE_TEAMS, [(t.name, t.display_name, t.site, " ".join(t.leads)) for t in teams]
        )
        await self._write(_SAVE_AGENTS, [(a.name, a.display_name, a.site, a.team) for a in agents])

    async def tell(self, site: SiteName, agents: Sequence[Agent], recorded_time: datetime) -> Place:
        """Moves the site's head on and lays out the message that tells of the agents."""
        place = await next_place(self._connection, site)
        payload = self._encode(place, agents, recorded_time)
        subject = self._subject_of(place)
        await take_place(self._connection, place, subject, payload, recorded_time)
        return place

    async def _known(
        self, statement: str, collection: str, names: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        # What has not the form of a name does not exist, and may hold what no text column can.
        wanted = {name for name in names if is_name(name, collection)}
        cursor = await self._connection.execute(statement, (sorted(wanted),))
        return await cursor.fetchall()

    async def _write(self, statement: str, rows: Sequence[tuple[str | None, ...]]) -> None:
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            await self._connection.execute(statement, columns)
