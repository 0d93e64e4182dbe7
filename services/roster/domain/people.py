"""Who works where and is able to do what: rows that are all known by their names."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import NewType

SiteName = NewType("SiteName", str)
LineName = NewType("LineName", str)
TeamName = NewType("TeamName", str)
SkillName = NewType("SkillName", str)
AgentName = NewType("AgentName", str)

DisplayNames = tuple[tuple[str, str], ...]
"""What people read, by language tag, in the order of the tags."""

MIDNIGHT = time(0)

_ID = r"[a-z0-9-]{1,63}"
_NAMES = {
    collection: re.compile(f"{collection}/{_ID}")
    for collection in ("sites", "lines", "teams", "skills", "agents", "shifts")
}


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work with one time zone; lower `display_order` stands first."""

    name: SiteName
    display_name: str
    time_zone: str
    operating_day_start: time = MIDNIGHT
    display_order: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of business, of no site in particular."""

    name: LineName
    display_names: DisplayNames


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that agents are able to do."""

    name: SkillName
    display_names: DisplayNames


@dataclass(frozen=True, slots=True)
class AgentSkill:
    """How well an agent masters a skill, 1 to 5."""

    skill: SkillName
    level: int


@dataclass(frozen=True, slots=True)
class Team:
    """A group of agents of one site, at which it stays, and who leads it, in name order."""

    name: TeamName
    display_name: str
    site: SiteName
    leads: tuple[AgentName, ...] = ()
    line: LineName | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who takes work; `team` is of the same site, or None.

    Skills are in name order. On `end_date`, by the calendar of the site, she is there no more.
    """

    name: AgentName
    display_name: str
    site: SiteName
    team: TeamName | None
    skills: tuple[AgentSkill, ...] = ()
    end_date: date | None = None


Row = Site | Line | Team | Skill | Agent


@dataclass(frozen=True, slots=True)
class People:
    """Some rows of the roster, in the order in which somebody named them."""

    sites: tuple[Site, ...] = ()
    teams: tuple[Team, ...] = ()
    agents: tuple[Agent, ...] = ()
    lines: tuple[Line, ...] = ()
    skills: tuple[Skill, ...] = ()

    def __len__(self) -> int:
        return len(self.rows())

    def rows(self) -> tuple[Row, ...]:
        """All of them, what is referred to before what refers to it."""
        return (*self.sites, *self.lines, *self.teams, *self.skills, *self.agents)


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
