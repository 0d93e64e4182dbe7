"""How long somebody was in each state, to the millisecond."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_BREAK = 4
"""The State number of breaks, whose reasons are told apart."""


class Interval(NamedTuple):
    """A stretch in which nothing changed; the state by its number."""

    start_ms: int
    end_ms: int
    state: int
    reason: str


class StateTime(NamedTuple):
    """How long a state held, and in how many stretches."""

    state: int
    reason: str
    milliseconds: int
    interval_count: int


def state_times(intervals: Iterable[Interval], passed_ms: int) -> Sequence[StateTime]:
    """Returns the times by state and, of breaks, reason; they sum to what has passed of the span.

    Neighbouring intervals that differ in something else are one stretch.
    """
    held: dict[tuple[int, str], int] = {}
    counts: dict[tuple[int, str], int] = {}
    before: tuple[int, str] | None = None
    for one in intervals:
        length = min(one.end_ms, passed_ms) - one.start_ms
        if length <= 0:
            break
        key = one.state, one.reason if one.state == _BREAK else ""
        held[key] = held.get(key, 0) + length
        counts[key] = counts.get(key, 0) + (key != before)
        before = key
    return [StateTime(*key, held[key], counts[key]) for key in sorted(held)]
