from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.telemetry import silent_telemetry
from simulator.floor.player import REPORTS_A_CALL, Player, UnknownPeople
from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.setting import THREE_ZONES, Setting
from simulator.twin.shifts import PlannedShift
from simulator.twin.twin import Twin

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SETTING = Setting((THREE_ZONES[0],), agent_count=60)
AWAY = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "nobody answers")


class FakeGateway:
    """Keeps what it is told; refuses as often as the test says."""

    def __init__(self) -> None:
        self.rosters = 0
        self.known_until: datetime | None = None
        self.plans: list[list[PlannedShift]] = []
        self.live: list[Happening] = []
        self.past: list[Happening] = []
        self.largest_call = 0
        self.beats = 0
        self.lost: list[str] = []
        self.failures: list[Exception] = []

    async def apply_roster(self) -> None:
        self.rosters += 1

    async def last_told_time(self) -> datetime | None:
        return self.known_until

    async def publish(self, plan: Sequence[PlannedShift]) -> None:
        self.plans.append(list(plan))

    async def report(self, changes: Sequence[StateChange], *, is_past: bool) -> None:
        self._keep(changes, is_past=is_past)

    async def report_contacts(self, moments: Sequence[ContactMoment], *, is_past: bool) -> None:
        self._keep(moments, is_past=is_past)

    async def beat(self, now: datetime) -> Sequence[str]:
        self.beats += 1
        lost, self.lost = self.lost, []
        return lost

    def _keep(self, happenings: Sequence[Happening], *, is_past: bool) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.largest_call = max(self.largest_call, len(happenings))
        (self.past if is_past else self.live).extend(happenings)


def happenings(first: datetime, after: datetime, until: datetime) -> list[Happening]:
    """What a twin that begins with the day of an instant tells of a span."""
    told = Twin(SETTING, first.date()).run(until)
    return [it for it in told if it.occurred_time > after]


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def player(gateway: FakeGateway, clock: ManualClock) -> Player:
    return Player(gateway, partial(Twin, SETTING), 2, clock, silent_telemetry("floor"))


async def fill_in(player: Player) -> None:
    while await player.fill_in():
        pass


async def test_at_first_everybody_is_told_as_she_is_now(
    player: Player, gateway: FakeGateway
) -> None:
    await player.catch_up()

    assert gateway.rosters == 1
    assert {it.occurred_time for it in gateway.live} == {NOON}
    agents = [it.agent for it in gateway.live if isinstance(it, StateChange)]
    assert sorted(agents) == sorted(worker.name for worker in Twin(SETTING, NOON.date()).workers)


async def test_the_past_is_imported_whole_and_backwards(
    player: Player, gateway: FakeGateway
) -> None:
    await player.catch_up()

    await fill_in(player)

    start = NOON - 2 * DAY
    assert Counter(gateway.past) == Counter(happenings(start, start, NOON))
    assert gateway.past[0].occurred_time > NOON - timedelta(hours=5)
    assert gateway.past[-1].occurred_time < start + timedelta(hours=5)
    assert gateway.largest_call <= REPORTS_A_CALL


async def test_afterwards_only_what_happened_since_is_told(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    gateway.live.clear()

    clock.advance(timedelta(minutes=5))
    await player.catch_up()

    expected = happenings(NOON - 2 * DAY, NOON, NOON + timedelta(minutes=5))
    assert Counter(gateway.live) == Counter(expected)
    assert gateway.rosters == 1


async def test_nothing_is_lost_while_the_gateway_is_away(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    gateway.live.clear()
    clock.advance(timedelta(minutes=5))
    gateway.failures = [AWAY, AWAY]

    for _ in range(2):
        with pytest.raises(Refusal):
            await player.catch_up()
    await player.catch_up()

    expected = happenings(NOON - 2 * DAY, NOON, NOON + timedelta(minutes=5))
    assert Counter(gateway.live) == Counter(expected)


async def test_a_part_of_the_past_that_was_refused_is_told_again(
    player: Player, gateway: FakeGateway
) -> None:
    await player.catch_up()
    gateway.failures = [AWAY]

    with pytest.raises(Refusal):
        await player.fill_in()
    await fill_in(player)

    start = NOON - 2 * DAY
    assert set(gateway.past) == set(happenings(start, start, NOON))


async def test_a_floor_that_starts_again_tells_only_what_is_not_known(
    player: Player, gateway: FakeGateway
) -> None:
    gateway.known_until = NOON - timedelta(hours=3)

    await player.catch_up()
    await fill_in(player)

    assert min(it.occurred_time for it in gateway.past) > gateway.known_until
    expected = happenings(NOON, gateway.known_until, NOON)
    assert Counter(gateway.past) == Counter(expected)


async def test_an_emptied_roster_is_applied_and_filled_anew(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    clock.advance(timedelta(minutes=1))
    gateway.failures = [UnknownPeople("who?")]

    with pytest.raises(UnknownPeople):
        await player.catch_up()
    gateway.live.clear()
    await player.catch_up()

    assert gateway.rosters == 2
    assert {it.occurred_time for it in gateway.live} == {NOON + timedelta(minutes=1)}


async def test_what_was_lost_is_told_anew_as_it_is_now(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    before = {it.agent: it for it in gateway.live if isinstance(it, StateChange)}
    gateway.live.clear()
    gateway.lost = ["agents/harbor-0001", "agents/somebody-else"]

    await player.catch_up()

    (again,) = (it for it in gateway.live if isinstance(it, StateChange))
    assert again == before["agents/harbor-0001"]


async def test_the_plan_is_published_to_tomorrow_and_anew_each_day(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    clock.advance(timedelta(hours=1))
    await player.catch_up()
    clock.advance(timedelta(days=1))
    await player.catch_up()

    days = [sorted({shift.day.day for shift in plan}) for plan in gateway.plans]
    assert days == [[1, 2, 3, 4], [2, 3, 4, 5]]
