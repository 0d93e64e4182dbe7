from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.latencies import RecentCounts, quantile

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
BOUNDS = (0.1, 0.5, 1.0)


def after(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def test_nothing_measured_has_no_quantile() -> None:
    assert quantile(BOUNDS, [0, 0, 0, 0], 0.5) is None


def test_half_of_a_bucket_lies_in_its_middle() -> None:
    assert quantile(BOUNDS, [0, 10, 0, 0], 0.5) == pytest.approx(0.3)


def test_what_lies_beyond_the_last_bound_is_that_bound() -> None:
    assert quantile(BOUNDS, [1, 0, 0, 9], 0.99) == 1.0


@given(
    st.lists(st.integers(0, 1000), min_size=4, max_size=4),
    st.floats(0.01, 0.99),
    st.floats(0.01, 0.99),
)
def test_quantiles_rise_with_the_share_and_stay_within_the_bounds(
    counts: list[int], one: float, other: float
) -> None:
    found = [quantile(BOUNDS, counts, share) for share in sorted((one, other))]

    assert found == [None, None] if not sum(counts) else 0 <= found[0] <= found[1] <= 1.0  # type: ignore[operator]  # None is the other case


def test_the_first_reading_tells_of_the_whole_life_of_the_replica() -> None:
    latency = RecentCounts(START).latency(BOUNDS, [4, 0, 0, 0], after(60))

    assert (latency.measured_count, latency.window) == (4, timedelta(minutes=1))


def test_a_later_reading_tells_of_what_came_since() -> None:
    recent = RecentCounts(START)
    recent.latency(BOUNDS, [100, 0, 0, 0], after(60))

    latency = recent.latency(BOUNDS, [100, 0, 2, 0], after(65))

    assert (latency.measured_count, latency.window) == (2, timedelta(seconds=5))
    assert latency.median_seconds == 0.75


def test_readings_older_than_the_window_are_forgotten() -> None:
    recent = RecentCounts(START)
    for seconds in range(0, 601, 100):
        latency = recent.latency(BOUNDS, [seconds, 0, 0, 0], after(seconds))

    assert latency.window == timedelta(minutes=5)
    assert latency.measured_count == 300
