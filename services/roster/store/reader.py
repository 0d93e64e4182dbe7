"""Reads the roster, each row only for whom it is visible."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from chassis.database import Database
from chassis.scope import Scope
from services.roster.app.ports import Page, WantedAgents
from services.roster.domain.people import (
    Agent,
    AgentName,
    Line,
    Place,
    Site,
    SiteName,
    Skill,
    Team,
)
from services.roster.store.filtering import MATCHES_FILTER, filter_arguments
from services.roster.store.order import replay
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
from services.roster.store.scoping import (
    VISIBLE_AGENT,
    VISIBLE_SITE,
    VISIBLE_TEAM,
    scope_arguments,
)

_COPY_ROWS = 1_000

_LIST_SITES = f"""
SELECT {SITE_COLUMNS} FROM site
WHERE name > %(after)s AND {VISIBLE_SITE}
ORDER BY name LIMIT %(limit)s
"""  # noqa: S608 (constants)
_FIND_SITE = f"""
SELECT {SITE_COLUMNS} FROM site WHERE name = %(name)s AND {VISIBLE_SITE}
"""  # noqa: S608 (constants)
# Who leads is told as far as the leads are visible themselves.
_SEEN_LEADS = f"""ARRAY(
    SELECT named.lead FROM unnest(leads) WITH ORDINALITY AS named (lead, place)
    JOIN agent ON agent.name = named.lead WHERE {VISIBLE_AGENT} ORDER BY named.place)"""  # noqa: S608 (constants)
_LIST_TEAMS = f"""
SELECT {TEAM_COLUMNS.replace("leads", _SEEN_LEADS)} FROM team
WHERE site = %(site)s AND name > %(after)s AND {VISIBLE_TEAM}
ORDER BY name LIMIT %(limit)s
"""  # noqa: S608 (constants)
# An id is in lower case, and every text holds the empty one.
_LIST_AGENTS = f"""
SELECT {AGENT_COLUMNS} FROM agent
WHERE (%(site)s::text IS NULL OR site = %(site)s) AND name > %(after)s AND {VISIBLE_AGENT}
    AND (end_date IS NULL OR end_date > %(start_date)s) AND {MATCHES_FILTER}
    AND (strpos(lower(display_name), lower(%(search)s)) > 0
        OR strpos(split_part(name, '/', 2), lower(%(search)s)) > 0)
ORDER BY name LIMIT %(limit)s
"""  # noqa: S608 (constants)
_FIND_AGENT = f"""
SELECT {AGENT_COLUMNS} FROM agent WHERE name = %(name)s AND {VISIBLE_AGENT}
"""  # noqa: S608 (constants)
# Lines and skills belong to no site: there is nothing to hide.
_LIST_LINES = f"SELECT {CATALOGUE_COLUMNS} FROM line WHERE name > %s ORDER BY name LIMIT %s"  # noqa: S608 (constants)
_LIST_SKILLS = f"SELECT {CATALOGUE_COLUMNS} FROM skill WHERE name > %s ORDER BY name LIMIT %s"  # noqa: S608 (constants)
_GET_AGENTS = f"SELECT {AGENT_COLUMNS} FROM agent WHERE name = ANY (%s)"  # noqa: S608 (constants)
_COPY_AGENTS = f"SELECT {AGENT_COLUMNS} FROM agent ORDER BY name"  # noqa: S608 (constants)
_HEADS = "SELECT site, epoch, seq FROM site_head ORDER BY site"


class SqlPeopleReader:
    """The roster in PostgreSQL, to read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_sites(self, scope: Scope, page: Page) -> list[Site]:
        """Lists sites by name; one is visible to whoever sees a team or an agent of it."""
        return [site_of(row) for row in await self._select(_LIST_SITES, scope, page)]

    async def find_site(self, name: SiteName, scope: Scope) -> Site | None:
        """Returns a site, or None if there is none or the scope does not see it."""
        rows = await self._select(_FIND_SITE, scope, name=name)
        return site_of(rows[0]) if rows else None

    async def list_teams(self, site: SiteName, scope: Scope, page: Page) -> list[Team]:
        """Lists a site's teams by name; a team is visible to whoever sees one of its agents."""
        return [team_of(row) for row in await self._select(_LIST_TEAMS, scope, page, site=site)]

    async def list_lines(self, page: Page) -> list[Line]:
        """Lists lines of business by name."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_LIST_LINES, (page.after, page.limit))
            return [line_of(row) async for row in cursor]

    async def list_skills(self, page: Page) -> list[Skill]:
        """Lists skills by name."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_LIST_SKILLS, (page.after, page.limit))
            return [skill_of(row) async for row in cursor]

    async def list_agents(self, wanted: WantedAgents, scope: Scope, page: Page) -> list[Agent]:
        """Lists agents of a site, or of all sites, by name."""
        rows = await self._select(
            _LIST_AGENTS,
            scope,
            page,
            site=wanted.site,
            start_date=wanted.start_date,
            search=wanted.search,
            **filter_arguments(wanted.filter),
        )
        return [agent_of(row) for row in rows]

    async def find_agent(self, name: AgentName, scope: Scope) -> Agent | None:
        """Returns an agent, or None if there is none or the scope does not see her."""
        rows = await self._select(_FIND_AGENT, scope, name=name)
        return agent_of(rows[0]) if rows else None

    async def get_agents(self, names: Sequence[AgentName]) -> list[Agent]:
        """Returns those of the agents that exist."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_GET_AGENTS, (list(names),))
            return [agent_of(row) async for row in cursor]

    async def copy_agents(self) -> AsyncIterator[Sequence[Agent] | Sequence[Place]]:
        """Yields all agents in parts, at last the places that they include, as of one instant."""
        async with self._database.transaction() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            async with connection.cursor("copy_agents") as cursor:
                await cursor.execute(_COPY_AGENTS)
                while rows := await cursor.fetchmany(_COPY_ROWS):
                    yield [agent_of(row) for row in rows]
            heads = await connection.execute(_HEADS)
            yield [Place(SiteName(f"sites/{row[0]}"), row[1], row[2]) async for row in heads]

    async def replay_changes(self, after: Place) -> AsyncIterator[tuple[Place, datetime, bytes]]:
        """Yields a site's commits after a place; those that told of no agents without payload."""
        async for row in replay(self._database, after):
            payload = row.payload if ".agents_changed." in row.subject else b""
            yield Place(after.site, row.epoch, row.seq), row.recorded_time, payload

    async def _select(
        self, statement: str, scope: Scope, page: Page | None = None, **named: object
    ) -> list[tuple[Any, ...]]:
        arguments = {
            **scope_arguments(scope),
            "after": page and page.after,
            "limit": page and page.limit,
            **named,
        }
        async with self._database.connection() as connection:
            cursor = await connection.execute(statement, arguments)
            return await cursor.fetchall()
