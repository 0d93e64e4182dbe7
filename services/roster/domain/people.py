"""Who works where: sites, teams and agents, all known by their names."""

import re
from dataclasses import dataclass
from typing import NewType

SiteName = NewType("SiteName", str)
TeamName = NewType("TeamName", str)
AgentName = NewType("AgentName", str)

_ID = r"[a-z0-9-]{1,63}"
_NAMES = {
    collection: re.compile(f"{collection}/{_ID}")
    for collection in ("sites", "teams", "agents", "shifts")
}


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work with one time zone."""

    name: SiteName
    display_name: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Team:
    """A group of agents of one site, at which it stays, and who leads it, in name order."""

    name: TeamName
    display_name: str
    site: SiteName
    leads: tuple[AgentName, ...] = ()


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who takes work; `team` is of the same site, or None."""

    name: AgentName
    display_name: str
    site: SiteName
    team: TeamName | None


@dataclass(frozen=True, slots=True)
class People:
    """Some sites, teams and agents, in the order in which somebody named them."""

    sites: tuple[Site, ...] = ()
    teams: tuple[Team, ...] = ()
    agents: tuple[Agent, ...] = ()

    def __len__(self) -> int:
        return len(self.sites) + len(self.teams) + len(self.agents)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of a site's commits."""

    site: SiteName
    epoch: int
    seq: int


def is_name(name: str, collection: str) -> bool:
    """Tells whether a name has the form `<collection>/<id>`."""
    return _NAMES[collection].fullmatch(name) is not None


def id_of(name: str) -> str:
    """Returns the id in a name: what follows the collection."""
    return name.rpartition("/")[2]
