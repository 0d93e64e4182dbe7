"""What the use cases need from store, bus and roster."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol

from services.presence.domain.columns import EntryColumns, SpanColumns
from services.presence.domain.entry import Entry, EntryOrder, LoggedEntry, Place
from services.presence.domain.policy import PresencePolicy
from services.presence.domain.precedence import PrecedenceHistory


class UnstorableEntriesError(Exception):
    """Some of the entries can never be stored, whoever tries again; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of entries: the place that includes all, and of each whether it is new."""

    place: Place
    new: tuple[bool, ...]


class StateLog(Protocol):
    """The log of all sites, to write."""

    async def record(self, site: str, entries: Sequence[Entry]) -> Recorded:
        """Records entries durably, at most 2,000; those that are recorded already change nothing.

        Raises UnstorableEntriesError if the data of some entry is at fault.
        """
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """Time from `start_time`, inclusive, to `end_time`, exclusive; both UTC."""

    start_time: datetime
    end_time: datetime


class PolicyChangedError(Exception):
    """Another version is in force than the one that was to be replaced."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class PolicyStore(Protocol):
    """The policies of all sites."""

    async def find(self, site: str, version: int | None) -> PresencePolicy | None:
        """Returns a version, or with None the one in force, which may be the defaults."""
        ...

    async def replace(self, site: str, policy: PresencePolicy, now: datetime) -> PresencePolicy:
        """Sets a policy from now on in place of the version that it names, and returns the new one.

        The states of the site's agents are those of the new precedence when it returns. Raises
        PolicyChangedError if another version is in force.
        """
        ...


@dataclass(frozen=True, slots=True)
class LogQuery:
    """A part of an agent's log: from after a place on; `known_at` leaves out what came later, and
    `sites` (None for all) what was recorded elsewhere.
    """

    agent: str
    span: Span
    after: EntryOrder | None = None
    known_at: datetime | None = None
    sites: frozenset[str] | None = None


class EntryName(NamedTuple):
    """What finds one entry."""

    agent: str
    source: str
    event_id: str
    occurred_time: datetime


class StateLogReader(Protocol):
    """The log of one agent, to read."""

    async def list_entries(self, query: LogQuery, limit: int) -> list[LoggedEntry]:
        """Lists the entries of a span in their order."""
        ...

    async def find_opening(self, query: LogQuery) -> LoggedEntry | None:
        """Returns the last entry that tells a state before the span, or None."""
        ...

    async def find_entry(self, name: EntryName) -> LoggedEntry | None:
        """Returns one entry, or None."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class SiteEntries:
    """What a fold needs of agents, with the place in the site's order at which it was read.

    `agents` lists those who have an entry, in name order; `reasons` begins with the empty one.
    """

    place: Place
    agents: tuple[str, ...]
    reasons: tuple[str, ...]
    columns: EntryColumns
    spans: SpanColumns
    rules: PrecedenceHistory


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where a site's log stands and what its entries cover; without entries, seq 0 and no times."""

    place: Place
    first_occurred_time: datetime | None = None
    last_occurred_time: datetime | None = None


class SiteReader(Protocol):
    """The log of one site, to read."""

    async def read_coverage(self, site: str) -> Coverage:
        """Reads where the log stands."""
        ...

    def replay(self, after: Place) -> AsyncIterator[bytes]:
        """Yields the published messages after a place, in order, up to the present head.

        Raises Refusal OUT_OF_RANGE if they are no longer kept or of another epoch.
        """
        ...


@dataclass(frozen=True, slots=True)
class RosterCopy:
    """The site id and the team of every agent, the day on which she leaves of those who do, and the
    places in the sites' orders that it includes.
    """

    sites: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    end_dates: dict[str, date] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


class Roster(Protocol):
    """The owner of agents and sites."""

    async def find_agents(self, agents: Iterable[str]) -> RosterCopy:
        """Returns the site and the team of each agent that exists."""
        ...
