"""Breaks, and the longest time that is in order for their reason."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np

from gateway.domain.heatmap import Person
from gateway.domain.timelines import Integers, Look, Timelines

BREAK = 4

ReasonLimits: TypeAlias = Mapping[str, int]
"""How many milliseconds a break may last, by its reason; reasons without a limit are left out."""

BreakLimits: TypeAlias = Mapping[str, ReasonLimits]
"""The same by site."""


def left_ms(look: Look, since_ms: int, limits: ReasonLimits, at_ms: int) -> int | None:
    """Returns what is left of a break at an instant: less than nothing once it is a long one.

    None for what is no break, and for a reason without a limit.
    """
    limit = limits.get(look.reason) if look.state == BREAK else None
    return None if limit is None else since_ms + limit - at_ms


def start_of_run(looks: Sequence[Look], indexes: Integers, first: int, place: int) -> int:
    """Returns where the state of an interval began, with the same reason: a mark that comes or goes
    ends no break. `first` is the agent's first interval, `indexes` the look of each.
    """
    run = looks[int(indexes[place])]
    while place > first and _goes_on(looks[int(indexes[place - 1])], run):
        place -= 1
    return place


def agents_on_long_break(
    timelines: Timelines, people: Iterable[Person], limits: BreakLimits, at_ms: int
) -> frozenset[str]:
    """Returns who of the people is on a break that lasts too long, as their timelines end: now, or
    at the span's end if that has passed.
    """
    sites = {one.agent: one.site for one in people}
    indexes, ends = timelines.look_indexes(), np.cumsum(timelines.counts)
    # Unpacked once, and only if the marks of somebody changed on her break.
    lengths_ms = cache(timelines.lengths_ms)
    found = set[str]()
    for row in np.flatnonzero(timelines.last_states() == BREAK).tolist():
        agent, last = timelines.agents[row], int(ends[row]) - 1
        first = last + 1 - int(timelines.counts[row])
        start = start_of_run(timelines.looks, indexes, first, last)
        since = int(timelines.last_changes_ms[row]) - _length_ms(lengths_ms, start, last)
        look = timelines.looks[int(indexes[last])]
        left = left_ms(look, since, limits.get(sites.get(agent, ""), {}), at_ms)
        if left is not None and left < 0:
            found.add(agent)
    return frozenset(found)


def _length_ms(lengths_ms: Callable[[], Integers], start: int, end: int) -> int:
    return 0 if start == end else int(lengths_ms()[start:end].sum())


def _goes_on(look: Look, run: Look) -> bool:
    return (look.state, look.reason) == (run.state, run.reason)
