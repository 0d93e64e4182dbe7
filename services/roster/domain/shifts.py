"""Who is scheduled when: shifts in local time, and their published versions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.roster.domain.localtime import resolve
from services.roster.domain.people import AgentName, SiteName

ShiftName = NewType("ShiftName", str)


class ActivityKind(StrEnum):
    """What an agent is scheduled for within a shift beside ordinary work."""

    BREAK = "BREAK"
    MEAL = "MEAL"
    TRAINING = "TRAINING"
    MEETING = "MEETING"
    COACHING = "COACHING"
    TASK = "TASK"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of real time, `[start_time, end_time)`."""

    start_time: datetime
    end_time: datetime

    def overlaps(self, other: "Span") -> bool:
        """Tells whether both share an instant."""
        return self.start_time < other.end_time and other.start_time < self.end_time


@dataclass(frozen=True, slots=True)
class Activity:
    """A scheduled stretch within a shift. An unknown kind is None, which no check passes."""

    kind: ActivityKind | None
    local_start: datetime
    local_end: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of work of an agent, in the local time of a zone."""

    name: ShiftName
    agent: AgentName
    time_zone: str
    local_start: datetime
    local_end: datetime
    activities: tuple[Activity, ...] = ()
    cancelled: bool = False

    def span(self) -> Span:
        """When it is, by the zone's rules as they are known now; never of negative length."""
        return span_of(self.local_start, self.local_end, self.time_zone)


@dataclass(frozen=True, slots=True)
class Version:
    """A shift as it was published, the how-manieth time, when and by whom."""

    shift: Shift
    site: SiteName
    number: int
    publish_time: datetime
    publisher: str


def span_of(local_start: datetime, local_end: datetime, time_zone: str) -> Span:
    """Returns the instants of a local stretch.

    Rules of a zone may change after publication, so that a stretch comes to lie within an hour that
    the clock skips; it then has no length.
    """
    start_time = resolve(local_start, time_zone)
    return Span(start_time, max(start_time, resolve(local_end, time_zone)))
