"""Timelines of made-up agents, and what they say read one interval at a time."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from hypothesis import strategies as st

from services.presence.domain.looks import Look, look_parts, looks_of
from services.presence.domain.site_timelines import SiteTimelines

Change = tuple[int, Look]
Interval = tuple[int, int, Look]
REASONS = ("", "meal", "training", "short")
DAY_START = 1_774_742_400_000
DAY = 86_400_000

breaks = st.builds(Look, st.just(4), st.just(0), st.integers(0, 63), st.sampled_from(REASONS[1:]))
others = st.builds(
    Look,
    st.sampled_from([1, 2, 3, 5, 6]),
    st.integers(0, 8),
    st.integers(0, 63),
    st.just(""),
    st.booleans(),
)
looks = st.one_of(breaks, others)


def days(span_ms: int = DAY, most_agents: int = 4) -> "st.SearchStrategy[SiteTimelines]":
    """Days of a few agents; changes like to fall on full minutes."""
    instants = st.one_of(
        st.integers(1, span_ms - 1), st.integers(1, span_ms // 60_000 - 1).map(lambda m: m * 60_000)
    )
    changes = st.dictionaries(instants, looks, max_size=12)
    rows = st.builds(
        lambda opening, first, later: [(opening, first), *sorted(later.items())],
        st.integers(-DAY, -1),
        looks,
        changes,
    )
    return st.dictionaries(st.sampled_from("abcdefgh"), rows, max_size=most_agents).map(
        lambda people: timelines(people, span_ms=span_ms)
    )


def timelines(
    people: Mapping[str, Sequence[Change]], start_ms: int = DAY_START, span_ms: int = DAY
) -> SiteTimelines:
    """Timelines of agents by id; the first change of each is when what holds at the start began."""
    names = sorted(people)
    rows = [people[name] for name in names]
    flat = [change for row in rows for change in row]
    parts = [
        [look.state, look.activity, look.marks, look.capacity_left, REASONS.index(look.reason)]
        for _, look in flat
    ]
    states, activities, marks, left, reasons = np.array(parts, np.int64).reshape(-1, 5).T
    return SiteTimelines(
        start_ms=start_ms,
        end_ms=start_ms + span_ms,
        agents=tuple(f"agents/{name}" for name in names),
        reasons=REASONS,
        counts=np.array([len(row) for row in rows], np.int64),
        openings_ms=np.array([row[0][0] for row in rows], np.int64) + start_ms,
        offsets_ms=np.array([max(offset, 0) for offset, _ in flat], np.int64),
        looks=looks_of(states, activities, marks, left, reasons),
    )


def intervals_of(told: SiteTimelines) -> dict[str, list[Interval]]:
    """Start and end, as instants, and look of each interval of each agent."""
    return {agent: list(_row(told, row)) for row, agent in enumerate(told.agents)}


def held_ms(row: Sequence[Interval], from_ms: int, until_ms: int) -> dict[int, int]:
    """How long somebody was in each state between two instants."""
    held: dict[int, int] = {}
    for start, end, look in row:
        length = min(end, until_ms) - max(start, from_ms)
        if length > 0:
            held[look.state] = held.get(look.state, 0) + length
    return held


def _row(told: SiteTimelines, row: int) -> Iterator[Interval]:
    first = int(told.firsts[row])
    count = int(told.counts[row])
    starts = [int(offset) + told.start_ms for offset in told.offsets_ms[first : first + count]]
    ends = [*starts[1:], told.end_ms]
    for index in range(count):
        look = look_parts(int(told.looks[first + index]), told.reasons)
        yield starts[index], ends[index], look
