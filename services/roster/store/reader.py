"""Reads the roster, each row only for whom it is visible."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from chassis.database import Connection, Database, read_head, read_outbox_after
from chassis.scope import Scope
from services.roster.app.ports import Page
from services.roster.domain.people import Agent, AgentName, Place, Site, SiteName, Team, id_of

_COPY_ROWS = 1_000
_REPLAY_ROWS = 50

# A scope in SQL: `sites` NULL sees all. Whoever sees an agent sees the agent's site and team.
_LIST_SITES = """
SELECT name, display_name, time_zone FROM site
WHERE name > %(after)s AND (
    %(sites)s::text[] IS NULL OR name = ANY (%(sites)s)
    OR EXISTS (SELECT FROM agent WHERE agent.site = site.name AND agent.name = ANY (%(agents)s)))
ORDER BY name LIMIT %(limit)s
"""
_FIND_SITE = """
SELECT name, display_name, time_zone FROM site
WHERE name = %(name)s AND (
    %(sites)s::text[] IS NULL OR name = ANY (%(sites)s)
    OR EXISTS (SELECT FROM agent WHERE agent.site = site.name AND agent.name = ANY (%(agents)s)))
"""
_LIST_TEAMS = """
SELECT name, display_name, site FROM team
WHERE site = %(site)s AND name > %(after)s AND (
    %(sites)s::text[] IS NULL OR site = ANY (%(sites)s)
    OR EXISTS (SELECT FROM agent WHERE agent.team = team.name AND agent.name = ANY (%(agents)s)))
ORDER BY name LIMIT %(limit)s
"""
_LIST_AGENTS = """
SELECT name, display_name, site, team FROM agent
WHERE site = %(site)s AND name > %(after)s AND (
    %(sites)s::text[] IS NULL OR site = ANY (%(sites)s) OR name = ANY (%(agents)s))
ORDER BY name LIMIT %(limit)s
"""
_GET_AGENTS = "SELECT name, display_name, site, team FROM agent WHERE name = ANY (%s)"
_COPY_AGENTS = "SELECT name, display_name, site, team FROM agent ORDER BY name"
_HEADS = "SELECT site, epoch, seq FROM site_head ORDER BY site"


class SqlPeopleReader:
    """The roster in PostgreSQL, to read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_sites(self, scope: Scope, page: Page) -> list[Site]:
        """Lists sites by name; a site is visible to whoever sees one of its agents."""
        return [Site(*row) for row in await self._select(_LIST_SITES, scope, page)]

    async def find_site(self, name: SiteName, scope: Scope) -> Site | None:
        """Returns a site, or None if there is none or the scope does not see it."""
        rows = await self._select(_FIND_SITE, scope, name=name)
        return Site(*rows[0]) if rows else None

    async def list_teams(self, site: SiteName, scope: Scope, page: Page) -> list[Team]:
        """Lists a site's teams by name; a team is visible to whoever sees one of its agents."""
        return [Team(*row) for row in await self._select(_LIST_TEAMS, scope, page, site=site)]

    async def list_agents(self, site: SiteName, scope: Scope, page: Page) -> list[Agent]:
        """Lists the agents of a site by name."""
        return [Agent(*row) for row in await self._select(_LIST_AGENTS, scope, page, site=site)]

    async def get_agents(self, names: Sequence[AgentName]) -> list[Agent]:
        """Returns those of the agents that exist."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_GET_AGENTS, (list(names),))
            return [Agent(*row) async for row in cursor]

    async def copy_agents(self) -> AsyncIterator[Sequence[Agent] | Sequence[Place]]:
        """Yields all agents in parts, at last the places that they include, as of one instant."""
        async with self._database.transaction() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            async with connection.cursor("copy_agents") as cursor:
                await cursor.execute(_COPY_AGENTS)
                while rows := await cursor.fetchmany(_COPY_ROWS):
                    yield [Agent(*row) for row in rows]
            heads = await connection.execute(_HEADS)
            yield [Place(SiteName(f"sites/{row[0]}"), row[1], row[2]) async for row in heads]

    async def replay_changes(self, after: Place) -> AsyncIterator[bytes]:
        """Yields a site's messages after a place up to its present head."""
        site, epoch, seq = id_of(after.site), after.epoch, after.seq
        async with self._database.connection() as connection:
            last = await _head_seq(connection, site)
        while True:
            # A connection is not held while a slow consumer takes its time.
            async with self._database.connection() as connection:
                rows = await read_outbox_after(connection, site, epoch, seq, _REPLAY_ROWS)
            for row in rows:
                if row.seq > last:
                    return
                yield row.payload
                seq = row.seq
            if seq >= last:
                return

    async def _select(
        self, statement: str, scope: Scope, page: Page | None = None, **named: str
    ) -> list[tuple[Any, ...]]:
        arguments = {
            "sites": None if scope.sites is None else sorted(scope.sites),
            "agents": sorted(scope.agents),
            "after": page and page.after,
            "limit": page and page.limit,
            **named,
        }
        async with self._database.connection() as connection:
            cursor = await connection.execute(statement, arguments)
            return await cursor.fetchall()


async def _head_seq(connection: Connection, site: str) -> int:
    head = await read_head(connection, site)
    return 0 if head is None else head.seq
