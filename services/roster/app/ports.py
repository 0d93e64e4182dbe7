"""What the use cases and servicers need from the store."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.scope import Scope
from services.roster.domain.changes import Changes
from services.roster.domain.people import Agent, AgentName, People, Place, Site, SiteName, Team


class RosterUnit(Protocol):
    """One transaction that changes the roster; there is one at a time."""

    async def load_known(self, requested: People) -> People:
        """Loads what exists of everything that a request names: rows, their sites and teams."""
        ...

    async def save(self, changes: Changes) -> None:
        """Writes what is new and what is different."""
        ...

    async def tell(self, site: SiteName, agents: Sequence[Agent], recorded_time: datetime) -> Place:
        """Moves the site's head on and lays out the message that tells of the agents."""
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

    async def list_agents(self, site: SiteName, scope: Scope, page: Page) -> list[Agent]:
        """Lists the agents of a site by name."""
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
