"""The fold of entries into timelines: one fold, for one agent or for ten thousand."""

from dataclasses import dataclass

import numpy as np

from services.presence.domain.columns import (
    ALL_AGENTS,
    ALL_TRACKS,
    CONTACT_SEPARATOR,
    NO_TIME,
    EntryColumns,
    Integers,
    IntervalColumns,
    SpanColumns,
    Truths,
)
from services.presence.domain.givers import Givers, givers_at, rule_times_us
from services.presence.domain.points import Points, points_of
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import EntryKind, Mark, State

_MICROSECONDS_PER_MILLISECOND = 1_000
_MARK_OF = {EntryKind.GAP: Mark.GAP, EntryKind.OUTAGE: Mark.OUTAGE}


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """What is seen at each point, as rows that may be written over."""

    states: Integers
    reason_indexes: Integers
    activities: Integers
    marks: Integers
    contact_indexes: Integers
    capacity_left: Integers
    track_indexes: Integers
    entry_times_us: Integers

    def table(self) -> Integers:
        return np.stack(
            (
                self.states,
                self.reason_indexes,
                self.activities,
                self.marks,
                self.contact_indexes,
                self.capacity_left,
                self.track_indexes,
                self.entry_times_us,
            )
        )


def fold_timelines(
    entries: EntryColumns, spans: SpanColumns, rules: PrecedenceHistory, start_us: int, end_us: int
) -> IntervalColumns:
    """Returns the intervals of `[start_us, end_us)`, microseconds since 1970 UTC.

    Time before an agent's first entry is UNOBSERVED. Of entries in one millisecond the last one
    counts. Neighbours that differ in nothing one sees (state, reason, activity, marks, contacts,
    whether capacity was left) are one interval. An amendment is above every track, the latest
    recorded above the others; gaps and outages add their marks.
    """
    points = points_of(entries, spans, rule_times_us(rules), start_us, end_us)
    givers = givers_at(points, entries, rules)
    looks, contacts = _looks(entries, givers)
    _lay_over(looks, points, spans)
    return _intervals(points, looks.table(), contacts, entries.agent_count, start_us)


def _looks(entries: EntryColumns, givers: Givers) -> tuple[_Looks, tuple[str, ...]]:
    rows = givers.rows
    contact_indexes, contacts = _contacts_in_hand(entries, givers)
    overrun = (entries.kinds == EntryKind.LIMIT) & (entries.states == State.WRAP_UP)
    marks = entries.marks | np.where(overrun, int(Mark.OVERRUN), 0)
    return (
        _Looks(
            states=np.append(entries.states, State.UNOBSERVED)[rows],
            reason_indexes=np.append(entries.reason_indexes, 0)[rows],
            activities=np.append(entries.activities, 0)[rows],
            marks=np.append(marks, 0)[rows],
            contact_indexes=contact_indexes,
            capacity_left=_capacity_left(entries, givers),
            track_indexes=np.append(entries.track_indexes, ALL_TRACKS)[rows],
            entry_times_us=np.append(entries.occurred_times_us, NO_TIME)[rows],
        ),
        contacts,
    )


def _contacts_in_hand(entries: EntryColumns, givers: Givers) -> tuple[Integers, tuple[str, ...]]:
    """Returns the contacts at each point: a busy agent's of all her busy tracks."""
    own = np.append(entries.contact_indexes, 0)
    states = np.append(entries.states, State.UNOBSERVED)
    indexes = own[givers.rows]
    busy = [states[rows] == State.BUSY for rows in givers.current]
    several = (states[givers.rows] == State.BUSY) & (np.sum(busy, axis=0, dtype=np.int64) > 1)
    if not several.any():
        return indexes, entries.contacts
    held = np.stack(
        [
            np.where(is_busy, own[rows], 0)[several]
            for is_busy, rows in zip(busy, givers.current, strict=True)
        ]
    )
    unions, places = np.unique(held, axis=1, return_inverse=True)
    known = {joined: index for index, joined in enumerate(entries.contacts)}
    joined = [_union(entries.contacts, column) for column in unions.T.tolist()]
    numbers = [known.setdefault(one, len(known)) for one in joined]
    indexes[several] = np.array(numbers, np.int64)[places.reshape(-1)]
    return indexes, tuple(known)


