from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.telemetry import silent_telemetry
from simulator.floor.calls import CallEvent, call_events_between
from simulator.floor.player import CHANGES_PER_CALL, Player, UnknownPeople
from simulator.floor.script import Change, Planned, changes_between, start_of_yesterday

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
AWAY = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "nobody answers")


class FakeGateway:
    """Keeps what it is told; refuses as often as the test says."""

    def __init__(self) -> None:
        self.rosters = 0
        self.plans: list[list[Planned]] = []
        self.calls: list[list[Change]] = []
        self.told_calls: list[CallEvent] = []
        self.beats = 0
        self.lost: list[str] = []
        self._failures: list[tuple[int, Exception]] = []

    def fail_at_call(self, number: int, error: Exception) -> None:
        self._failures.append((number, error))

    @property
    def told(self) -> list[Change]:
        return [change for call in self.calls for change in call]

    async def apply_roster(self) -> None:
        self.rosters += 1

    async def publish(self, plan: Sequence[Planned]) -> None:
        self.plans.append(list(plan))

    async def report(self, changes: Sequence[Change]) -> None:
        if self._failures and len(self.calls) == self._failures[0][0]:
            raise self._failures.pop(0)[1]
        self.calls.append(list(changes))

    async def beat(self, now: datetime) -> Sequence[str]:
        self.beats += 1
        lost, self.lost = self.lost, []
        return lost

    async def report_calls(self, events: Sequence[CallEvent]) -> None:
        self.told_calls += events


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def player(gateway: FakeGateway, clock: ManualClock) -> Player:
    return Player(gateway, clock, silent_telemetry("floor"))


async def test_the_start_fills_in_all_since_yesterday_began(
    player: Player, gateway: FakeGateway
) -> None:
    await player.catch_up()

    assert gateway.rosters == 1
    assert gateway.told == changes_between(start_of_yesterday(NOON), NOON)
    assert max(len(call) for call in gateway.calls) == CHANGES_PER_CALL


async def test_calls_are_told_beside_what_the_agents_do(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    clock.advance(timedelta(minutes=1))
    await player.catch_up()

    until = NOON + timedelta(minutes=1)
    assert gateway.told_calls == call_events_between(start_of_yesterday(NOON), until)


async def test_afterwards_only_what_happened_since_is_told(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    gateway.calls.clear()

    clock.advance(timedelta(minutes=1))
    await player.catch_up()

    assert gateway.told == changes_between(NOON, NOON + timedelta(minutes=1))
    assert gateway.rosters == 1


async def test_a_second_in_which_nothing_happens_costs_no_call(
    player: Player, gateway: FakeGateway
) -> None:
    await player.catch_up()
    gateway.calls.clear()

    await player.catch_up()

    assert gateway.calls == []


async def test_nothing_is_lost_while_the_gateway_is_away(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    gateway.fail_at_call(2, AWAY)

    with pytest.raises(Refusal):
        await player.catch_up()
    clock.advance(timedelta(minutes=5))
    await player.catch_up()

    until = NOON + timedelta(minutes=5)
    expected = changes_between(start_of_yesterday(NOON), until)
    assert {(c.agent, c.event_id) for c in gateway.told} == {
        (c.agent, c.event_id) for c in expected
    }
    assert len(gateway.told) <= len(expected) + 1


async def test_a_floor_that_starts_again_tells_what_it_told_before(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    before = gateway.told
    gateway.calls.clear()

    await Player(gateway, clock, silent_telemetry("floor")).catch_up()

    assert gateway.told == before


async def test_an_emptied_roster_is_applied_and_filled_anew(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    gateway.calls.clear()
    gateway.fail_at_call(0, UnknownPeople("who?"))

    clock.advance(timedelta(minutes=1))
    with pytest.raises(UnknownPeople):
        await player.catch_up()
    await player.catch_up()

    assert gateway.rosters == 2
    assert gateway.told == changes_between(start_of_yesterday(NOON), NOON + timedelta(minutes=1))


async def test_what_was_lost_is_told_anew_as_it_is_now(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    gateway.calls.clear()
    gateway.lost = ["agents/floor-001"]

    await player.catch_up()
    await player.catch_up()

    ((again,),) = gateway.calls
    before = [c for c in changes_between(start_of_yesterday(NOON), NOON) if c.agent == again.agent]
    assert (again.agent, again.occurred_time) == ("agents/floor-001", NOON)
    assert (again.state, again.contacts) == (before[-1].state, before[-1].contacts)
    assert again.event_id not in {change.event_id for change in before}
    assert gateway.beats == 3


async def test_the_plan_is_published_from_yesterday_to_tomorrow_and_anew_each_day(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    clock.advance(timedelta(hours=1))
    await player.catch_up()
    clock.advance(timedelta(days=1))
    await player.catch_up()

    days = [sorted({planned.day.day for planned in plan}) for plan in gateway.plans]
    assert days == [[2, 3, 4], [3, 4, 5]]
