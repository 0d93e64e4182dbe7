"""What an agent is now, all her tracks considered, and how an entry moves it.

Most entries come in order, and then her state moves by a few comparisons. One that comes late, an
acceptance, or one that occurred under a former precedence needs her log: `replay` gives the same
state from it, whatever the order of recording was.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from services.presence.domain.entry import EPOCH, NO_DETAILS, Details, Entry, EntryOrder
from services.presence.domain.precedence import (
    OF_TRACKS,
    Precedence,
    PrecedenceHistory,
    Track,
    track_of,
)
from services.presence.domain.state import Activity, EntryKind, Mark, State

# Python 3.11 takes many times as long to find a member as a name, and these are for every change.
_BUSY, _UNOBSERVED, _LIMIT = State.BUSY, State.UNOBSERVED, EntryKind.LIMIT


class Look(NamedTuple):
    """What one sees of an agent; while it stays the same she is in one interval.

    `contacts` is a set in the order of its members; of a busy agent the union over all tracks that
    say BUSY, and `capacity_left` tells whether she could take more, as far as these say.
    """

    state: State = State.UNOBSERVED
    reason: str = ""
    activity: Activity = Activity.UNSPECIFIED
    marks: int = 0
    contacts: tuple[str, ...] = ()
    capacity_left: bool = False


class AgentState(NamedTuple):
    """The look of an agent since an instant, and the current entry of each of her tracks.

    `newest` is the last place in her order that anything of her tracks took, counted or not. Marks
    of spans (amendments, gaps, outages) lie on the timeline and not here.
    """

    look: Look = Look()
    since_time: datetime = EPOCH
    tracks: tuple[Entry, ...] = ()
    newest: EntryOrder = EntryOrder(EPOCH, 0, "", "")

    @property
    def has_details(self) -> bool:
        """Whether an entry of her tracks has what few entries have."""
        return _have_details(self.tracks)

    @property
    def limit_time(self) -> datetime | None:
        """The next instant at which a wrap-up of hers ends by its rule, or None."""
        if not self.has_details:
            return None
        times = (
            entry.details.limit_time for entry in self.tracks if entry.kind is EntryKind.CHANGE
        )
        return min((time for time in times if time is not None), default=None)

    @property
    def load_count(self) -> int:
        """What she has in hand, as far as her busy tracks tell."""
        if not self.has_details:
            return 0
        return sum(entry.details.load_count for entry in _busy(self.tracks))

    @property
    def capacity_count(self) -> int:
        """What she can have in hand, as far as her busy tracks tell."""
        if not self.has_details:
            return 0
        return sum(entry.details.capacity_count for entry in _busy(self.tracks))


NEVER_SEEN = AgentState()
"""The state of an agent of whom nothing was recorded."""


def advance(known: AgentState, entry: Entry, rules: PrecedenceHistory) -> AgentState | None:
    """Returns the state after one more entry, or None if only her whole log can tell it."""
    if entry.kind not in OF_TRACKS:
        return None if entry.kind is EntryKind.ACCEPTANCE else known
    order = entry.order
    if order < known.newest or entry.occurred_time < rules.start_times[-1]:
        return None
    return _apply(known, entry, order, rules.versions[-1])


def replay(entries: Iterable[Entry], rules: PrecedenceHistory) -> AgentState:
    """Returns the state after all entries of one agent, given in any order."""
    given = sorted(entries, key=lambda entry: entry.order)
    accepted = {
        (entry.details.refers_to_source, entry.details.refers_to_event_id)
        for entry in given
        if entry.kind is EntryKind.ACCEPTANCE
    }
    state = NEVER_SEEN
    for entry in given:
        if entry.kind in OF_TRACKS:
            state = _under_changing_rules(state, rules, state.newest.occurred_time, entry)
            counted = _accepted(entry) if (entry.source, entry.event_id) in accepted else entry
            precedence = rules.at(entry.occurred_time)
            state = _apply(state, counted, entry.order, precedence)
    return _under_changing_rules(state, rules, state.newest.occurred_time, None)


def replay_recent(
    known: AgentState, recent: Iterable[Entry], from_time: datetime, rules: PrecedenceHistory
) -> AgentState | None:
    """Returns the state after all entries, or None if older ones are needed to tell it.

    `recent` holds all of her entries from an instant on, and earlier ones that are new; `known` is
    her state before the new ones.
    """
    given = {entry.order: entry for entry in (*known.tracks, *recent)}
    state = replay(given.values(), rules)
    # A track is whole from its first entry here on; a LIMIT needs the wrap-up before it.
    whole_from: dict[Track, datetime] = {}
    for entry in sorted(given.values(), key=lambda entry: entry.order):
        if entry.kind not in OF_TRACKS or entry.occurred_time < from_time:
            continue
        track = track_of(entry.source_kind, entry.source)
        if entry.kind is EntryKind.LIMIT and track not in whole_from:
            return None
        whole_from.setdefault(track, entry.occurred_time)
    if state.since_time <= max((from_time, *whole_from.values())):
        return None
    return state._replace(newest=max(state.newest, known.newest))


def judged_anew(known: AgentState, precedence: Precedence, since_time: datetime) -> AgentState:
    """Returns the state under a precedence that holds from an instant after all entries on."""
    look = look_of(known.tracks, precedence)
    if look == known.look:
        return known
    return AgentState(look, since_time, known.tracks, known.newest)


def look_of(tracks: tuple[Entry, ...], precedence: Precedence) -> Look:
    """Returns what the current entries of an agent's tracks make of her."""
    live = [entry for entry in tracks if entry.state is not _UNOBSERVED]
    if not live:
        return Look()
    if len(live) == 1:
        return _look_from(live[0], live)
    strongest = min(map(precedence.rank_of, live))
    equals = [entry for entry in live if precedence.rank_of(entry) == strongest]
    giver = max(equals, key=lambda entry: entry.order)
    return _look_from(giver, _busy(live) if giver.state is _BUSY else [giver])


