"""What a board is made of: sites and people from roster, timelines from presence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Label:
    """What people read instead of the name of a resource, whatever the language or by it."""

    name: str
    display_name: str = ""
    display_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def sort_key(self) -> str:
        """What it is ordered by: the one name, or the English one, or the id."""
        chosen = self.display_name or self.display_names.get("en") or self.name
        return chosen.casefold()


@dataclass(frozen=True, slots=True)
class Site:
    """A site as roster knows it."""

    name: str
    display_name: str
    time_zone: str
    operating_day_start_minutes: int = 0


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Person:
    """An agent as roster knows her; `end_date` is the first day on which she works here no more."""

    agent: str
    display_name: str
    team: str
    site: str = ""
    line: str = ""
    skills: tuple[str, ...] = ()
    end_date: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of one site."""

    site: str
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The span that a site's log covers; nothing for a log without entries."""

    first_time: datetime | None
    last_time: datetime | None
