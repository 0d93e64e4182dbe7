from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.joining import join_spans
from services.presence.domain.looks import Look
from services.presence.domain.site_timelines import SiteTimelines, overlay
from tests.unit.presence.timelines import DAY, DAY_START, Interval, days, intervals_of, timelines

ONLINE, BUSY, UNOBSERVED = Look(1, 0, 0, ""), Look(2, 0, 0, ""), Look(6, 0, 0, "")
END = DAY_START + 2 * DAY
bounds = st.lists(st.integers(DAY_START, END), min_size=2, max_size=2, unique=True).map(sorted)


def clipped(row: list[Interval], start_ms: int, end_ms: int) -> list[Interval]:
    return [
        (max(start, start_ms), min(end, end_ms), look)
        for start, end, look in row
        if start < end_ms and end > start_ms
    ]


@given(days(span_ms=2 * DAY), bounds)
def test_a_part_of_a_span_holds_what_lies_in_it(told: SiteTimelines, span: list[int]) -> None:
    part = join_spans([told], *span)

    assert intervals_of(part) == {
        agent: clipped(row, *span) for agent, row in intervals_of(told).items()
    }


@given(days(span_ms=2 * DAY), st.lists(st.integers(DAY_START + 1, END - 1), max_size=4), bounds)
def test_timelines_do_not_depend_on_the_parts_they_are_read_in(
    told: SiteTimelines, cuts: list[int], span: list[int]
) -> None:
    edges = [DAY_START, *sorted(set(cuts)), END]
    parts = [join_spans([told], *pair) for pair in pairwise(edges)]

    joined = join_spans(parts, *span)

    assert intervals_of(joined) == intervals_of(join_spans([told], *span))
    assert joined.last_changes_ms.tolist() == join_spans([told], *span).last_changes_ms.tolist()


def test_somebody_who_came_later_was_unobserved_before() -> None:
    first = timelines({"ana": [(0, ONLINE)]}, DAY_START)
    second = timelines(
        {"ana": [(-DAY, ONLINE)], "bob": [(0, UNOBSERVED), (9, BUSY)]}, DAY_START + DAY
    )

    joined = join_spans([first, second], DAY_START, END)

    assert intervals_of(joined) == {
        "agents/ana": [(DAY_START, END, ONLINE)],
        "agents/bob": [
            (DAY_START, DAY_START + DAY + 9, UNOBSERVED),
            (DAY_START + DAY + 9, END, BUSY),
        ],
    }


def test_an_equal_state_that_began_right_at_the_seam_stays_apart() -> None:
    first = timelines({"ana": [(-5, BUSY)]}, DAY_START)
    second = timelines({"ana": [(0, BUSY)]}, DAY_START + DAY)

    (row,) = intervals_of(join_spans([first, second], DAY_START, END)).values()

    assert len(row) == 2


@given(days(), days())
def test_what_lies_above_wins(below: SiteTimelines, above: SiteTimelines) -> None:
    both = overlay(below, above)

    assert intervals_of(both) == intervals_of(below) | intervals_of(above)
    assert list(both.agents) == sorted(both.agents)


@given(days(), st.sets(st.sampled_from("abcdefgh")))
def test_only_some_agents_keep_their_own_intervals(told: SiteTimelines, names: set[str]) -> None:
    wanted = {f"agents/{name}" for name in names}

    assert intervals_of(told.only(wanted)) == {
        agent: row for agent, row in intervals_of(told).items() if agent in wanted
    }
