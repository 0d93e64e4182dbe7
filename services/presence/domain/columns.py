"""Entries and intervals of many agents as columns, since a board holds hundreds of thousands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.presence.domain.precedence import Track

Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]

ALL_AGENTS = -1
"""In a span's `agent_indexes`: it lies over everybody."""
ALL_TRACKS = -1
"""In a span's `track_indexes`: it lies over everything, whoever gives the state."""
NO_TIME = -(1 << 62)
"""In an interval's `entry_times_us`: no entry's word is shown."""
CONTACT_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True, eq=False)
class EntryColumns:
    """Entries of tracks (CHANGE, LIMIT, LOSS), by agent and within an agent by `EntryOrder`.

    `agent_indexes` counts from 0 to `agent_count`. Entries before the span are those that it needs:
    of each track at least the last one that is no LIMIT, and the LIMITs after it; older ones harm
    nothing. `refers_to_times_us` tells of a LIMIT when its wrap-up began. `reason_indexes` stands
    for reasons, 0 for the empty one; `contact_indexes` for sets of contacts in `contacts`, each
    sorted and joined by the separator, the empty one first. The marks of a claim that was accepted
    are without CLAIMED. `free_counts` is capacity less load, zero where the source tells neither.
    """

    agent_count: int
    tracks: tuple[Track, ...]
    contacts: tuple[str, ...]
    agent_indexes: Integers
    track_indexes: Integers
    kinds: Integers
    occurred_times_us: Integers
    refers_to_times_us: Integers
    states: Integers
    reason_indexes: Integers
    activities: Integers
    marks: Integers
    contact_indexes: Integers
    free_counts: Integers


@dataclass(frozen=True, slots=True, eq=False)
class SpanColumns:
    """What lies over timelines (AMENDMENT, GAP, OUTAGE), in the order of recording.

    An AMENDMENT has a state and one agent; a GAP the track that was silent; an OUTAGE neither.
    """

    agent_indexes: Integers
    track_indexes: Integers
    kinds: Integers
    start_times_us: Integers
    end_times_us: Integers
    states: Integers
    reason_indexes: Integers
    activities: Integers


@dataclass(frozen=True, slots=True, eq=False)
class IntervalColumns:
    """Intervals that tile a span for each agent, without gap or overlap, agent by agent.

    An interval ends where the agent's next one starts, the last one at the end of the span.
    `track_indexes` tells whose word an interval shows, `ALL_TRACKS` where nobody's, and
    `entry_times_us` when the entry occurred that said it, `NO_TIME` likewise.
    `contact_indexes` points into `contacts`, which begins with those of the entries;
    `capacity_left` is 1 where a busy agent could take more.
    `opening_times_us` holds for each agent the instant at which her first interval began, before
    the span as far as the entries before it tell; `last_change_times_us` that of her last one.
    """

    interval_counts: Integers
    start_offsets_ms: Integers
    states: Integers
    reason_indexes: Integers
    activities: Integers
    marks: Integers
    contact_indexes: Integers
    capacity_left: Integers
    track_indexes: Integers
    entry_times_us: Integers
    opening_times_us: Integers
    last_change_times_us: Integers
    contacts: tuple[str, ...]


def no_spans() -> SpanColumns:
    """Returns the columns of nothing that lies over timelines."""
    return SpanColumns(*(np.zeros(0, np.int64) for _ in range(8)))
