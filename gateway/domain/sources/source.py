"""Sources and what is kept of their events."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gateway.domain.sources.signing import Signing
from gateway.domain.sources.understood import Unknown

FORMER_SECRET_FOR = timedelta(days=1)
"""How long the former secret is taken after a new one was made: time to set up the sender."""

OTHERS = "(others)"
MOST_UNKNOWNS = 1000
"""Different unknown values that are counted one by one for a source."""


@dataclass(frozen=True, slots=True)
class Source:
    """A platform that pushes its events. Its secret is not part of it."""

    id: str
    site: str
    display_name: str
    signing: Signing
    active_version: int
    former_secret_expire_time: datetime | None
    create_time: datetime
    update_time: datetime
    pending_count: int = 0

    @property
    def etag(self) -> str:
        """Changes with every change of the source."""
        return f"{self.update_time.timestamp():.6f}"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a source may prove itself with."""

    current: str
    former: str = ""
    former_expire_time: datetime | None = None

    def valid(self, now: datetime) -> tuple[str, ...]:
        """Returns those that are taken at an instant."""
        if self.former and self.former_expire_time and now < self.former_expire_time:
            return self.current, self.former
        return (self.current,)


@dataclass(frozen=True, slots=True)
class MappingVersion:
    """A version of a source's mapping."""

    source: str
    version: int
    text: str
    author: str
    create_time: datetime


class EventState(StrEnum):
    """Where an event stands."""

    PENDING = "PENDING"
    DONE = "DONE"
    UNKNOWN = "UNKNOWN"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A message as it was received, with what tells it from others of its source."""

    dedupe_id: str
    body: str


@dataclass(frozen=True, slots=True)
class ClaimedEvent:
    """An event that this replica translates now, and the version by which."""

    id: int
    source: str
    site: str
    version: int
    body: str
    attempt_count: int
    receive_time: datetime


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an event: all in its reasons, in English."""

    event: int
    state: EventState
    version: int
    reasons: tuple[str, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event as it is kept."""

    id: int
    source: str
    dedupe_id: str
    body: str
    state: EventState
    reasons: tuple[str, ...]
    version: int
    receive_time: datetime


@dataclass(frozen=True, slots=True)
class CountedUnknown:
    """An unknown value with how often it came."""

    unknown: Unknown
    event_count: int
    first_seen_time: datetime
    last_seen_time: datetime
    sample_event: int
