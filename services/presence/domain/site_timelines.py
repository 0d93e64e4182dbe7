"""Timelines of many agents over one span, as columns, and what can be done to them as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from services.presence.domain.columns import IntervalColumns
from services.presence.domain.looks import (
    UNOBSERVED_LOOK,
    Integers,
    looks_of,
    reason_indexes_in,
    with_reasons,
)

_MICROSECONDS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class SiteTimelines:
    """Intervals that tile `[start_ms, end_ms)`, milliseconds since 1970, for each agent.

    The agents stand in name order and their intervals one agent after the other; `offsets_ms` is
    where each begins, after `start_ms`. `openings_ms` is the instant at which each agent's first
    interval began: before `start_ms`, or not if something changed right there. `reasons` begins
    with the empty one.
    """

    start_ms: int
    end_ms: int
    agents: tuple[str, ...]
    reasons: tuple[str, ...]
    counts: Integers
    openings_ms: Integers
    offsets_ms: Integers
    looks: Integers

    @property
    def firsts(self) -> Integers:
        """Where each agent's first interval stands in the columns."""
        return np.cumsum(self.counts) - self.counts

    @property
    def ends_ms(self) -> Integers:
        """Where each interval ends, after `start_ms`."""
        ends = np.append(self.offsets_ms[1:], 0)
        ends[np.cumsum(self.counts) - 1] = self.end_ms - self.start_ms
        return ends

    @property
    def lengths_ms(self) -> Integers:
        """How long each interval is."""
        return self.ends_ms - self.offsets_ms

    @property
    def last_changes_ms(self) -> Integers:
        """The instant at which each agent's last interval began."""
        begun = self.offsets_ms[np.cumsum(self.counts) - 1] + self.start_ms
        return np.where(self.counts == 1, self.openings_ms, begun)

    def take(self, rows: Integers) -> "SiteTimelines":
        """Returns the timelines of some agents, by their places here, in that order."""
        counts = self.counts[rows]
        places = spread(self.firsts[rows], counts)
        return replace(
            self,
            agents=tuple(self.agents[row] for row in rows.tolist()),
            counts=counts,
            openings_ms=self.openings_ms[rows],
            offsets_ms=self.offsets_ms[places],
            looks=self.looks[places],
        )

    def only(self, agents: Iterable[str]) -> "SiteTimelines":
        """Returns the timelines of those agents that are here."""
        wanted = frozenset(agents)
        rows = [row for row, agent in enumerate(self.agents) if agent in wanted]
        return self if len(rows) == len(self.agents) else self.take(np.array(rows, np.int64))

    def completed(self, agents: tuple[str, ...]) -> "SiteTimelines":
        """Returns the timelines with those of more agents, in name order: who has none here is
        unobserved all the time.
        """
        if self.agents == agents:
            return self
        known = frozenset(self.agents)
        return overlay(unobserved(self, [one for one in agents if one not in known]), self)

    def without_reasons(self) -> "SiteTimelines":
        """Returns what is left for whoever may not know reasons: neighbours that differ in nothing
        else are one interval.
        """
        looks = with_reasons(self.looks, np.zeros_like(self.looks))
        begins = np.ones(looks.size, np.bool_)
        begins[1:] = looks[1:] != looks[:-1]
        begins[self.firsts] = True
        counts = np.add.reduceat(begins, self.firsts) if self.agents else self.counts
        return replace(
            self,
            reasons=("",),
            counts=counts.astype(np.int64),
            offsets_ms=self.offsets_ms[begins],
            looks=looks[begins],
        )

    def telling(self, reasons: tuple[str, ...]) -> "SiteTimelines":
        """Returns the same with another list of reasons, which holds all that occur."""
        if reasons == self.reasons:
            return self
        indexes = {reason: index for index, reason in enumerate(reasons)}
        moved = np.array([indexes.get(reason, 0) for reason in self.reasons], np.int64)
        return replace(
            self,
            reasons=reasons,
            looks=with_reasons(self.looks, moved[reason_indexes_in(self.looks)]),
        )


def no_timelines(start_ms: int, end_ms: int) -> SiteTimelines:
    """Returns the timelines of nobody."""
    none = np.zeros(0, np.int64)
    return SiteTimelines(start_ms, end_ms, (), ("",), none, none, none, none)


def unobserved(span: SiteTimelines, agents: Sequence[str]) -> SiteTimelines:
    """Returns the timelines of agents of whom nothing is known, over the same span."""
    return SiteTimelines(
        start_ms=span.start_ms,
        end_ms=span.end_ms,
        agents=tuple(agents),
        reasons=("",),
        counts=np.ones(len(agents), np.int64),
        openings_ms=np.full(len(agents), span.start_ms),
        offsets_ms=np.zeros(len(agents), np.int64),
        looks=np.full(len(agents), UNOBSERVED_LOOK),
    )


def timelines_of(
    intervals: IntervalColumns, agents: tuple[str, ...], reasons: tuple[str, ...], span_ms: range
) -> SiteTimelines:
    """Returns what a fold over a span, given as its first and past its last millisecond, says."""
    return SiteTimelines(
        start_ms=span_ms.start,
        end_ms=span_ms.stop,
        agents=agents,
        reasons=reasons,
        counts=intervals.interval_counts,
        openings_ms=intervals.opening_times_us // _MICROSECONDS,
        offsets_ms=intervals.start_offsets_ms,
        looks=looks_of(
            intervals.states,
            intervals.activities,
            intervals.marks,
            intervals.capacity_left,
            intervals.reason_indexes,
        ),
    )


def overlay(below: SiteTimelines, above: SiteTimelines) -> SiteTimelines:
    """Returns the timelines of two sets of agents over the same span; `above` wins."""
    reasons = all_reasons((below, above))
    above_agents = frozenset(above.agents)
    kept = [row for row, agent in enumerate(below.agents) if agent not in above_agents]
    lower = below.take(np.array(kept, np.int64)).telling(reasons)
    upper = above.telling(reasons)
    agents = lower.agents + upper.agents
    both = replace(
        upper,
        agents=agents,
        counts=np.concatenate((lower.counts, upper.counts)),
        openings_ms=np.concatenate((lower.openings_ms, upper.openings_ms)),
        offsets_ms=np.concatenate((lower.offsets_ms, upper.offsets_ms)),
        looks=np.concatenate((lower.looks, upper.looks)),
    )
    return both.take(np.array(sorted(range(len(agents)), key=agents.__getitem__), np.int64))


def all_reasons(parts: Sequence[SiteTimelines]) -> tuple[str, ...]:
    """Returns the reasons of all parts as one list."""
    return tuple(dict.fromkeys(reason for part in parts for reason in part.reasons))


def spread(starts: Integers, counts: Integers) -> Integers:
    """Returns start, start + 1 and so on, `count` numbers for each start."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    numbers: Integers = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers
