"""How long each agent was in each state, column by column: exact, and summing to the column."""

from collections.abc import Sequence

import numpy as np

from services.presence.domain.looks import (
    STATE_COUNT,
    Integers,
    Truths,
    reason_indexes_in,
    states_in,
)
from services.presence.domain.site_timelines import SiteTimelines
from services.presence.domain.state import State


def state_cells(timelines: SiteTimelines, edges_ms: Sequence[int], passed_ms: int) -> Integers:
    """Returns milliseconds by agent, column and state; state 0 is time that has not passed.

    The columns lie between neighbouring edges, instants from the start of the span to its end. They
    sum to their column's length.
    """
    cut = _Cut(timelines, edges_ms, passed_ms)
    states = states_in(timelines.looks)
    cells = np.stack([cut.held(states == state) for state in range(STATE_COUNT)], axis=2)
    cells[:, :, 0] = np.diff(np.array(edges_ms, np.int64)) - cells.sum(axis=2)
    return cells


def break_cells(timelines: SiteTimelines, edges_ms: Sequence[int], passed_ms: int) -> Integers:
    """Returns milliseconds of break by agent, column and reason, as `break_reasons` orders them."""
    cut = _Cut(timelines, edges_ms, passed_ms)
    is_break = states_in(timelines.looks) == State.BREAK
    reasons = reason_indexes_in(timelines.looks)
    cells = [cut.held(is_break & (reasons == index)) for index in _break_indexes(timelines)]
    shape = (len(timelines.agents), len(edges_ms) - 1, len(cells))
    return np.stack(cells, axis=2) if cells else np.zeros(shape, np.int64)


def break_reasons(timelines: SiteTimelines) -> tuple[str, ...]:
    """Returns the reasons of the breaks that occur."""
    return tuple(timelines.reasons[index] for index in _break_indexes(timelines))


def _break_indexes(timelines: SiteTimelines) -> list[int]:
    breaks = timelines.looks[states_in(timelines.looks) == State.BREAK]
    indexes: list[int] = np.unique(reason_indexes_in(breaks)).tolist()
    return indexes


class _Cut:
    """Where edges cut the intervals of each agent."""

    def __init__(self, timelines: SiteTimelines, edges_ms: Sequence[int], passed_ms: int) -> None:
        span = timelines.end_ms - timelines.start_ms
        edges = np.minimum(np.array(edges_ms, np.int64), passed_ms) - timelines.start_ms
        edges = np.clip(edges, 0, span)
        rows = np.arange(timelines.counts.size)
        keys = np.repeat(rows * (span + 1), timelines.counts) + timelines.offsets_ms
        wanted = (rows * (span + 1))[:, None] + edges[None, :]
        # The interval in which an edge lies.
        self._places = np.searchsorted(keys, wanted.ravel(), side="right") - 1
        self._into = np.tile(edges, rows.size) - timelines.offsets_ms[self._places]
        self._lengths = timelines.lengths_ms
        self._shape = wanted.shape

    def held(self, holds: Truths) -> Integers:
        """Returns by agent and column how long the intervals that hold take."""
        lengths = np.where(holds, self._lengths, 0)
        before = np.cumsum(lengths) - lengths
        upto = before[self._places] + np.where(holds[self._places], self._into, 0)
        held: Integers = np.diff(upto.reshape(self._shape), axis=1)
        return held
