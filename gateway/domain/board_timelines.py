"""What a board orders agents by, from their timelines."""

import numpy as np

from gateway.domain.held_time import state_cells
from gateway.domain.timelines import Integers, Timelines


def since_ms(timelines: Timelines) -> Integers:
    """Returns since when each agent's last state holds: at the latest since the span's start, be it
    with another reason or activity.
    """
    if not timelines.agents:
        return np.zeros(0, np.int64)
    states, lengths = timelines.states(), timelines.lengths_ms()
    ends = np.cumsum(timelines.counts)
    firsts = ends - timelines.counts
    places = np.arange(states.size)
    begins = np.diff(states, prepend=-1) != 0
    begins[firsts] = True
    latest = np.maximum.accumulate(np.where(begins, places, 0))[ends - 1]
    begun = np.cumsum(lengths) - lengths
    since = begun[latest] - begun[firsts] + timelines.start_ms
    # Of an only interval it is known when it began before the span.
    whole: Integers = np.where(timelines.counts == 1, timelines.last_changes_ms, since)
    return whole


def amounts_ms(timelines: Timelines, state: int, passed_ms: int) -> Integers:
    """Returns how long each agent was in a state, up to an instant."""
    rows = np.arange(len(timelines.agents))
    edges = np.array([timelines.start_ms, timelines.end_ms], np.int64)
    amounts: Integers = state_cells(timelines, rows, rows.size, edges, passed_ms)[:, 0, state]
    return amounts
