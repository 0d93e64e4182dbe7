"""What the use cases and servicers need from the store."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chassis.scope import Scope
from services.roster.domain.changes import Changes, Told
from services.roster.domain.people import (
    Agent,
    AgentName,
    Line,
    LineName,
    People,
    Place,
    Site,
    SiteName,
    Skill,
    SkillName,
    Team,
    TeamName,
)


class RosterUnit(Protocol):
    """One transaction that changes the roster; there is one at a time."""

    async def load_known(self, requested: People) -> People:
        """Loads what exists of everything that a request names: rows, their sites and teams."""
        ...

    async def save(self, changes: Changes) -> None:
        """Writes what is new and what is different."""
        ...

    async def tell(self, site: SiteName, rows: Sequence[Told], recorded_time: datetime) -> Place:
        """Moves the site's head on and lays out the message that tells of the rows."""
        ...


class RosterStore(Protocol):
    """The roster, to change."""

    def begin(self) -> AbstractAsyncContextManager[RosterUnit]:
        """Begins a transaction: committed at the block's end, rolled back if it raises."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """How much of a list is wanted: at most `limit` rows whose names come after `after`."""

    after: str
    limit: int


@dataclass(frozen=True, slots=True)
class AgentFilter:
    """Which agents are wanted: those of some of the teams, of some of the lines, and with some of
    the skills; an empty filter lets all through.
    """

    teams: tuple[TeamName, ...] = ()
    lines: tuple[LineName, ...] = ()
    skills: tuple[SkillName, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedAgents:
    """Which agents of a site are wanted, or of all sites (None), without those who left on
    `start_date` or before: those whose display name or id holds `search`, whatever its case.
    """

    site: SiteName | None
    filter: AgentFilter
    start_date: date
    search: str


class PeopleReader(Protocol):
    """The roster, to read. Rows outside a scope are not there."""

    async def list_sites(self, scope: Scope, page: Page) -> list[Site]:
        """Lists sites by name; a site is visible to whoever sees one of its agents."""
        ...

    async def find_site(self, name: SiteName, scope: Scope) -> Site | None:
        """Returns a site, or None if there is none or the scope does not see it."""
        ...

    async def list_teams(self, site: SiteName, scope: Scope, page: Page) -> list[Team]:
        """Lists a site's teams by name; a team is visible to whoever sees one of its agents."""
        ...

    async def list_lines(self, page: Page) -> list[Line]:
        """Lists lines of business by name."""
        ...

    async def list_skills(self, page: Page) -> list[Skill]:
        """Lists skills by name."""
        ...

    async def list_agents(self, wanted: WantedAgents, scope: Scope, page: Page) -> list[Agent]:
        """Lists agents of a site, or of all sites, by name."""
        ...

    async def find_agent(self, name: AgentName, scope: Scope) -> Agent | None:
        """Returns an agent, or None if there is none or the scope does not see her."""
        ...

    async def get_agents(self, names: Sequence[AgentName]) -> list[Agent]:
        """Returns those of the agents that exist."""
        ...

    def copy_agents(self) -> AsyncIterator[Sequence[Agent] | Sequence[Place]]:
        """Yields all agents in parts, at last the places that they include, as of one instant."""
        ...

    def replay_changes(self, after: Place) -> AsyncIterator[tuple[Place, datetime, bytes]]:
        """Yields a site's commits after a place up to its present head: the place, when it was
        recorded, and the message, which is empty where no agent was changed.

        Refuses with OUT_OF_RANGE/CURSOR_EXPIRED where they are not kept any more.
        """
        ...
