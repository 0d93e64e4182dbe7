"""The instants at which something may change in a timeline: entries, and bounds between them."""

from dataclasses import dataclass

import numpy as np

from services.presence.domain.columns import (
    ALL_AGENTS,
    ALL_TRACKS,
    EntryColumns,
    Integers,
    SpanColumns,
)

NO_ENTRY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Instants by agent and time; `entries` is the row of the entry, or NO_ENTRY at a bound.

    A bound stands after the entries of its instant, so that the last point of an instant knows all.
    """

    agents: Integers
    times_us: Integers
    entries: Integers


def points_of(
    entries: EntryColumns, spans: SpanColumns, rule_times_us: Integers, start_us: int, end_us: int
) -> Points:
    """Returns the points up to the end of a span; each agent has one at its start or before."""
    agents = entries.agent_indexes
    own = Points(agents, entries.occurred_times_us, np.arange(agents.size))
    bounds = [_starts(entries, start_us), _of_spans(entries, spans)]
    if rule_times_us.size:
        bounds.append(_for_all(entries.agent_count, rule_times_us))
    bound_agents, bound_times = np.concatenate(bounds, axis=1)
    inside = bound_times < end_us
    if not inside.any():
        return own
    return _merged(own, bound_agents[inside], bound_times[inside])


def _starts(entries: EntryColumns, start_us: int) -> Integers:
    """Returns the start of the span for those who have no entry up to it."""
    early = entries.agent_indexes[entries.occurred_times_us <= start_us]
    late = np.flatnonzero(np.bincount(early, minlength=entries.agent_count) == 0)
    return np.stack((late, np.full(late.size, start_us)))


def _of_spans(entries: EntryColumns, spans: SpanColumns) -> Integers:
    """Returns both bounds of each span for everybody whom it may concern."""
    times = (spans.start_times_us, spans.end_times_us)
    own = spans.agent_indexes != ALL_AGENTS
    parts = [np.stack((spans.agent_indexes[own], time[own])) for time in times]
    whole = ~own & (spans.track_indexes == ALL_TRACKS)
    parts += [_for_all(entries.agent_count, time[whole]) for time in times]
    for row in np.flatnonzero(~own & (spans.track_indexes != ALL_TRACKS)).tolist():
        holders = np.unique(
            entries.agent_indexes[entries.track_indexes == spans.track_indexes[row]]
        )
        parts += [np.stack((holders, np.full(holders.size, time[row]))) for time in times]
    return np.concatenate(parts, axis=1)


def _for_all(agent_count: int, times_us: Integers) -> Integers:
    agents = np.arange(agent_count)
    return np.stack((np.repeat(agents, times_us.size), np.tile(times_us, agent_count)))


def _merged(own: Points, agents: Integers, times_us: Integers) -> Points:
    all_agents = np.concatenate((own.agents, agents))
    all_times = np.concatenate((own.times_us, times_us))
    entries = np.concatenate((own.entries, np.full(agents.size, NO_ENTRY)))
    # Stable: entries keep their order among themselves, and bounds follow them.
    order = np.lexsort((all_times, all_agents))
    return Points(all_agents[order], all_times[order], entries[order])
