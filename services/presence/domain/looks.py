"""How an interval looks, as one number: what a column of hundreds of thousands holds.

Bits 0 to 2 hold the state, 3 to 6 the activity, 7 to 12 the marks, 13 whether capacity was left,
the rest the index of the reason in a list that begins with the empty one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.presence.domain.state import State

Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]

UNOBSERVED_LOOK = int(State.UNOBSERVED)
STATE_COUNT = 7
"""State numbers go from 1 to 6; zero stands for time that has not passed."""

_ACTIVITY, _MARKS, _CAPACITY_LEFT, _REASON = 3, 7, 13, 14
_MOST_IN_TABLE = 1 << 22
_STATE_BITS, _ACTIVITY_BITS, _MARK_BITS = 7, 15, 63


class Look(NamedTuple):
    """The parts of a look; `capacity_left` tells of a busy agent that she could take more."""

    state: int
    activity: int
    marks: int
    reason: str
    capacity_left: bool = False


def looks_of(
    states: Integers,
    activities: Integers,
    marks: Integers,
    capacity_left: Integers,
    reason_indexes: Integers,
) -> Integers:
    """Returns the looks of columns; `capacity_left` holds 0 or 1."""
    of_state = states | activities << _ACTIVITY | marks << _MARKS
    return of_state | capacity_left << _CAPACITY_LEFT | reason_indexes << _REASON


def states_in(looks: Integers) -> Integers:
    """Returns the states of looks."""
    return looks & _STATE_BITS


def reason_indexes_in(looks: Integers) -> Integers:
    """Returns the indexes of the reasons of looks."""
    return looks >> _REASON


def look_parts(look: int, reasons: Sequence[str]) -> Look:
    """Returns the parts of one look."""
    return Look(
        look & _STATE_BITS,
        look >> _ACTIVITY & _ACTIVITY_BITS,
        look >> _MARKS & _MARK_BITS,
        reasons[look >> _REASON],
        bool(look >> _CAPACITY_LEFT & 1),
    )


def with_reasons(looks: Integers, reason_indexes: Integers) -> Integers:
    """Returns the same looks, each with another index of its reason."""
    return looks & ((1 << _REASON) - 1) | reason_indexes << _REASON


def looks_in(looks: Integers) -> tuple[list[int], Integers]:
    """Returns the distinct looks, and of each look its place among them."""
    greatest = int(looks.max(initial=0))
    if greatest >= _MOST_IN_TABLE:
        few, indexes = np.unique(looks, return_inverse=True)
        return few.tolist(), indexes
    # A table takes a tenth of the time of a sort.
    seen = np.zeros(greatest + 1, np.bool_)
    seen[looks] = True
    distinct = np.flatnonzero(seen)
    places = np.zeros(seen.size, np.int64)
    places[distinct] = np.arange(distinct.size)
    return distinct.tolist(), places[looks]
