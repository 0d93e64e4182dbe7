"""The dominant state of each five minutes: what a screen of ten thousand rows can show."""

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
    span = timelines.end_ms - timelines.start_ms
    blocks = block_count_of(span)
    states = states_in(timelines.looks)
    place = np.repeat(np.arange(agent_count) * blocks, timelines.counts)
    place += timelines.offsets_ms // BLOCK_MS
    # The last interval that begins in or before a block holds at its end; a block in which none
    # begins holds nothing else.
    last = np.cumsum(np.bincount(place, minlength=agent_count * blocks)) - 1
    strips = states[last].astype(np.uint8)
    mixed = _mixed_blocks(timelines, place)
    strips[mixed] = _longest(timelines, place, mixed, states, passed_ms)
    strips = strips.reshape(agent_count, blocks)
    to_come = max(block_count_of(max(passed_ms - timelines.start_ms, 0)), 0)
    strips[:, to_come:] = 0
    return strips


def _mixed_blocks(timelines: SiteTimelines, place: Integers) -> Integers:
    """Returns the blocks in which something changes after their start."""
    return np.unique(place[timelines.offsets_ms % BLOCK_MS != 0])


def _longest(
    timelines: SiteTimelines, place: Integers, mixed: Integers, states: Integers, passed_ms: int
) -> Integers:
    """Returns the state that holds longest in each of the mixed blocks."""
    rank = np.full(
        len(timelines.agents) * block_count_of(timelines.end_ms - timelines.start_ms), -1
    )
    rank[mixed] = np.arange(mixed.size)
    passed = passed_ms - timelines.start_ms
    ends = timelines.offsets_ms + timelines.lengths_ms
    held = np.zeros(mixed.size * STATE_COUNT)
    within = rank[place] >= 0
    block_starts = timelines.offsets_ms // BLOCK_MS * BLOCK_MS
    # What begins in a mixed block holds until it or the block ends ...
    until = np.minimum(np.minimum(ends, block_starts + BLOCK_MS), passed)
    lengths = np.maximum(until - timelines.offsets_ms, 0)
    held += np.bincount(
        rank[place[within]] * STATE_COUNT + states[within],
        weights=lengths[within],
        minlength=held.size,
    )
    # ... and what began before holds from the block's start to the first change in it.
    entering = np.flatnonzero(
        within & _is_first_in_block(place) & (timelines.offsets_ms % BLOCK_MS != 0)
    )
    lead = np.minimum(timelines.offsets_ms[entering], passed) - block_starts[entering]
    held += np.bincount(
        rank[place[entering]] * STATE_COUNT + states[entering - 1],
        weights=np.maximum(lead, 0),
        minlength=held.size,
    )
    longest: Integers = held.reshape(mixed.size, STATE_COUNT).argmax(axis=1)
    return longest


def _is_first_in_block(place: Integers) -> Truths:
    is_first: Truths = np.diff(place, prepend=-1) != 0
    return is_first
