import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.rates import Rate, take

RATE = Rate(per_second=2.0, burst=10.0)
_COSTS = st.sampled_from([0.1, 1.0, 2.0, 10.0, 50.0])


def test_a_rested_caller_has_a_burst_and_then_waits_for_each_token() -> None:
    paid_until, waits = 0.0, []
    for _ in range(12):
        paid_until, wait = take(paid_until, 100.0, 1.0, RATE)
        waits.append(wait)

    assert waits == [0.0] * 10 + [0.5, 0.5]


def test_whoever_waits_as_long_as_told_is_let_through() -> None:
    paid_until, _ = take(0.0, 100.0, 10.0, RATE)
    _, wait = take(paid_until, 100.0, 1.0, RATE)

    assert take(paid_until, 100.0 + wait, 1.0, RATE)[1] == 0.0


def test_what_is_refused_costs_nothing() -> None:
    paid_until, _ = take(0.0, 100.0, 10.0, RATE)

    assert take(paid_until, 100.0, 2.0, RATE)[0] == paid_until


def test_what_costs_more_than_a_burst_needs_a_full_bucket() -> None:
    assert take(0.0, 100.0, 50.0, RATE)[1] == 0.0
    assert take(100.5, 100.0, 50.0, RATE)[1] == pytest.approx(0.5)


@given(st.lists(st.tuples(st.floats(0, 5), _COSTS), max_size=60))
def test_nobody_gets_more_than_a_burst_and_what_time_gave(
    steps: list[tuple[float, float]],
) -> None:
    now = paid_until = 1_000.0
    granted = 0.0
    for pause, tokens in steps:
        now += pause
        paid_until, wait = take(paid_until, now, tokens, RATE)
        granted += 0.0 if wait else tokens

    # One call may cost more than a burst.
    assert granted <= RATE.burst + 50.0 + (now - 1_000.0) * RATE.per_second + 1e-6
