from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.skew import MOST_SKEW, estimate_skew, is_sensible, sample_of

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


BEYOND = st.integers(1, 10**15).map(lambda us: MOST_SKEW + timedelta(microseconds=us))


@given(st.lists(SKEWS, max_size=19), BEYOND, st.sampled_from([1, -1]))
def test_a_clock_that_is_more_than_a_day_off_is_not_corrected(
    former: list[timedelta], beyond: timedelta, direction: int
) -> None:
    absurd = sample_of(direction * beyond)

    assert not is_sensible(absurd)
    assert estimate_skew([*map(sample_of, former), absurd]) == timedelta(0)


@given(SKEWS, BEYOND, st.sampled_from([1, -1]))
def test_a_clock_of_sense_is_believed_again_whatever_it_showed_before(
    skew: timedelta, beyond: timedelta, direction: int
) -> None:
    assert estimate_skew([sample_of(direction * beyond), sample_of(skew)]) == skew


@given(st.sampled_from([MOST_SKEW, -MOST_SKEW]))
def test_a_day_is_the_most_that_is_taken_for_a_skew(skew: timedelta) -> None:
    assert estimate_skew([sample_of(skew)]) == skew
