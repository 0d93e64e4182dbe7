"""How the people of a site are occupied now, as a screen on a wall shows it: figures, no rows."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gateway.domain.breaks import ReasonLimits, left_ms, start_of_run
from gateway.domain.timelines import Look, Timelines

ONLINE, BUSY, WRAP_UP = 1, 2, 3
OVERRUN = 32
"""The mark of a wrap-up past its limit."""

SOON_MS = 300_000
"""Who is probably ready within five minutes is free soon."""

_AT_WORK = frozenset({ONLINE, BUSY, WRAP_UP})


class Standing(NamedTuple):
    """What somebody is now, and since when."""

    agent: str
    look: Look
    since_ms: int


@dataclass(frozen=True, slots=True)
class Floor:
    """How many are how; `ready` names those who are ready, who has been for longest first."""

    counts: Mapping[int, int]
    free_soon_count: int
    over_limit_count: int
    ready: Sequence[str]

    @property
    def agent_count(self) -> int:
        """How many people there are."""
        return sum(self.counts.values())

    @property
    def staffed_count(self) -> int:
        """How many are at work: ready, busy or in wrap-up."""
        return sum(self.counts.get(state, 0) for state in _AT_WORK)


def floor_of(
    timelines: Timelines, agents: Collection[str], limits: ReasonLimits, now_ms: int
) -> Floor:
    """Returns how those agents are occupied at an instant; who has no timeline is in state 0."""
    standings = [one for one in standings_at(timelines, now_ms) if one.agent in agents]
    counts = Counter(one.look.state for one in standings)
    counts[0] += len(agents) - len(standings)
    left = [_left_ms(one, limits, now_ms) for one in standings]
    ready = sorted((one for one in standings if one.look.state == ONLINE), key=_longest_first)
    return Floor(
        {state: count for state, count in sorted(counts.items()) if count},
        sum(ms is not None and 0 <= ms <= SOON_MS for ms in left),
        sum(ms is not None and ms < 0 for ms in left),
        [one.agent for one in ready],
    )


def standings_at(timelines: Timelines, now_ms: int) -> Iterator[Standing]:
    """Yields what each agent is at an instant of the span."""
    ends = timelines.start_ms + _ends_within_agent(timelines)
    indexes, firsts = timelines.look_indexes(), np.cumsum(timelines.counts) - timelines.counts
    for agent, first, count, last in zip(
        timelines.agents,
        firsts.tolist(),
        timelines.counts.tolist(),
        timelines.last_changes_ms.tolist(),
        strict=True,
    ):
        own = ends[first : first + count]
        place = min(int(np.searchsorted(own, now_ms, side="right")), count - 1)
        start = start_of_run(timelines.looks, indexes, first, first + place) - first
        begun = int(own[start - 1]) if start else timelines.start_ms
        since = last if start == count - 1 else begun
        yield Standing(agent, timelines.looks[int(indexes[first + place])], since)


def _ends_within_agent(timelines: Timelines) -> np.typing.NDArray[np.int64]:
    """Returns where each interval ends, counted from the start of the span."""
    lengths = timelines.lengths_ms()
    ends = np.cumsum(lengths)
    firsts = np.cumsum(timelines.counts) - timelines.counts
    before = np.append(0, ends)[firsts]
    whole: np.typing.NDArray[np.int64] = ends - np.repeat(before, timelines.counts)
    return whole


def _left_ms(one: Standing, limits: ReasonLimits, now_ms: int) -> int | None:
    """Returns what is left until she is meant to be ready; None if nothing says when that is."""
    if one.look.state == WRAP_UP:
        return None if one.look.marks & OVERRUN else 0
    return left_ms(one.look, one.since_ms, limits, now_ms)


def _longest_first(one: Standing) -> tuple[int, str]:
    return one.since_ms, one.agent
