from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.roster.domain.headcount import Grid, PlannedShift, count_planned
from services.roster.domain.people import AgentName
from services.roster.domain.shifts import Activity, ActivityKind, Shift, ShiftName, Span, span_of
from tests.unit.roster.builders import a_shift, local

MINUTE = timedelta(minutes=1)
ANA = PlannedShift("teams/fiber", a_shift("s", "03-02 09:00", "03-02 17:00"))
# The clock of each zone changes within half a day of its local time.
CHANGES = [
    ("Europe/Lisbon", "03-29 01:00"),
    ("Europe/Lisbon", "10-25 01:00"),
    ("Australia/Lord_Howe", "04-05 02:00"),
    ("Australia/Lord_Howe", "10-04 02:00"),
    ("Asia/Kathmandu", "06-01 00:00"),
]


def utc(text: str) -> datetime:
    return local(text).replace(tzinfo=UTC)


def a_grid(start: str, end: str, *, minutes: int = 15) -> Grid:
    return Grid(Span(utc(start), utc(end)), timedelta(minutes=minutes))


def test_a_person_on_shift_adds_the_length_of_each_interval() -> None:
    [group] = count_planned([ANA, ANA], a_grid("03-02 08:45", "03-02 09:30"))

    assert (group.group, group.working.tolist()) == ("teams/fiber", [0, 1800, 1800])


def test_a_shift_that_begins_within_an_interval_adds_its_part() -> None:
    shift = PlannedShift("", a_shift("s", "03-02 09:10", "03-02 09:31"))

    [group] = count_planned([shift], a_grid("03-02 09:00", "03-02 09:45"))

    assert group.working.tolist() == [300, 900, 60]


def test_a_meal_is_counted_apart_from_work() -> None:
    shift = a_shift("s", "03-02 09:00", "03-02 17:00", meal=("03-02 12:05", "03-02 12:35"))

    [group] = count_planned([PlannedShift("", shift)], a_grid("03-02 12:00", "03-02 12:45"))

    assert group.working.tolist() == [300, 0, 600]
    assert {kind: each.tolist() for kind, each in group.activities.items()} == {
        ActivityKind.MEAL: [600, 900, 300]
    }


def test_groups_come_by_name_and_those_beside_the_span_not_at_all() -> None:
    other = PlannedShift("teams/copper", ANA.shift)
    later = PlannedShift("teams/amber", a_shift("t", "03-03 09:00", "03-03 17:00"))

    groups = count_planned([ANA, other, later], a_grid("03-02 09:00", "03-02 10:00"))

    assert [group.group for group in groups] == ["teams/copper", "teams/fiber"]


def test_the_last_interval_ends_with_the_span() -> None:
    [group] = count_planned([ANA], a_grid("03-02 10:00", "03-02 10:20"))

    assert group.working.tolist() == [900, 300]


def test_a_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    shift = PlannedShift("", a_shift("s", "10-24 22:00", "10-25 06:00"))

    [group] = count_planned([shift], a_grid("10-24 12:00", "10-25 12:00", minutes=5))

    assert int(group.working.sum()) == 9 * 3600


@st.composite
def shifts(draw: st.DrawFn) -> PlannedShift:
    zone, change = draw(st.sampled_from(CHANGES))
    start = local(change) + MINUTE * draw(st.integers(-180, 180))
    cuts = sorted(draw(st.lists(st.integers(0, 240), min_size=2, max_size=8, unique=True)))
    times = [start + MINUTE * cut for cut in cuts]
    kinds = draw(st.lists(st.sampled_from([None, *ActivityKind]), min_size=7, max_size=7))
    activities = tuple(
        Activity(kind, one, other)
        for kind, one, other in zip(kinds, times, times[1:], strict=False)
        if kind is not None
    )
    shift = Shift(
        ShiftName("shifts/s"), AgentName("agents/ana"), zone, times[0], times[-1], activities
    )
    return PlannedShift(draw(st.sampled_from(["", "teams/a", "teams/b"])), shift)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    _, change = draw(st.sampled_from(CHANGES))
    start = local(change).replace(tzinfo=UTC) + MINUTE * draw(st.integers(-900, 400))
    end = start + MINUTE * draw(st.integers(1, 600))
    return Grid(Span(start, end), timedelta(minutes=draw(st.sampled_from([5, 15]))))


@given(st.lists(shifts(), max_size=6), grids())
def test_counting_is_asking_each_minute_what_each_person_is_planned_for(
    planned: list[PlannedShift], grid: Grid
) -> None:
    counted = {
        (group.group, kind): seconds.tolist()
        for group in count_planned(planned, grid)
        for kind, seconds in ((None, group.working), *group.activities.items())
        if seconds.any()
    }

    assert counted == _asked_minute_by_minute(planned, grid)


def _asked_minute_by_minute(
    planned: Sequence[PlannedShift], grid: Grid
) -> dict[tuple[str, ActivityKind | None], list[int]]:
    counted: dict[tuple[str, ActivityKind | None], list[int]] = {}
    for each in planned:
        on_shift = each.shift.span()
        for number, minute in enumerate(_minutes_of(grid.span)):
            if on_shift.start_time <= minute < on_shift.end_time:
                key = each.group, _planned_at(each.shift, minute)
                column = counted.setdefault(key, [0] * grid.interval_count)
                column[number // (grid.interval // MINUTE)] += 60
    return counted


def _minutes_of(span: Span) -> Iterator[datetime]:
    minute = span.start_time
    while minute < span.end_time:
        yield minute
        minute += MINUTE


def _planned_at(shift: Shift, minute: datetime) -> ActivityKind | None:
    running = [
        (span.start_time, number)
        for number, activity in enumerate(shift.activities)
        for span in [span_of(activity.local_start, activity.local_end, shift.time_zone)]
        if span.start_time <= minute < span.end_time
    ]
    return shift.activities[min(running)[1]].kind if running else None
