from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chassis.calendar import ZoneDay
from services.presence.domain.cells import break_cells, break_reasons, state_cells
from services.presence.domain.entry import instant_of, microseconds_of
from services.presence.domain.joining import join_spans
from services.presence.domain.looks import Look
from services.presence.domain.site_timelines import SiteTimelines
from tests.unit.presence.timelines import (
    DAY,
    DAY_START,
    days,
    held_ms,
    intervals_of,
    timelines,
)

HOUR = 3_600_000
SHORT, MEAL = Look(4, 0, 0, "short"), Look(4, 0, 0, "meal")
edges = st.lists(st.integers(1, DAY - 1), max_size=8, unique=True).map(
    lambda inner: [DAY_START, *(DAY_START + edge for edge in sorted(inner)), DAY_START + DAY]
)


@given(days(), edges, st.integers(-HOUR, DAY + HOUR))
def test_the_times_of_a_cell_are_exact_and_sum_to_its_column(
    told: SiteTimelines, edges_ms: list[int], passed: int
) -> None:
    passed_ms = DAY_START + passed

    cells = state_cells(told, edges_ms, passed_ms)

    for row, told_row in enumerate(intervals_of(told).values()):
        for column, (start, end) in enumerate(pairwise(edges_ms)):
            held = held_ms(told_row, start, min(end, passed_ms))
            times = cells[row, column].tolist()
            assert times == [times[0], *(held.get(state, 0) for state in range(1, 7))]
            assert sum(times) == end - start


@given(days(), edges)
def test_the_reasons_of_a_break_sum_to_the_break(told: SiteTimelines, edges_ms: list[int]) -> None:
    states = state_cells(told, edges_ms, DAY_START + DAY)
    reasons = break_cells(told, edges_ms, DAY_START + DAY)

    assert reasons.sum(axis=2).tolist() == states[:, :, 4].tolist()
    assert "" not in break_reasons(told)


def test_a_break_is_told_by_its_reason() -> None:
    told = timelines({"ana": [(0, SHORT), (HOUR // 2, MEAL)]})

    cells = break_cells(told, [DAY_START, DAY_START + HOUR, DAY_START + DAY], DAY_START + DAY)

    by_reason = dict(zip(break_reasons(told), cells[0, 0].tolist(), strict=True))
    assert by_reason == {"short": HOUR // 2, "meal": HOUR // 2}


@given(
    st.lists(days(), min_size=3, max_size=3),
    st.sampled_from(
        [
            ("Europe/Madrid", 23),
            ("Australia/Lord_Howe", 24),
            ("Asia/Kolkata", 24),
            ("America/Los_Angeles", 24),
        ]
    ),
)
def test_days_of_every_length_have_cells_that_fill_them(
    parts: list[SiteTimelines], place: tuple[str, int]
) -> None:
    # DAY_START is the 29th of March 2026, on which clocks in Madrid go forward.
    zone, column_count = place
    told = [_moved(part, index - 1) for index, part in enumerate(parts)]
    day = ZoneDay.containing(instant_of((DAY_START + 20 * HOUR) * 1000), zone)
    start, end = (microseconds_of(t) // 1000 for t in (day.start_time, day.end_time))
    joined = join_spans(told, start, end)

    starts = [microseconds_of(column.start_time) // 1000 for column in day.columns()]
    cells = state_cells(joined, [*starts, end], end)

    assert cells.shape[1] == column_count
    assert cells.sum(axis=(1, 2)).tolist() == [end - start] * len(joined.agents)
    assert all(row[0][0] == start for row in intervals_of(joined).values())


def _moved(part: SiteTimelines, day_count: int) -> SiteTimelines:
    shift = day_count * DAY
    return replace(
        part,
        start_ms=part.start_ms + shift,
        end_ms=part.end_ms + shift,
        openings_ms=part.openings_ms + shift,
    )
