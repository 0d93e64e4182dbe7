"""What the use cases of sources need of the world outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gateway.domain.sources.source import (
    ClaimedEvent,
    CountedUnknown,
    EventState,
    Fate,
    KeptEvent,
    MappingVersion,
    NewEvent,
    Secrets,
    Source,
)
from gateway.domain.sources.understood import ContactChange, StateChange

Place = tuple[str | int, ...]
"""What a row of a list is ordered by; empty for the start."""


@dataclass(frozen=True, slots=True)
class Page:
    """So many rows after a place."""

    limit: int
    after: Place = ()


class Sources(Protocol):
    """Keeps sources and the versions of their mappings."""

    async def add_source(self, source: Source, secret: str) -> bool:
        """Adds a source; false if there is one of its id."""

    async def find_source(self, source: str) -> Source | None: ...

    async def list_sources(self, sites: frozenset[str] | None, page: Page) -> Sequence[Source]:
        """Returns sources of the sites (None: of all) by id."""

    async def change_source(self, source: Source, former: datetime) -> bool:
        """Writes display name, signing and time of change; false if it was changed since."""

    async def find_secrets(self, source: str) -> tuple[Source, Secrets] | None: ...

    async def set_secrets(self, source: str, secrets: Secrets, now: datetime) -> None: ...

    async def add_mapping(
        self, source: str, text: str, author: str, now: datetime
    ) -> MappingVersion:
        """Adds the next version, or returns the one that has the text already."""

    async def list_mappings(self, source: str, page: Page) -> Sequence[MappingVersion]:
        """Returns versions, the newest first."""

    async def find_mapping(self, source: str, version: int) -> MappingVersion | None: ...

    async def activate(self, source: str, version: int, now: datetime) -> None: ...


class SourceEvents(Protocol):
    """Keeps what sources push until it is reported, and what was not understood for longer."""

    async def add_events(
        self, source: str, events: Sequence[NewEvent], most_pending: int, now: datetime
    ) -> int | None:
        """Keeps all that are new, or none; returns how many those are. None if so many wait already
        that no more may.
        """

    async def claim(self, limit: int, now: datetime, until: datetime) -> Sequence[ClaimedEvent]:
        """Takes events that are due, the longest waiting first; nobody else gets them until an
        instant.
        """

    async def settle(self, source: str, fates: Sequence[Fate], now: datetime) -> None:
        """Writes what became of events, and counts what is unknown."""

    async def put_off(
        self, events: Sequence[ClaimedEvent], reason: str, until: datetime
    ) -> None: ...

    async def retry(self, source: str, now: datetime) -> int:
        """Makes all that were set aside wait again and forgets what was unknown; returns how many
        those are.
        """

    async def list_events(
        self, source: str, state: EventState | None, page: Page
    ) -> Sequence[KeptEvent]:
        """Returns events, the newest first."""

    async def list_unknowns(self, source: str, page: Page) -> Sequence[CountedUnknown]:
        """Returns unknown values by field, then value."""

    async def count_pending(self) -> int: ...

    async def delete_old(self, done: datetime, set_aside: datetime, limit: int) -> int:
        """Deletes events received before these instants, so many at most; returns how many."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """In whose name something is reported: the source, for its own site alone."""

    source: str
    site: str


class Reports(Protocol):
    """Presence and dispatch, asked in the name of a source. Each answer has a refusal in English,
    or None, for each thing reported. Raises a Refusal where nobody can answer now.
    """

    async def report_states(
        self, reporter: Reporter, changes: Sequence[StateChange]
    ) -> Sequence[str | None]: ...

    async def report_contacts(
        self, reporter: Reporter, changes: Sequence[ContactChange]
    ) -> Sequence[str | None]: ...


class SourceMetrics(Protocol):
    """Counts what happens to pushes and events."""

    def received(self, new_count: int, repeated_count: int) -> None: ...

    def settled(self, state: EventState, age_seconds: float) -> None: ...

    def unknown(self, count: int) -> None: ...
