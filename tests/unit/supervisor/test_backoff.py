"""A child that dies again and again is started ever later, up to a bound."""

from datetime import timedelta

from chassis.supervisor.backoff import LONGEST_DELAY, STEADY_AFTER, Failures

BRIEFLY = timedelta(seconds=1)


def after(deaths: int) -> Failures:
    failures = Failures()
    for _ in range(deaths):
        failures = failures.after_death(BRIEFLY)
    return failures


def test_the_first_restart_comes_within_a_blink() -> None:
    assert after(1).delay() == timedelta(milliseconds=200)


def test_each_death_in_a_row_doubles_the_delay() -> None:
    delays = [after(deaths).delay() for deaths in range(1, 5)]

    assert delays == [timedelta(milliseconds=ms) for ms in (200, 400, 800, 1600)]


def test_the_delay_has_a_bound_however_often_a_child_dies() -> None:
    assert after(10_000).delay() == LONGEST_DELAY


def test_a_steady_run_forgives_earlier_deaths() -> None:
    failures = after(6).after_death(STEADY_AFTER)

    assert failures == after(1)
