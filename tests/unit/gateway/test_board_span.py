from datetime import UTC, date, datetime, time, timedelta

import pytest

from chassis.calendar import LocalTime
from chassis.errors import Refusal
from gateway.app.board_span import AxisStart, BoardSpan, WantedSpan, choose_span
from gateway.domain.heatmap import Coverage, Site
from tests.unit.gateway.board_fakes import MORNING

MADRID = Site("sites/bank", "Bank", "Europe/Madrid", 360)
NOTHING = Coverage(None, None)


def span_of(wanted: WantedSpan) -> BoardSpan:
    return choose_span(wanted, MADRID, NOTHING, MORNING).span


def labels_of(span: BoardSpan) -> list[str]:
    return [column.label for column in span.columns()]


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 6, 1), 24), (date(2026, 10, 25), 25)],
)
def test_a_day_has_as_many_columns_as_hours(day: date, hours: int) -> None:
    span = span_of(WantedSpan(day=day))

    assert span.end_time - span.start_time == timedelta(hours=hours)
    assert len(labels_of(span)) == hours


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    assert labels_of(span_of(WantedSpan(day=date(2026, 10, 25))))[:5] == [
        "00",
        "01",
        "02",
        "02b",
        "03",
    ]


def test_hours_of_half_hour_zones_begin_by_their_own_clock() -> None:
    span = span_of(WantedSpan(day=date(2026, 11, 22), zone="Asia/Kolkata"))

    assert span.start_time == datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    assert labels_of(span)[:2] == ["00", "01"]


def test_where_the_clock_moves_by_half_an_hour_labels_show_it() -> None:
    span = span_of(WantedSpan(day=date(2026, 10, 4), zone="Australia/Lord_Howe"))

    assert labels_of(span)[:4] == ["00", "01", "02:30", "03:30"]


def test_the_operating_day_begins_when_the_site_does() -> None:
    span = span_of(WantedSpan(day=date(2026, 11, 22), axis_start=AxisStart.OPERATING_DAY))

    assert span.start_time == datetime(2026, 11, 22, 5, tzinfo=UTC)
    assert labels_of(span)[0] == "06"


def test_before_the_operating_day_begins_that_of_yesterday_runs() -> None:
    early = datetime(2026, 11, 22, 4, 59, tzinfo=UTC)

    shown = choose_span(
        WantedSpan(axis_start=AxisStart.OPERATING_DAY), MADRID, Coverage(early, early), MORNING
    )

    assert shown.span.day == shown.last_day == date(2026, 11, 21)


def test_the_last_24_hours_end_with_the_running_minute() -> None:
    now = MORNING.replace(minute=7, second=20)

    span = choose_span(WantedSpan(axis_start=AxisStart.LAST_24_HOURS), MADRID, NOTHING, now).span

    assert span.end_time == now.replace(minute=8, second=0)
    assert span.end_time - span.start_time == timedelta(hours=24)
    assert labels_of(span)[:2] == ["09:08", "10"]


def test_a_range_begins_with_what_is_left_of_its_hour() -> None:
    start = datetime(2026, 11, 20, 9, 17, tzinfo=UTC)

    span = span_of(WantedSpan(start_time=start, end_time=start + timedelta(hours=2)))

    assert [(column.start_time.minute, column.label) for column in span.columns()] == [
        (17, "10:17"),
        (0, "11"),
        (0, "12"),
    ]


def test_the_same_hour_of_another_day_of_a_range_is_no_repetition() -> None:
    start = datetime(2026, 11, 20, 23, tzinfo=UTC)

    labels = labels_of(span_of(WantedSpan(start_time=start, end_time=start + timedelta(days=7))))

    assert len(labels) == 7 * 24
    assert set(labels) == {f"{hour:02}" for hour in range(24)}


@pytest.mark.parametrize(
    ("last", "hours"), [(date(2026, 3, 30), 71), (date(2026, 6, 2), 72), (date(2026, 10, 26), 73)]
)
def test_three_local_days_begin_at_midnight_whatever_the_clocks_do(last: date, hours: int) -> None:
    first, following = last - timedelta(days=2), last + timedelta(days=1)

    span = span_of(
        WantedSpan(local_start=LocalTime(first, time()), local_end=LocalTime(following, time()))
    )

    days = [BoardSpan(*_bounds(day), "Europe/Madrid") for day in (first, last)]
    assert (span.start_time, span.end_time) == (days[0].start_time, days[1].end_time)
    assert len(labels_of(span)) == hours


