"""Which entry gives an agent's state at each point: tracks filled forward, then precedence."""

from dataclasses import dataclass

import numpy as np

from services.presence.domain.columns import EntryColumns, Integers, Truths
from services.presence.domain.entry import microseconds_of
from services.presence.domain.points import NO_ENTRY, Points
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import EntryKind, State

_NOBODY = np.iinfo(np.int32).max
"""The rank of a track that says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Givers:
    """For each point the row of the entry that gives the state, or NO_ENTRY.

    `current` holds for each point, track by track of its agent, the row of the current entry.
    """

    rows: Integers
    current: tuple[Integers, ...]


def givers_at(points: Points, entries: EntryColumns, rules: PrecedenceHistory) -> Givers:
    """Returns who gives the state at each point."""
    slots = _slots(entries)
    # An entry that does not count is a point at which no track changes.
    counting = np.append(np.where(_counts(entries), slots, NO_ENTRY), NO_ENTRY)[points.entries]
    firsts = _first_points(points)
    current = tuple(
        _filled(np.where(counting == slot, points.entries, NO_ENTRY), firsts)
        for slot in range(int(slots.max(initial=-1)) + 1)
    )
    ranks = _ranks(entries, rules)
    versions = np.searchsorted(_starts_us(rules)[1:], points.times_us, side="right")
    best = np.full(points.times_us.size, _NOBODY * (slots.size + 1))
    for rows in current:
        # Of equal ranks the later entry has the smaller key.
        rank = ranks[versions, np.where(rows < 0, slots.size, rows)]
        np.minimum(best, rank * (slots.size + 1) + (slots.size - rows), out=best)
    rank, rest = np.divmod(best, slots.size + 1)
    return Givers(np.where(rank == _NOBODY, NO_ENTRY, slots.size - rest), current)


def rule_times_us(rules: PrecedenceHistory) -> Integers:
    """Returns the instants at which the precedence changes."""
    return _starts_us(rules)[1:]


def _starts_us(rules: PrecedenceHistory) -> Integers:
    return np.array([microseconds_of(time) for time in rules.start_times], np.int64)


def _slots(entries: EntryColumns) -> Integers:
    """Numbers the tracks of each agent from 0; few agents have more than two."""
    if len(entries.tracks) < 2:
        return np.zeros(entries.agent_indexes.size, np.int64)
    pairs = entries.agent_indexes * len(entries.tracks) + entries.track_indexes
    distinct, places = np.unique(pairs, return_inverse=True)
    agents = distinct // len(entries.tracks)
    numbers: Integers = np.arange(distinct.size) - np.searchsorted(agents, agents)
    return numbers[places]


def _counts(entries: EntryColumns) -> Truths:
    """Tells of each entry whether it counts: a LIMIT does for the wrap-up right before it only."""
    limits = np.flatnonzero(entries.kinds == EntryKind.LIMIT)
    counts = np.ones(entries.kinds.size, np.bool_)
    if not limits.size:
        return counts
    pairs = entries.agent_indexes * len(entries.tracks) + entries.track_indexes
    by_track = np.argsort(pairs, kind="stable")
    others = np.where(entries.kinds[by_track] == EntryKind.LIMIT, -1, np.arange(by_track.size))
    before = np.empty_like(by_track)
    before[by_track] = by_track[np.maximum.accumulate(others)]
    of = before[limits]
    counts[limits] = (
        (np.maximum.accumulate(others)[np.argsort(by_track)[limits]] >= 0)
        & (pairs[of] == pairs[limits])
        & (entries.states[of] == State.WRAP_UP)
        & (entries.occurred_times_us[of] == entries.refers_to_times_us[limits])
    )
    return counts


def _first_points(points: Points) -> Integers:
    """Returns for each point the first point of its agent."""
    places = np.arange(points.agents.size)
    begins = np.diff(points.agents, prepend=-1) != 0
    return np.maximum.accumulate(np.where(begins, places, 0))


def _filled(rows: Integers, firsts: Integers) -> Integers:
    """Fills rows forward within each agent."""
    if not rows.size:
        return rows
    places = np.maximum.accumulate(np.where(rows >= 0, np.arange(rows.size), -1))
    return np.where(places >= firsts, rows[places], NO_ENTRY)


def _ranks(entries: EntryColumns, rules: PrecedenceHistory) -> Integers:
    """Returns by version and entry how strong its word is; after the last entry, nobody's."""
    table = np.array(
        [
            [
                [
                    _NOBODY if state is State.UNOBSERVED else version.rank(track, state)
                    for state in State
                ]
                for track in entries.tracks
            ]
            for version in rules.versions
        ],
        np.int64,
    ).reshape(len(rules.versions), len(entries.tracks), len(State))
    own = table[:, entries.track_indexes, entries.states - 1]
    return np.append(own, np.full((len(rules.versions), 1), _NOBODY), axis=1)
