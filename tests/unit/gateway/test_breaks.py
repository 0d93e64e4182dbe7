"""When a break is a long one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.breaks import agents_on_long_break, left_ms
from gateway.domain.timelines import Look
from tests.unit.gateway.board_fakes import (
    BANK,
    BREAK,
    MORNING,
    ONLINE,
    Stretches,
    a_person,
    timelines_of,
)

MINUTE = 60
HOUR = timedelta(hours=1)
TEA, CLAIMED_TEA, LUNCH = (
    Look(BREAK, reason="tea"),
    Look(BREAK, reason="tea", marks=2),
    Look(BREAK, reason="lunch"),
)
LIMITS = {BANK.name: {"tea": 15 * MINUTE * 1000}}


def is_long(*stretches: tuple[int | Look, int], passed: timedelta = HOUR) -> bool:
    """Tells whether somebody whose hour was so is on a long break when so much of it passed."""
    told: dict[str, Stretches] = {"ana": stretches}
    timelines = timelines_of(told, MORNING, MORNING + HOUR)
    at_ms = int((MORNING + passed).timestamp() * 1000)
    found = agents_on_long_break(timelines, [a_person("ana")], LIMITS, at_ms)
    return "agents/ana" in found


def test_a_break_is_long_from_the_moment_after_the_longest_time_of_its_reason() -> None:
    tea_at_half_past = (ONLINE, 30 * MINUTE), (TEA, 1)

    assert not is_long(*tea_at_half_past, passed=timedelta(minutes=45))
    assert is_long(*tea_at_half_past, passed=timedelta(minutes=45, seconds=1))


def test_a_reason_without_a_limit_makes_no_long_break() -> None:
    assert not is_long((LUNCH, 1))


def test_what_is_no_break_is_no_long_one_whatever_it_is_called() -> None:
    assert not is_long((Look(ONLINE, reason="tea"), 1))


def test_a_mark_that_comes_or_goes_begins_no_other_break() -> None:
    assert is_long((ONLINE, 40 * MINUTE), (CLAIMED_TEA, 10 * MINUTE), (TEA, 1))


def test_another_reason_begins_another_break() -> None:
    assert not is_long((LUNCH, 50 * MINUTE), (TEA, 1))


def test_each_site_has_limits_of_its_own() -> None:
    timelines = timelines_of({"ana": [(TEA, 1)]}, MORNING, MORNING + HOUR)
    elsewhere = [a_person("ana", site="sites/porto")]

    assert agents_on_long_break(timelines, elsewhere, LIMITS, timelines.end_ms) == frozenset()


@given(since=st.integers(0, 10**6), limit=st.integers(1, 10**6), at=st.integers(0, 3 * 10**6))
def test_what_is_left_and_what_has_passed_make_up_the_limit(
    since: int, limit: int, at: int
) -> None:
    left = left_ms(TEA, since, {"tea": limit}, at)

    assert left is not None
    assert left + (at - since) == limit


@pytest.mark.parametrize("look", [LUNCH, Look(ONLINE)])
def test_where_nothing_limits_nothing_is_left_or_over(look: Look) -> None:
    assert left_ms(look, 0, {"tea": 1}, 10) is None