def _look_from(giver: Entry, sharing: Sequence[Entry]) -> Look:
    """Returns the look that an entry gives; those that share in it have contacts and capacity."""
    marks = marks_of(giver)
    contacts = _as_set([entry.contacts for entry in sharing])
    return Look(giver.state, giver.reason, giver.activity, marks, contacts, _capacity_left(sharing))


def _capacity_left(busy: Sequence[Entry]) -> bool:
    if not _have_details(busy):
        return False
    return sum(entry.details.load_count for entry in busy) < sum(
        entry.details.capacity_count for entry in busy
    )


def _have_details(entries: Sequence[Entry]) -> bool:
    for entry in entries:  # noqa: SIM110 - `any` takes thrice as long, and most have one track
        if entry.details is not NO_DETAILS:
            return True
    return False


def marks_of(entry: Entry) -> int:
    """Returns the marks of the time that an entry gives."""
    if entry.kind is _LIMIT and entry.state is State.WRAP_UP:
        return entry.marks | Mark.OVERRUN
    return entry.marks


def _apply(
    known: AgentState, entry: Entry, order: EntryOrder, precedence: Precedence
) -> AgentState:
    """Applies an entry that comes after all others of the agent's tracks."""
    own, others = _by_track(known.tracks, entry)
    if entry.kind is _LIMIT and (own is None or not _is_of(entry.details, own)):
        return AgentState(known.look, known.since_time, known.tracks, order)
    tracks = (*others, entry)
    look = look_of(tracks, precedence)
    since_time = known.since_time if look == known.look else entry.occurred_time
    return AgentState(look, since_time, tracks, order)


def _by_track(tracks: tuple[Entry, ...], entry: Entry) -> tuple[Entry | None, tuple[Entry, ...]]:
    """Returns the current entry of an entry's own track, or None, and those of the others."""
    track = track_of(entry.source_kind, entry.source)
    own: Entry | None = None
    others: tuple[Entry, ...] = ()
    for each in tracks:
        if track_of(each.source_kind, each.source) == track:
            own = each
        else:
            others = (*others, each)
    return own, others


def _is_of(limit: Details, current: Entry) -> bool:
    """Tells whether a limit is that of the wrap-up which is current in its track."""
    began = (
        current.details.refers_to_time if current.kind is EntryKind.LIMIT else current.occurred_time
    )
    is_wrap_up = current.kind is EntryKind.LIMIT or current.state is State.WRAP_UP
    return is_wrap_up and limit.refers_to_time == began


def _accepted(entry: Entry) -> Entry:
    return entry._replace(marks=entry.marks & ~Mark.CLAIMED)


def _under_changing_rules(
    state: AgentState, rules: PrecedenceHistory, after: datetime, entry: Entry | None
) -> AgentState:
    """Judges anew at each change of precedence after an instant and up to the next entry."""
    for start_time in rules.changes_after(after):
        if entry is not None and entry.occurred_time < start_time:
            break
        state = judged_anew(state, rules.at(start_time), start_time)
    return state


def _as_set(held: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    if len(held) == 1 and len(held[0]) < 2:
        return held[0]
    return tuple(sorted(set(chain.from_iterable(held))))


def _busy(tracks: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in tracks if entry.state is _BUSY]
