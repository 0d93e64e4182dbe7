from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.calendar import Axis, NoSuchDay, UnknownTimeZone, ZoneDay

ZONES = [
    "UTC",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Europe/Madrid",
    "Pacific/Chatham",
]


def labels(day: ZoneDay) -> list[str]:
    return [column.label for column in day.columns()]


def test_an_ordinary_day_has_24_columns() -> None:
    day = ZoneDay(date(1999, 8, 31), "Asia/Jerusalem")

    assert labels(day) == [f"{hour:02}" for hour in range(24)]
    assert day.start_time == datetime(1999, 8, 30, 21, tzinfo=UTC)
    assert day.end_time == datetime(1999, 8, 31, 21, tzinfo=UTC)


def test_the_day_on_which_clocks_go_forward_has_23_columns() -> None:
    day = ZoneDay(date(2026, 3, 29), "Europe/Madrid")

    assert labels(day) == ["00", "01", "03"] + [f"{hour:02}" for hour in range(4, 24)]


def test_the_day_on_which_clocks_go_back_has_25_columns_and_tells_the_hours_apart() -> None:
    day = ZoneDay(date(2026, 10, 25), "Europe/Madrid")

    assert labels(day)[:5] == ["00", "01", "02", "02b", "03"]
    assert len(day.columns()) == 25


def test_a_half_hour_zone_shifts_the_grid_against_utc() -> None:
    day = ZoneDay(date(2026, 11, 22), "Asia/Kolkata")

    assert day.columns()[0].start_time == datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    assert labels(day) == [f"{hour:02}" for hour in range(24)]


def test_a_half_hour_change_leaves_hours_that_start_at_half_past() -> None:
    day = ZoneDay(date(2026, 10, 4), "Australia/Lord_Howe")

    assert labels(day)[:4] == ["00", "01", "02:30", "03:30"]
    assert day.end_time - day.start_time == timedelta(hours=23.5)


def test_a_day_without_midnight_starts_at_the_change() -> None:
    day = ZoneDay(date(2018, 11, 4), "America/Sao_Paulo")

    assert day.start_time == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert labels(day)[0] == "01"


def test_a_day_with_two_midnights_starts_at_the_first() -> None:
    day = ZoneDay(date(2026, 11, 1), "America/Havana")

    assert labels(day)[:3] == ["00", "00b", "01"]
    assert len(day.columns()) == 25


def test_a_day_that_the_calendar_skipped_is_refused() -> None:
    with pytest.raises(NoSuchDay):
        ZoneDay(date(2011, 12, 30), "Pacific/Apia")


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_refused_rather_than_overflowing(day: date) -> None:
    with pytest.raises(NoSuchDay):
        ZoneDay(day, "Asia/Shanghai" if day == date.min else "America/Lima")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe", "\0", "a" * 4000])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(UnknownTimeZone):
        ZoneDay(date(2026, 1, 1), zone)


@given(
    st.integers(157_766_400, 2_114_380_800),
    st.sampled_from(ZONES),
)
def test_every_instant_lies_in_exactly_one_column_of_its_day(second: int, zone: str) -> None:
    instant = datetime.fromtimestamp(second, UTC)

    day = ZoneDay.containing(instant, zone)

    assert day.start_time <= instant < day.end_time
    starts = [column.start_time for column in day.columns()]
    spans = list(pairwise([*starts, day.end_time]))
    assert starts[0] == day.start_time
    assert all(timedelta() < end - start <= timedelta(hours=1) for start, end in spans)
    assert sum(start <= instant < end for start, end in spans) == 1


@given(st.dates(date(1975, 1, 1), date(2036, 12, 30)), st.sampled_from(ZONES))
def test_a_day_ends_where_the_next_one_starts_and_its_labels_differ(day: date, zone: str) -> None:
    today, following = ZoneDay(day, zone), ZoneDay(day + timedelta(days=1), zone)

    assert today.end_time == following.start_time
    assert len(set(labels(today))) == len(labels(today)) in (23, 24, 25)


def test_a_working_day_starts_and_ends_at_its_hour() -> None:
    day = ZoneDay(date(2026, 3, 28), "Europe/Madrid", time(6))

    assert day.start_time == datetime(2026, 3, 28, 5, tzinfo=UTC)
    assert day.end_time == datetime(2026, 3, 29, 4, tzinfo=UTC)
    assert labels(day) == [f"{hour:02}" for hour in (*range(6, 24), 0, 1, 3, 4, 5)]


def test_the_small_hours_belong_to_the_working_day_before() -> None:
    early = datetime(2026, 11, 22, 3, tzinfo=UTC)

    assert ZoneDay.containing(early, "UTC", time(6)).date == date(2026, 11, 21)
    assert ZoneDay.containing(early, "UTC").date == date(2026, 11, 22)


def test_an_axis_may_start_at_any_instant() -> None:
    start = datetime(2026, 11, 22, 7, 15, tzinfo=UTC)

    columns = Axis(start, start + timedelta(hours=24), "Asia/Kolkata").columns()

    assert [column.label for column in columns][:2] == ["12:45", "13:45"]
    assert len(columns) == 24


@given(
    st.integers(157_766_400, 2_114_380_800),
    st.sampled_from(ZONES),
    st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
)
def test_every_instant_lies_in_the_working_day_that_contains_it(
    second: int, zone: str, starts_at: time
) -> None:
    instant = datetime.fromtimestamp(second, UTC)

    day = ZoneDay.containing(instant, zone, starts_at)

    assert day.start_time <= instant < day.end_time
