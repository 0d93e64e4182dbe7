"""What protection needs of the world outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.scope import Scope
from gateway.app.source_ports import Page
from gateway.domain.protection import ProfileVersion


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An agent who has read a version."""

    agent: str
    version: int
    confirm_time: datetime


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """Where an agent belongs; the team is empty for none."""

    site: str
    team: str


class ProfileStore(Protocol):
    """Keeps the versions of profiles and who confirmed them."""

    async def load_all(self) -> Sequence[ProfileVersion]:
        """Loads the versions of all sites, by site and version."""

    async def list_versions(self, site: str, page: Page) -> Sequence[ProfileVersion]:
        """Returns versions of a site, the newest first."""

    async def add(self, version: ProfileVersion) -> bool:
        """Adds a version; false if there is one of its number."""

    async def confirm(self, site: str, confirmation: Confirmation) -> Confirmation:
        """Keeps a confirmation, or returns the one that is kept already."""

    async def count_confirmations(self, site: str, version: int) -> int: ...

    async def find_confirmation(
        self, site: str, version: int, agent: str
    ) -> Confirmation | None: ...

    async def list_confirmations(
        self, site: str, version: int, page: Page
    ) -> Sequence[Confirmation]:
        """Returns confirmations of a version by agent."""


class Places(Protocol):
    """Knows where people belong, by the roster as it was at most a minute ago."""

    async def find_place(self, agent: str) -> PersonPlace | None:
        """Returns where an agent belongs, or None if there is none of that name."""

    async def find_places(self, agents: Sequence[str]) -> Mapping[str, PersonPlace]:
        """Returns where those of the agents belong that exist."""


class SiteGate(Protocol):
    """Sites as the present caller may see them."""

    async def get_site(self, site: str) -> object:
        """Refuses a site that does not exist or is not to be seen."""


class SiteRecord(Protocol):
    """What has been recorded at sites."""

    async def is_empty(self, site: str) -> bool:
        """Tells whether no state was ever recorded there."""


def may_see(scope: Scope, agent: str, place: PersonPlace | None) -> bool:
    """Tells whether an agent's rows are visible; of somebody who is not known, her own alone."""
    if place is None:
        return agent in scope.agents
    return scope.sees_agent(agent, place.site, place.team)
