"""The dominant state of each five minutes: what a screen of ten thousand rows can show."""

import numpy as np
from numpy.typing import NDArray

from services.presence.domain.looks import STATE_COUNT, Integers, states_in
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
    passed = max(passed_ms - timelines.start_ms, 0)
    # In which of the blocks of all agents, one agent after the other, each interval begins.
    rows = np.arange(agent_count) * block_count
    places = np.repeat(rows, timelines.counts) + timelines.offsets_ms // BLOCK_MS
    # A block in which nothing begins holds what began last before it, and nothing else.
    states = states_in(timelines.looks).astype(np.uint8)
    dominant = np.repeat(states, np.diff(places, append=agent_count * block_count))
    firsts = np.flatnonzero(np.diff(places, prepend=-1))
    dominant[places[firsts]] = _longest(timelines, firsts, passed)
    strips = dominant.reshape(agent_count, block_count)
    strips[:, block_count_of(passed) :] = 0
    return strips


def _longest(timelines: SiteTimelines, firsts: Integers, passed: int) -> Integers:
    """Returns the state that holds longest in each block in which intervals begin, by the first
    one that does.
    """
    states, offsets = states_in(timelines.looks), timelines.offsets_ms
    block_starts = offsets // BLOCK_MS * BLOCK_MS
    begun = np.minimum(offsets, passed)
    ends = np.minimum(np.minimum(timelines.ends_ms, block_starts + BLOCK_MS), passed)
    ranks = np.arange(firsts.size)
    held = np.zeros((firsts.size, STATE_COUNT), np.int64)
    # What began before a block holds in it up to the first change there ...
    held[ranks, states[firsts - 1]] = np.maximum(begun[firsts] - block_starts[firsts], 0)
    # ... and what begins in it holds until it or the block ends.
    own = np.repeat(ranks, np.diff(firsts, append=states.size))
    np.add.at(held.reshape(-1), own * STATE_COUNT + states, ends - begun)
    longest: Integers = held.argmax(axis=1)
    return longest
