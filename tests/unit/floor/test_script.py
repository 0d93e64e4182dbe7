from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.floor.people import TEAMS, floor_agents
from simulator.floor.script import Change, changes_between, start_of_yesterday

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_sixty_agents_work_in_four_teams() -> None:
    agents = floor_agents()

    assert len({agent.name for agent in agents}) == 60
    assert len({agent.display_name for agent in agents}) == 60
    assert {agent.team for agent in agents} == set(TEAMS)
    assert any("王" in agent.display_name for agent in agents)


def test_telling_again_is_telling_the_same() -> None:
    before = changes_between(NOON - DAY, NOON)
    _forget_days()

    assert changes_between(NOON - DAY, NOON) == before


@settings(max_examples=20)
@given(st.lists(st.integers(1, 2_880), max_size=6))
def test_a_span_told_in_pieces_is_the_span_told_at_once(minutes: list[int]) -> None:
    start = start_of_yesterday(NOON)
    cuts = [start + timedelta(minutes=minute) for minute in sorted(minutes)]
    ends = [*(cut for cut in cuts if cut <= NOON), NOON]

    pieces: list[Change] = []
    for after, until in zip([start, *ends], ends, strict=False):
        pieces += changes_between(after, until)

    assert pieces == changes_between(start, NOON)


def test_each_event_id_is_told_once_and_an_agents_changes_move_on() -> None:
    by_agent: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes_between(NOON - 7 * DAY, NOON):
        by_agent[change.agent].append(change)

    assert len(by_agent) == 60
    for changes in by_agent.values():
        times = [change.occurred_time for change in changes]
        assert times == sorted(set(times))
        assert len({change.event_id for change in changes}) == len(changes)


def test_contacts_come_with_calls_and_reasons_with_breaks() -> None:
    for change in changes_between(NOON - DAY, NOON):
        assert bool(change.contacts) == (change.state in {"BUSY", "WRAP_UP"})
        assert bool(change.reason) == (change.state == "BREAK")
        assert (change.activity != "UNSPECIFIED") == (change.state == "BUSY")


@pytest.mark.parametrize("hour", range(24))
def test_somebody_works_at_every_hour_and_somebody_does_not(hour: int) -> None:
    now = datetime(2026, 3, 4, hour, tzinfo=UTC)

    last = {change.agent: change.state for change in changes_between(start_of_yesterday(now), now)}

    working = sum(state != "OFFLINE" for state in last.values())
    assert len(last) == 60
    assert 8 <= working <= 45


@pytest.mark.parametrize(
    "now", [datetime(2026, 3, 29, 3, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC)]
)
def test_days_on_which_the_clock_changes_are_filled_too(now: datetime) -> None:
    assert len({change.agent for change in changes_between(start_of_yesterday(now), now)}) == 60


def _forget_days() -> None:
    from simulator.floor import script  # noqa: PLC0415

    script.script_day.cache_clear()
