from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.importing.localtime import ClockSpan, Span, instants_of, resolve_span
from cli.importing.reasons import Reason, RowRefusedError

JERUSALEM = ZoneInfo("Asia/Jerusalem")
DAY = date(1999, 8, 2)
LONGEST = timedelta(hours=4)


def a_clock(start: str, end: str, **more: date | time | timedelta | None) -> ClockSpan:
    fields = {"day": DAY, "start": time.fromisoformat(start), "end": time.fromisoformat(end)}
    return ClockSpan(**{**fields, **more})  # type: ignore[arg-type]  # mixed by the test


def refusal_of(clock: ClockSpan) -> Reason:
    with pytest.raises(RowRefusedError) as refused:
        resolve_span(clock, JERUSALEM, LONGEST)
    return refused.value.reason


def test_a_summer_morning_in_jerusalem_is_three_hours_behind() -> None:
    span = resolve_span(a_clock("09:00:10", "09:02:10"), JERUSALEM, LONGEST)

    assert span == Span(
        datetime(1999, 8, 2, 6, 0, 10, tzinfo=UTC), datetime(1999, 8, 2, 6, 2, 10, tzinfo=UTC)
    )


def test_an_end_before_the_start_lies_past_midnight() -> None:
    span = resolve_span(a_clock("23:58:00", "00:04:00"), JERUSALEM, LONGEST)

    assert span.length == timedelta(minutes=6)


def test_a_start_before_the_arrival_lies_past_midnight() -> None:
    clock = a_clock("00:01:00", "00:03:00", arrival=time(23, 59))

    span = resolve_span(clock, JERUSALEM, LONGEST)

    assert span.start_time.astimezone(JERUSALEM).date() == date(1999, 8, 3)


def test_a_start_shortly_before_the_arrival_stays_on_its_day() -> None:
    clock = a_clock("09:00:00", "09:03:00", arrival=time(9, 1))

    span = resolve_span(clock, JERUSALEM, LONGEST)

    assert span.start_time.astimezone(JERUSALEM).date() == DAY


def test_a_wrap_longer_than_the_longest_call_is_an_end_before_the_start() -> None:
    assert refusal_of(a_clock("14:00", "09:00")) is Reason.ENDS_BEFORE_START


def test_a_call_longer_than_the_longest_is_refused() -> None:
    assert refusal_of(a_clock("09:00", "14:00")) is Reason.TOO_LONG


def test_a_call_without_length_is_refused() -> None:
    assert refusal_of(a_clock("09:00", "09:00")) is Reason.NO_LENGTH


def test_a_length_that_start_and_end_contradict_is_refused() -> None:
    clock = a_clock("09:00", "09:02", length=timedelta(seconds=50))

    assert refusal_of(clock) is Reason.LENGTH_CONTRADICTS


def test_a_time_that_the_clock_skipped_is_refused() -> None:
    # On 2 April 1999 Israel's clocks went from 02:00 to 03:00.
    assert refusal_of(a_clock("02:30", "02:40", day=date(1999, 4, 2))) is Reason.NO_SUCH_TIME


def test_the_length_tells_which_of_two_equal_times_is_meant() -> None:
    # On 3 September 1999 Israel's clocks went from 02:00 back to 01:00.
    night = date(1999, 9, 3)

    short = resolve_span(a_clock("01:50", "01:55", day=night), JERUSALEM, LONGEST)
    across = resolve_span(a_clock("01:50", "01:10", day=night), JERUSALEM, LONGEST)
    told = a_clock("01:50", "01:55", day=night, length=timedelta(minutes=65))

    assert short.length == timedelta(minutes=5)
    assert across.length == timedelta(minutes=20)
    assert resolve_span(told, JERUSALEM, LONGEST).length == timedelta(minutes=65)


ZONES = st.sampled_from(
    ["Asia/Jerusalem", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"]
)


@given(
    clock=st.builds(
        ClockSpan,
        day=st.dates(date(1990, 1, 1), date(2035, 12, 31)),
        start=st.times(),
        end=st.times(),
        arrival=st.none() | st.times(),
        length=st.none() | st.timedeltas(timedelta(0), timedelta(days=1)),
    ),
    zone=ZONES.map(ZoneInfo),
)
def test_a_resolved_span_is_positive_and_shows_the_clock_of_the_file(
    clock: ClockSpan, zone: ZoneInfo
) -> None:
    try:
        span = resolve_span(clock, zone, LONGEST)
    except RowRefusedError:
        return

    assert timedelta(0) < span.length <= LONGEST
    assert span.start_time.astimezone(zone).time() == clock.start
    assert span.end_time.astimezone(zone).time() == clock.end


@given(seconds=st.integers(0, 2_000_000_000), zone=ZONES.map(ZoneInfo))
def test_every_instant_is_among_those_that_show_its_clock_time(
    seconds: int, zone: ZoneInfo
) -> None:
    instant = datetime.fromtimestamp(seconds, UTC)
    local = instant.astimezone(zone).replace(tzinfo=None)

    assert instant in instants_of(local, zone)
