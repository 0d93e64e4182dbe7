"""How long things held, group by group and column by column: exact, to the millisecond."""

import numpy as np
from numpy.typing import NDArray

from gateway.domain.timelines import STATE_COUNT, Integers, Timelines


def held_ms(
    keys: Integers, starts_ms: Integers, lengths_ms: Integers, edges_ms: Integers, key_count: int
) -> Integers:
    """Returns the milliseconds by key and column that intervals of that key take.

    Columns lie between neighbouring edges, in ascending order. All instants are given from the same
    origin.
    """
    upto = _held_before(keys, starts_ms, edges_ms, key_count)
    upto -= _held_before(keys, starts_ms + lengths_ms, edges_ms, key_count)
    whole: Integers = np.rint(upto).astype(np.int64)
    return whole[:, 1:] - whole[:, :-1]


def state_cells(
    timelines: Timelines, groups: Integers, group_count: int, edges_ms: Integers, passed_ms: int
) -> Integers:
    """Returns milliseconds by group, column and State number; `groups` tells the group of each
    agent, negative for none.

    Edges are instants; what comes after `passed_ms` counts for state 0, so that the cells of a
    group sum to the column's length for each agent of it.
    """
    lengths = timelines.lengths_ms()
    firsts = np.cumsum(timelines.counts) - timelines.counts
    begun = np.cumsum(lengths) - lengths
    starts = begun - np.repeat(begun[firsts], timelines.counts) + timelines.start_ms
    of_group = np.repeat(groups, timelines.counts)
    counted = of_group >= 0
    keys = (of_group * STATE_COUNT + timelines.states())[counted]
    held = held_ms(
        keys,
        starts[counted],
        lengths[counted],
        np.minimum(edges_ms, passed_ms),
        group_count * STATE_COUNT,
    )
    cells = held.reshape(group_count, STATE_COUNT, edges_ms.size - 1).transpose(0, 2, 1)
    sizes = np.bincount(groups[groups >= 0], minlength=group_count)
    cells[:, :, 0] = sizes[:, None] * np.diff(edges_ms) - cells[:, :, 1:].sum(axis=2)
    return cells


def _held_before(
    keys: Integers, instants_ms: Integers, edges_ms: Integers, key_count: int
) -> NDArray[np.float64]:
    """Returns by key and edge the sum of the times from instants to the edge, of those before it.

    Sums of milliseconds from the first edge on stay far below 2**53, so floats hold them exactly.
    """
    edge_count = edges_ms.size
    since = np.maximum(instants_ms - edges_ms[0], 0)
    edges = edges_ms - edges_ms[0]
    # The first edge that an instant does not lie after; those beyond the last one hold nothing.
    first = np.searchsorted(edges, since, side="left")
    places = keys * (edge_count + 1) + first
    size = key_count * (edge_count + 1)
    shape = (key_count, edge_count + 1)
    counts = np.cumsum(np.bincount(places, minlength=size).reshape(shape), axis=1)
    sums = np.cumsum(np.bincount(places, since, minlength=size).reshape(shape), axis=1)
    held: NDArray[np.float64] = (counts * np.append(edges, 0) - sums)[:, :edge_count]
    return held
