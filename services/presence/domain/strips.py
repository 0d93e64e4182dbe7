"""The dominant state of each five minutes: what a screen of ten thousand rows can show."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.presence.domain.looks import STATE_COUNT, Integers, Truths, states_in
from services.presence.domain.site_timelines import SiteTimelines

BLOCK_MS = 300_000


def block_count_of(span_ms: int) -> int:
    """Returns how many blocks a span has; the last one may be shorter."""
    return -(-span_ms // BLOCK_MS)


def dominant_states(timelines: SiteTimelines, passed_ms: int) -> NDArray[np.uint8]:
    """Returns for each agent and block the state that holds longest, zero for time to come.

    Of equally long ones it is that with the lower number. Time has passed up to `passed_ms`, an
    instant: what comes after it does not count.
    """
    agent_count = len(timelines.agents)
    block_count = block_count_of(timelines.end_ms - timelines.start_ms)
    starts = _starts(timelines, block_count)
    # The last interval that begins in or before a block holds at its end; a block in which nothing
    # changes holds nothing else.
    last = np.cumsum(np.bincount(starts.places, minlength=agent_count * block_count)) - 1
    strips = starts.states[last]
    passed = passed_ms - timelines.start_ms
    mixed = _mixed_blocks(starts)
    strips[mixed] = _longest(timelines, starts, mixed, passed)
    strips = strips.reshape(agent_count, block_count)
    strips[:, block_count_of(max(passed, 0)) :] = 0
    return strips


@dataclass(frozen=True, slots=True, eq=False)
class _Starts:
    """Of each interval its state, and the block in which it begins: `places` counts the blocks of
    all agents, `block_starts` is where the block begins, `is_first` tells of the first one there.
    """

    states: NDArray[np.uint8]
    places: Integers
    block_starts: Integers
    is_first: Truths
    is_inside: Truths


def _starts(timelines: SiteTimelines, block_count: int) -> _Starts:
    blocks = timelines.offsets_ms // BLOCK_MS
    rows = np.arange(len(timelines.agents)) * block_count
    places = np.repeat(rows, timelines.counts) + blocks
    block_starts = blocks * BLOCK_MS
    return _Starts(
        states=states_in(timelines.looks).astype(np.uint8),
        places=places,
        block_starts=block_starts,
        is_first=np.diff(places, prepend=-1) != 0,
        is_inside=timelines.offsets_ms != block_starts,
    )


def _mixed_blocks(starts: _Starts) -> Integers:
    """Returns the places of the blocks in which something changes after their start, in order."""
    places = starts.places[starts.is_inside]
    distinct: Integers = places[np.diff(places, prepend=-1) != 0]
    return distinct


def _longest(
    timelines: SiteTimelines, starts: _Starts, mixed: Integers, passed: int
) -> NDArray[np.uint8]:
    """Returns the state that holds longest in each of the mixed blocks."""
    is_mixed = np.zeros(int(starts.places.max(initial=0)) + 1, np.bool_)
    is_mixed[mixed] = True
    within = np.flatnonzero(is_mixed[starts.places])
    ranks = np.cumsum(starts.is_first[within]) - 1
    begun = timelines.offsets_ms[within]
    ends = begun + timelines.lengths_ms[within]
    block_starts = starts.block_starts[within]
    # What begins in a mixed block holds until it or the block ends ...
    until = np.minimum(np.minimum(ends, block_starts + BLOCK_MS), passed)
    held = _sums(starts.states[within], ranks, until - begun, mixed.size)
    # ... and what began before holds from the block's start to the first change in it.
    entered = np.flatnonzero(starts.is_first[within] & starts.is_inside[within])
    lead = np.minimum(begun[entered], passed) - block_starts[entered]
    held += _sums(starts.states[within[entered] - 1], ranks[entered], lead, mixed.size)
    return _greatest(held)


def _sums(
    states: NDArray[np.uint8], ranks: Integers, lengths: Integers, count: int
) -> NDArray[np.float64]:
    """Returns the sums of lengths by state and rank; what has not passed is no length."""
    keys = states.astype(np.int64) * count + ranks
    weights = np.maximum(lengths, 0).astype(np.float64)
    summed = np.bincount(keys, weights, minlength=STATE_COUNT * count)
    return summed.astype(np.float64, copy=False).reshape(STATE_COUNT, count)


def _greatest(held: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Returns the first state of the greatest sum; seven passes take a tenth of one argmax."""
    best = held[0].copy()
    states = np.zeros(best.size, np.uint8)
    for state in range(1, STATE_COUNT):
        is_better = held[state] > best
        best[is_better] = held[state][is_better]
        states[is_better] = state
    return states