def _capacity_left(entries: EntryColumns, givers: Givers) -> Integers:
    """Tells where a busy agent could take more, as far as her busy tracks say."""
    if not entries.free_counts.any():
        return np.zeros(givers.rows.size, np.int64)
    busy = entries.states == State.BUSY
    free = np.append(np.where(busy, entries.free_counts, 0), 0)
    of_all = np.sum([free[rows] for rows in givers.current], axis=0)
    left: Integers = (np.append(busy, False)[givers.rows] & (of_all > 0)).astype(np.int64)
    return left


def _union(contacts: tuple[str, ...], indexes: list[int]) -> str:
    parts = (contacts[index].split(CONTACT_SEPARATOR) for index in indexes if index)
    return CONTACT_SEPARATOR.join(sorted({one for part in parts for one in part}))


def _lay_over(looks: _Looks, points: Points, spans: SpanColumns) -> None:
    for row in np.argsort(spans.kinds, kind="stable").tolist():
        covered = _covered(points, spans, row)
        if spans.kinds[row] == EntryKind.AMENDMENT:
            looks.states[covered] = spans.states[row]
            looks.reason_indexes[covered] = spans.reason_indexes[row]
            looks.activities[covered] = spans.activities[row]
            looks.marks[covered] = Mark.AMENDED
            looks.contact_indexes[covered] = 0
            looks.capacity_left[covered] = 0
            looks.track_indexes[covered] = ALL_TRACKS
            looks.entry_times_us[covered] = NO_TIME
            continue
        track = spans.track_indexes[row]
        if track != ALL_TRACKS:
            covered = covered[looks.track_indexes[covered] == track]
        looks.marks[covered] |= int(_MARK_OF[EntryKind(spans.kinds[row])])


def _covered(points: Points, spans: SpanColumns, row: int) -> Integers:
    """Returns the points that lie in a span and of whom it tells."""
    start_us, end_us = spans.start_times_us[row], spans.end_times_us[row]
    agent = spans.agent_indexes[row]
    if agent == ALL_AGENTS:
        times = points.times_us
        return np.flatnonzero((times >= start_us) & (times < end_us))
    first, last = np.searchsorted(points.agents, (agent, agent + 1))
    times = points.times_us[first:last]
    return np.arange(*(first + np.searchsorted(times, (start_us, end_us))))


def _intervals(
    points: Points, looks: Integers, contacts: tuple[str, ...], agent_count: int, start_us: int
) -> IntervalColumns:
    offsets = np.maximum((points.times_us - start_us) // _MICROSECONDS_PER_MILLISECOND, 0)
    # The entry alone, and its track, are nothing that one sees.
    seen = np.concatenate((points.agents[np.newaxis], looks[:-2]))
    begun_us = _begun(points, seen)
    last = np.flatnonzero(_differs_from_next(np.stack((points.agents, offsets))))
    kept = last[_differs_from_former(seen[:, last])]
    agents = points.agents[kept]
    counts = np.bincount(agents, minlength=agent_count).astype(np.int64)
    ends = np.cumsum(counts)
    openings = begun_us[kept[ends - counts]]
    states, reasons, activities, marks, contact_indexes, left, tracks, entry_times = looks[:, kept]
    return IntervalColumns(
        interval_counts=counts,
        start_offsets_ms=offsets[kept],
        states=states,
        reason_indexes=reasons,
        activities=activities,
        marks=marks,
        contact_indexes=contact_indexes,
        capacity_left=left,
        track_indexes=tracks,
        entry_times_us=entry_times,
        opening_times_us=openings,
        last_change_times_us=np.where(counts == 1, openings, points.times_us[kept[ends - 1]]),
        contacts=contacts,
    )


def _begun(points: Points, seen: Integers) -> Integers:
    """Returns for each point the instant since which she looks as she does there."""
    begins = np.where(_differs_from_former(seen), np.arange(points.agents.size), 0)
    return points.times_us[np.maximum.accumulate(begins)]


def _differs_from_former(columns: Integers) -> Truths:
    if not columns.shape[1]:
        return np.zeros(0, np.bool_)
    return np.insert((columns[:, 1:] != columns[:, :-1]).any(axis=0), 0, True)


def _differs_from_next(columns: Integers) -> Truths:
    if not columns.shape[1]:
        return np.zeros(0, np.bool_)
    return np.append((columns[:, 1:] != columns[:, :-1]).any(axis=0), True)