def _bounds(day: date) -> tuple[datetime, datetime]:
    span = span_of(WantedSpan(day=day))
    return span.start_time, span.end_time


def test_a_local_range_is_exact_to_the_minute_in_the_zone_that_is_shown() -> None:
    span = span_of(
        WantedSpan(
            zone="Asia/Kolkata",
            local_start=LocalTime(date(2026, 11, 20), time(8, 31)),
            local_end=LocalTime(date(2026, 11, 20), time(17, 2)),
        )
    )

    assert span.start_time == datetime(2026, 11, 20, 3, 1, tzinfo=UTC)
    assert span.end_time == datetime(2026, 11, 20, 11, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "instant"),
    [
        (LocalTime(date(2026, 10, 25), time(2, 30)), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (LocalTime(date(2026, 3, 29), time(2, 30)), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_what_a_clock_shows_twice_or_never_is_the_first_coming_or_as_much_later(
    shown: LocalTime, instant: datetime
) -> None:
    noon = LocalTime(shown.date, time(12))

    assert span_of(WantedSpan(local_start=shown, local_end=noon)).start_time == instant


START = datetime(2026, 11, 20, tzinfo=UTC)
WEEK = timedelta(days=7)
NOON = LocalTime(date(2026, 11, 20), time(12))


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (WantedSpan(zone="Mars/Olympus"), "time_zone"),
        (WantedSpan(day=date(2011, 12, 30), zone="Pacific/Apia"), "day"),
        (WantedSpan(day=date.max, zone="UTC"), "day"),
        (WantedSpan(start_time=START), "end_time"),
        (WantedSpan(end_time=START), "start_time"),
        (WantedSpan(start_time=START, end_time=START), "end_time"),
        (
            WantedSpan(start_time=START, end_time=START + WEEK + timedelta(hours=1, minutes=1)),
            "end_time",
        ),
        (
            WantedSpan(start_time=START + timedelta(seconds=1), end_time=START + WEEK),
            "start_time",
        ),
        (WantedSpan(start_time=START, end_time=START + WEEK, day=date(2026, 1, 1)), "day"),
        (
            WantedSpan(start_time=START, end_time=START + WEEK, axis_start=AxisStart.OPERATING_DAY),
            "axis_start",
        ),
        (WantedSpan(day=date(2026, 1, 1), axis_start=AxisStart.LAST_24_HOURS), "day"),
        (WantedSpan(local_start=NOON), "local_end"),
        (WantedSpan(local_end=NOON), "local_start"),
        (WantedSpan(local_start=NOON, local_end=NOON), "local_end"),
        (WantedSpan(local_start=NOON, local_end=NOON, start_time=START), "start_time"),
        (
            WantedSpan(
                zone="Asia/Shanghai", local_start=LocalTime(date.min, time()), local_end=NOON
            ),
            "local_start",
        ),
        (
            WantedSpan(local_start=LocalTime(date.max, time()), local_end=NOON),
            "local_end",
        ),
        (
            WantedSpan(
                local_start=LocalTime(date.max, time()),
                local_end=LocalTime(date.max, time(23, 59)),
                zone="UTC",
            ),
            "local_end",
        ),
        (
            WantedSpan(
                start_time=datetime(9999, 12, 31, tzinfo=UTC),
                end_time=datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
                zone="UTC",
            ),
            "end_time",
        ),
    ],
)
def test_what_is_no_span_names_its_field(wanted: WantedSpan, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        span_of(wanted)

    assert refused.value.reason == "INVALID_FIELD"
    assert [violation.field for violation in refused.value.violations] == [field]


def test_a_week_in_which_clocks_are_set_back_is_a_range() -> None:
    span = span_of(WantedSpan(start_time=START, end_time=START + WEEK + timedelta(hours=1)))

    assert len(span.columns()) == 169
