from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.domain.localtime import resolve
from services.roster.domain.shifts import span_of
from tests.unit.roster.builders import a_shift, local

ZONES = st.sampled_from(
    ["Europe/Lisbon", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
)
LOCALS = st.datetimes(local("01-01"), local("2027-01-01"))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("03-02 09:00", "03-02 17:00", 8),
        ("03-02 22:00", "03-03 06:00", 8),
        # The clock skips 01:00 to 02:00 in Lisbon on 29 March, and shows it twice on 25 October.
        ("03-28 22:00", "03-29 06:00", 7),
        ("10-24 22:00", "10-25 06:00", 9),
        ("03-29 01:30", "03-29 06:00", 3.5),
        ("10-24 22:00", "10-25 01:30", 3.5),
        ("10-25 01:30", "10-25 06:00", 5.5),
    ],
)
def test_a_shift_lasts_as_long_as_the_clock_on_the_wall_lets_it(
    start: str, end: str, hours: float
) -> None:
    span = a_shift("s", start, end).span()

    assert span.end_time - span.start_time == timedelta(hours=hours)


def test_a_time_that_the_clock_shows_twice_is_its_first() -> None:
    assert resolve(local("10-25 01:30"), "Europe/Lisbon").hour == 0


def test_a_time_that_the_clock_skips_lies_as_long_after_the_change() -> None:
    skipped = resolve(local("03-29 01:30"), "Europe/Lisbon")

    assert skipped == resolve(local("03-29 02:30"), "Europe/Lisbon")


@given(LOCALS, st.timedeltas(timedelta(minutes=1), timedelta(hours=36)), ZONES)
def test_no_stretch_is_ever_of_negative_length(
    start: datetime, length: timedelta, zone: str
) -> None:
    span = span_of(start, start + length, zone)

    assert span.end_time >= span.start_time
