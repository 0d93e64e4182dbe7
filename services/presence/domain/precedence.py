"""Which of several sources gives an agent's state: ranks of tracks, as data."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from services.presence.domain.entry import EPOCH, Entry
from services.presence.domain.state import EntryKind, SourceKind, State


class TrackKind(IntEnum):
    """Whose word a track holds."""

    PERSON = 1
    TELEPHONY = 2
    IMPORT = 3


class Track(NamedTuple):
    """The entries of an agent among which the last one counts; a person's has no source."""

    kind: TrackKind
    source: str


_KIND_OF = {
    SourceKind.AGENT: TrackKind.PERSON,
    SourceKind.SUPERVISOR: TrackKind.PERSON,
    SourceKind.SYSTEM: TrackKind.PERSON,
    SourceKind.TELEPHONY: TrackKind.TELEPHONY,
    SourceKind.IMPORT: TrackKind.IMPORT,
}
OF_TRACKS = frozenset({EntryKind.CHANGE, EntryKind.LIMIT, EntryKind.LOSS})
"""The kinds of entries that belong to a track; the others lie across all tracks."""


@lru_cache(maxsize=2**12)
def track_of(source_kind: SourceKind, source: str) -> Track:
    """Returns the track to which a source's entries belong."""
    kind = _KIND_OF[source_kind]
    return Track(kind, "" if kind is TrackKind.PERSON else source)


@dataclass(frozen=True, slots=True)
class Match:
    """States of tracks: of one source or, if empty, of all; no state means all but UNOBSERVED."""

    kind: TrackKind
    source: str = ""
    states: frozenset[State] = frozenset()

    def covers(self, track: Track, state: State) -> bool:
        """Tells whether a track in a state is meant."""
        is_meant = track.kind == self.kind and self.source in ("", track.source)
        return is_meant and (not self.states or state in self.states)


Rank = tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Precedence:
    """Ranks, strongest first; what none of them covers comes after all."""

    ranks: tuple[Rank, ...]
    _known: dict[tuple[SourceKind, str, State], int] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rank_of(self, entry: Entry) -> int:
        """Returns how strong an entry's word is: 0 is the strongest."""
        key = (entry.source_kind, entry.source, entry.state)
        rank = self._known.get(key)
        if rank is None:
            track = track_of(entry.source_kind, entry.source)
            rank = self._known[key] = self.rank(track, entry.state)
        return rank

    def rank(self, track: Track, state: State) -> int:
        """Returns how strong a track's word is while it says a state."""
        for index, rank in enumerate(self.ranks):
            if any(match.covers(track, state) for match in rank):
                return index
        return len(self.ranks)


def _match(kind: TrackKind, *states: State) -> Match:
    return Match(kind, states=frozenset(states))


_PERSON, _TELEPHONY, _IMPORT = TrackKind
# A pressed button ends a wrap-up and a break, and a phone that is ready ends no pressed break.
DEFAULT_PRECEDENCE = Precedence(
    (
        (_match(_TELEPHONY, State.BUSY),),
        (_match(_PERSON, State.BUSY),),
        (
            _match(_TELEPHONY, State.WRAP_UP, State.BREAK),
            _match(_PERSON, State.WRAP_UP, State.BREAK, State.ONLINE),
        ),
        (_match(_TELEPHONY, State.ONLINE),),
        (_match(_PERSON, State.OFFLINE), _match(_TELEPHONY, State.OFFLINE)),
        (_match(_IMPORT, State.BUSY),),
        (_match(_IMPORT, State.WRAP_UP, State.BREAK),),
        (_match(_IMPORT, State.ONLINE),),
        (_match(_IMPORT, State.OFFLINE),),
    )
)


@dataclass(frozen=True, slots=True)
class PrecedenceHistory:
    """The precedence of a site at every instant: versions with their starts, in order of time."""

    start_times: tuple[datetime, ...] = (EPOCH,)
    versions: tuple[Precedence, ...] = (DEFAULT_PRECEDENCE,)

    def at(self, instant: datetime) -> Precedence:
        """Returns the version in force at an instant; before the first one, that one."""
        return self.versions[max(bisect_right(self.start_times, instant) - 1, 0)]

    def changes_after(self, instant: datetime) -> Sequence[datetime]:
        """Returns the instants after a given one at which another version begins."""
        return self.start_times[bisect_right(self.start_times, instant) :]
