"""What reading timelines needs of the store."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from services.presence.domain.columns import CONTACT_SEPARATOR, NO_TIME, Integers
from services.presence.domain.entry import Place
from services.presence.domain.precedence import Track
from services.presence.domain.site_timelines import SiteTimelines
from services.presence.domain.state import SourceKind

EVERYBODY = ""
"""The agent of a change that concerns all of a site or source."""


class Word(NamedTuple):
    """Whose word an interval shows, and when the entry occurred that said it."""

    track: Track
    time_us: int


class EntryReference(NamedTuple):
    """What finds an entry in the log of its agent."""

    source: str
    source_kind: SourceKind
    event_id: str
    occurred_time: datetime
    recorded_time: datetime


@dataclass(frozen=True, slots=True)
class Folded:
    """Timelines of agents over a span; of each interval which set of contacts is in hand, and whose
    word it shows.
    """

    timelines: SiteTimelines
    contact_sets: Sequence[str]
    contact_indexes: Integers
    tracks: tuple[Track, ...]
    track_indexes: Integers
    entry_times_us: Integers

    @property
    def words(self) -> list[Word | None]:
        """Whose word each interval shows; None for nobody's."""
        pairs = zip(self.track_indexes.tolist(), self.entry_times_us.tolist(), strict=True)
        return [
            None if time == NO_TIME else Word(self.tracks[track], time) for track, time in pairs
        ]

    @property
    def contacts(self) -> list[tuple[str, ...]]:
        """The contacts in hand of each interval; the sets are joined by the separator."""
        joined = (self.contact_sets[index] for index in self.contact_indexes.tolist())
        return [tuple(held.split(CONTACT_SEPARATOR)) if held else () for held in joined]


class SiteSnapshot(Protocol):
    """One instant of a site's log: everything read through it is of that instant."""

    @property
    def place(self) -> Place:
        """Where the log stands."""
        ...

    @property
    def rules_version(self) -> int:
        """The version of the site's policy; another one may judge time from its start on anew."""
        ...

    def is_closed(self, day_ms: int) -> bool:
        """Tells whether whatever is recorded of a UTC day from here on counts as late."""
        ...

    async def changed_since(self, place: Place) -> Mapping[str, int] | None:
        """Returns from when on each agent's timeline has changed since a place.

        Milliseconds since 1970, by agent or for EVERYBODY. None if that is not known any more.
        """
        ...

    async def fold(
        self,
        agents: Sequence[str],
        span_ms: range,
        known_by: datetime | None,
        sites: frozenset[str] | None,
    ) -> Folded:
        """Folds the log of agents: with an instant only what was recorded up to it, with sites only
        what was recorded there.

        Those without an entry up to the end of the span are left out.
        """
        ...

    async def find_entries(
        self, agent: str, words: Collection[Word], known_by: datetime | None
    ) -> Mapping[Word, EntryReference]:
        """Returns the entry of an agent's log that said each of the words."""
        ...

    async def load_day(self, day_ms: int) -> tuple[SiteTimelines, frozenset[str]]:
        """Returns the packed days of the site that are still right, and whose days these are.

        Also somebody without an entry has a packed day, which says just that.
        """
        ...


class SiteSnapshots(Protocol):
    """Opens snapshots, and keeps packed days."""

    def open(self, site: str) -> AbstractAsyncContextManager[SiteSnapshot]:
        """Opens a snapshot of a site as it is now."""
        ...

    async def store_day(self, place: Place, day: SiteTimelines, agents: Collection[str]) -> None:
        """Keeps the packed day of each agent, as folded at a place."""
        ...
