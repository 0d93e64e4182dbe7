"""The fold of entries into timelines, over columns, since a board holds hundreds of thousands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.presence.domain.state import Activity, State

Integers = NDArray[np.int64]
_MICROSECONDS_PER_MILLISECOND = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class EntryColumns:
    """Entries of many agents, by agent and, within an agent, in the order of `EntryOrder`.

    `agent_indexes` counts from 0 without a hole. An entry before the span is the one in force at
    its start; there is at most one an agent. `reason_indexes` and `contact_indexes` stand for equal
    reasons and equal sets of contacts.
    """

    agent_indexes: Integers
    occurred_times_us: Integers
    states: Integers
    reason_indexes: Integers
    activities: Integers
    marks: Integers
    contact_indexes: Integers


@dataclass(frozen=True, slots=True, eq=False)
class IntervalColumns:
    """Intervals that tile a span for each agent, without gap or overlap, agent by agent.

    An interval ends where the agent's next one starts, the last one at the end of the span.
    `last_change_times_us` holds for each agent the instant at which her last interval began.
    """

    interval_counts: Integers
    start_offsets_ms: Integers
    states: Integers
    reason_indexes: Integers
    activities: Integers
    marks: Integers
    last_change_times_us: Integers


def fold_timelines(entries: EntryColumns, start_us: int) -> IntervalColumns:
    """Returns the intervals of a span that starts at `start_us` (microseconds since 1970 UTC).

    Time before an agent's first entry is UNOBSERVED. Of entries in one millisecond the last one
    counts. Neighbours that differ in nothing (state, reason, activity, marks, contacts) are one
    interval.
    """
    table = _with_unobserved_start(_table(entries, start_us), start_us)
    table = table[:, _last_of_its_millisecond(table)]
    table = table[:, _differs_from_the_one_before(table)]
    agents, offsets, occurred, states, reasons, activities, marks, _ = table
    counts = np.bincount(agents).astype(np.int64)
    return IntervalColumns(
        interval_counts=counts,
        start_offsets_ms=offsets,
        states=states,
        reason_indexes=reasons,
        activities=activities,
        marks=marks,
        last_change_times_us=occurred[np.cumsum(counts) - 1],
    )


def _table(entries: EntryColumns, start_us: int) -> Integers:
    offsets = (entries.occurred_times_us - start_us) // _MICROSECONDS_PER_MILLISECOND
    return np.stack(
        (
            entries.agent_indexes,
            np.maximum(offsets, 0),
            entries.occurred_times_us,
            entries.states,
            entries.reason_indexes,
            entries.activities,
            entries.marks,
            entries.contact_indexes,
        )
    )


def _with_unobserved_start(table: Integers, start_us: int) -> Integers:
    agents, offsets = table[0], table[1]
    first = np.diff(agents, prepend=-1) != 0
    late = np.flatnonzero(first & (offsets > 0))
    start = np.zeros((table.shape[0], late.size), np.int64)
    start[0] = agents[late]
    start[2] = start_us
    start[3] = State.UNOBSERVED
    start[5] = Activity.UNSPECIFIED
    # The empty reason has index 0; no set of contacts is also that of an unobserved agent.
    start[7] = table[7, late]
    return np.insert(table, late, start, axis=1)


def _last_of_its_millisecond(table: Integers) -> NDArray[np.bool_]:
    places = table[:2]
    if not places.size:
        return np.zeros(0, np.bool_)
    return np.append((places[:, 1:] != places[:, :-1]).any(axis=0), True)


def _differs_from_the_one_before(table: Integers) -> NDArray[np.bool_]:
    looks = table[[0, 3, 4, 5, 6, 7]]
    if not looks.size:
        return np.zeros(0, np.bool_)
    return np.insert((looks[:, 1:] != looks[:, :-1]).any(axis=0), 0, True)
