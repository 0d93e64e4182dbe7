"""How many of each group were in each state, five minutes by five minutes."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from gateway.domain.held_time import held_ms, state_cells
from gateway.domain.timelines import Integers, Timelines

BLOCK_MS = 300_000
HUNDREDTHS = 100
Stretch: TypeAlias = tuple[int, int, int]
"""A group, and from when until when somebody of it is planned."""


def block_edges_ms(start_ms: int, end_ms: int) -> Integers:
    """Returns the instants between which the blocks of a span lie; the last may be shorter."""
    return np.append(np.arange(start_ms, end_ms, BLOCK_MS, dtype=np.int64), end_ms)


def mean_headcounts(
    timelines: Timelines, groups: Integers, sizes: Sequence[int], passed_ms: int
) -> Integers:
    """Returns hundredths of agents by group, block and State number.

    `groups` tells the group of each agent of the timelines, negative for none; `sizes` how many
    people each group has. The numbers of a block sum to the people of the group: who has no
    timeline counts for state 0, as does time that has not passed.
    """
    edges = block_edges_ms(timelines.start_ms, timelines.end_ms)
    cells = state_cells(timelines, groups, len(sizes), edges, passed_ms)
    told = np.bincount(groups[groups >= 0], minlength=len(sizes))
    lengths = np.diff(edges)
    cells[:, :, 0] += (np.array(sizes, np.int64) - told)[:, None] * lengths
    return _hundredths(cells, lengths)


def _hundredths(cells: Integers, lengths: Integers) -> Integers:
    """Divides so that what is rounded still sums: the sums are rounded, not the parts."""
    sums = np.cumsum(cells, axis=2) * HUNDREDTHS / lengths[None, :, None]
    rounded: Integers = np.rint(sums).astype(np.int64)
    rounded[:, :, 1:] -= rounded[:, :, :-1].copy()
    return rounded


def planned_headcounts(
    work: Sequence[Stretch], away: Sequence[Stretch], edges_ms: Integers, group_count: int
) -> Integers:
    """Returns hundredths of agents planned to work by group and block: those on shift less those of
    them who are planned for something else.
    """
    planned = _held(work, edges_ms, group_count) - _held(away, edges_ms, group_count)
    lengths = edges_ms[1:] - edges_ms[:-1]
    hundredths: Integers = np.rint(planned * HUNDREDTHS / lengths).astype(np.int64)
    return hundredths


def _held(stretches: Sequence[Stretch], edges_ms: Integers, group_count: int) -> Integers:
    columns = np.array(stretches, np.int64).reshape(-1, 3)
    keys, starts, ends = columns[:, 0], columns[:, 1], columns[:, 2]
    return held_ms(keys, starts, ends - starts, edges_ms, group_count)
