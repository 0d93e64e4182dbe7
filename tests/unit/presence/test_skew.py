from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.skew import estimate_skew, sample_of

SKEWS = st.integers(-(10**9), 10**9).map(lambda us: timedelta(microseconds=us))
DELAYS = st.integers(0, 4_000_000).map(lambda us: timedelta(microseconds=us))


@given(SKEWS, st.lists(DELAYS, min_size=1, max_size=20))
def test_the_estimate_errs_by_the_smallest_delay_and_never_upwards(
    skew: timedelta, delays: list[timedelta]
) -> None:
    samples = [sample_of(skew - delay) for delay in delays]

    assert skew - min(delays) == estimate_skew(samples)


def test_a_clock_that_was_never_measured_is_taken_as_right() -> None:
    assert estimate_skew(()) == timedelta(0)


@given(SKEWS, st.integers(6, 10_000).map(lambda seconds: timedelta(seconds=seconds)))
def test_a_clock_that_was_set_forward_shows_at_once(skew: timedelta, step: timedelta) -> None:
    samples = [sample_of(skew)] * 19

    assert estimate_skew([*samples, sample_of(skew + step)]) == skew + step


@given(SKEWS, st.integers(6, 10_000).map(lambda seconds: timedelta(seconds=seconds)))
def test_a_clock_that_was_set_back_shows_after_three_samples(
    skew: timedelta, step: timedelta
) -> None:
    samples = [sample_of(skew)] * 17

    assert estimate_skew([*samples, *[sample_of(skew - step)] * 3]) == skew - step


def test_two_messages_that_were_held_up_change_nothing() -> None:
    late = sample_of(timedelta(minutes=-1))

    assert estimate_skew([sample_of(timedelta(0)), late, late]) == timedelta(0)
