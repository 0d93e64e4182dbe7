"""What the board needs of the world outside."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol, TypeAlias

from gateway.app.board_span import BoardSpan
from gateway.domain.breaks import ReasonLimits
from gateway.domain.heatmap import Coverage, Label, Person, Place, Site
from gateway.domain.protection import Rules
from gateway.domain.timelines import Timelines


class Sites(Protocol):
    """Sites of roster, asked in the name of the present caller. Refuses as roster does."""

    async def get_site(self, site: str) -> Site: ...

    async def find_sites(self) -> Sequence[Site]:
        """Returns the sites that she may see, in the order in which people see several."""


@dataclass(frozen=True, slots=True)
class People:
    """The people of sites by display name, those who left among them; what their teams, lines and
    skills are called; and the place in each site's order that all this is at.
    """

    people: Sequence[Person]
    places: Sequence[Place] = ()
    labels: Mapping[str, Label] = field(default_factory=dict)


class Roster(Protocol):
    """All people, known to the gateway in its own name: whoever shows them judges who sees them."""

    async def people_of(self, sites: Sequence[str]) -> People: ...

    async def find_person(self, agent: str) -> Person | None: ...

    async def labels_of(self, site: str) -> Mapping[str, Label]:
        """Returns what the teams of a site, and all lines and skills, are called."""


class PlannedActivity(NamedTuple):
    """A stretch of a shift that is no ordinary work; the kind by its number on the wire."""

    kind: int
    start_ms: int
    end_ms: int


class PlannedShift(NamedTuple):
    """A shift as it is published now."""

    start_ms: int
    end_ms: int
    activities: tuple[PlannedActivity, ...]


Plan: TypeAlias = Mapping[str, Sequence[PlannedShift]]
"""The shifts of each agent, by start."""


class Plans(Protocol):
    """The plan of whole sites, known to the gateway in its own name."""

    async def shifts_of(self, place: Place, span: BoardSpan) -> Plan:
        """Returns the shifts of a site that touch a span, as they are at that place of its order.
        Refuses as roster does, and with DEADLINE_PASSED while they are being read.
        """


class Presence(Protocol):
    """Presence, asked in the name of the present caller or, for sums, in the gateway's own. Refuses
    as presence does.
    """

    async def get_coverage(self, site: str) -> Coverage: ...

    async def get_timelines(self, site: str, start: datetime, end: datetime) -> Timelines: ...


class Policies(Protocol):
    """The rules by which presence judges, known to the gateway in its own name. Refuses as presence
    does.
    """

    async def break_limits_ms(self, site: str) -> ReasonLimits: ...


RulesOf: TypeAlias = Callable[[str], Awaitable[Rules]]
"""Returns the rules by which a site is seen at present."""
