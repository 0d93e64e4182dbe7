from datetime import UTC, datetime, timedelta, timezone

import pytest

from chassis.clock import ManualClock, SystemClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_manual_clock_moves_when_it_is_moved() -> None:
    clock = ManualClock(NOON)

    clock.advance(timedelta(minutes=5))

    assert clock.now() == NOON + timedelta(minutes=5)


def test_a_manual_clock_tells_utc_wherever_it_was_started() -> None:
    clock = ManualClock(NOON.astimezone(timezone(timedelta(hours=8))))

    assert clock.now().tzinfo is UTC


def test_a_clock_never_goes_back() -> None:
    with pytest.raises(ValueError, match="forward"):
        ManualClock(NOON).advance(timedelta(seconds=-1))


def test_a_clock_is_not_started_at_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        ManualClock(NOON.replace(tzinfo=None))


def test_the_clock_of_the_machine_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
