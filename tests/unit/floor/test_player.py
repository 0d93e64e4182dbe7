from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.telemetry import silent_telemetry
from services.presence.domain.state import State
from simulator.floor.incidents import Incident, Incidents, Kind
from simulator.floor.outages import Outages
from simulator.floor.player import REPORTS_A_CALL, Player, UnknownPeople
from simulator.floor.sources import Sources
from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.people import workers_of
from simulator.twin.setting import THREE_ZONES, Setting
from simulator.twin.twin import Twin
from tests.unit.floor.gateway import FakeGateway

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SETTING = Setting((THREE_ZONES[0],), agent_count=60)
SOURCES = Sources(workers_of(SETTING))
AWAY = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "nobody answers")


def told_of(past: list[Happening]) -> list[Happening]:
    """What the past tells before its end."""
    ends = set(ends_of(past))
    return [it for it in past if it not in ends]


def ends_of(past: list[Happening]) -> list[StateChange]:
    changes = (it for it in past if isinstance(it, StateChange))
    return [it for it in changes if it.state is State.UNOBSERVED]


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
def incidents() -> Incidents:
    return Incidents()


@pytest.fixture
def player(gateway: FakeGateway, clock: ManualClock, incidents: Incidents) -> Player:
    outages = Outages(SOURCES, incidents)
    return Player(gateway, partial(Twin, SETTING), 2, outages, clock, silent_telemetry("floor"))


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


async def test_the_past_is_imported_whole(player: Player, gateway: FakeGateway) -> None:
    await player.catch_up()

    await fill_in(player)

    start = NOON - 2 * DAY
    assert Counter(told_of(gateway.past)) == Counter(happenings(start, start, NOON))
    assert gateway.past[-1].occurred_time < start + timedelta(hours=5)
    assert gateway.largest_call <= REPORTS_A_CALL


async def test_the_imported_past_ends_where_the_live_sources_begin(
    player: Player, gateway: FakeGateway
) -> None:
    await player.catch_up()

    await fill_in(player)

    ends = ends_of(gateway.past)
    assert {it.agent for it in ends} == {worker.name for worker in workers_of(SETTING)}
    assert {it.occurred_time for it in ends} == {NOON}


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
    assert set(told_of(gateway.past)) == set(happenings(start, start, NOON))


async def test_a_floor_that_starts_again_tells_only_what_is_not_known(
    player: Player, gateway: FakeGateway
) -> None:
    gateway.known_until = NOON - timedelta(hours=3)

    await player.catch_up()
    await fill_in(player)

    assert min(it.occurred_time for it in gateway.past) > gateway.known_until
    expected = happenings(NOON, gateway.known_until, NOON)
    assert Counter(told_of(gateway.past)) == Counter(expected)


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


async def test_nothing_that_was_started_goes_on_in_a_floor_that_begins_anew(
    player: Player, gateway: FakeGateway, clock: ManualClock, incidents: Incidents
) -> None:
    await player.catch_up()
    begin = clock.now()
    incidents.add(Incident(Kind.OUTAGE, "sites/harbor", "harbor-calls", begin, begin + 5 * MINUTE))
    await play(player, clock, 4 * MINUTE)
    gateway.failures = [UnknownPeople("who?")]

    with pytest.raises(UnknownPeople):
        await play(player, clock, MINUTE)
    gateway.live.clear()
    await player.catch_up()

    assert incidents.going_on(clock.now()) == ()
    assert all(isinstance(it, StateChange) for it in gateway.live)
    assert Counter(it for it in gateway.live if of_calls(it)).total() > 0
    await play(player, clock, timedelta(seconds=10))
    assert min(it.occurred_time for it in gateway.live) > begin + 4 * MINUTE


async def test_what_was_lost_is_told_anew_as_it_is_now(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    await player.catch_up()
    before = {it.agent: it for it in gateway.live if isinstance(it, StateChange)}
    gateway.live.clear()
    gateway.lost = ["agents/harbor-0001", "agents/somebody-else"]

    clock.advance(timedelta(seconds=3))
    await player.catch_up()

    (again,) = (
        it for it in gateway.live if isinstance(it, StateChange) and it.occurred_time == clock.now()
    )
    assert again == replace(before["agents/harbor-0001"], occurred_time=clock.now())


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


async def play(player: Player, clock: ManualClock, length: timedelta) -> None:
    """Plays for a while, in steps of ten seconds."""
    for _ in range(length // timedelta(seconds=10)):
        clock.advance(timedelta(seconds=10))
        await player.catch_up()


def of_calls(happening: Happening) -> bool:
    return SOURCES.of(happening) == "harbor-calls"


async def test_a_source_that_is_away_neither_lives_nor_tells_anything(
    player: Player, gateway: FakeGateway, clock: ManualClock, incidents: Incidents
) -> None:
    await player.catch_up()
    gateway.live.clear()
    gateway.beats.clear()
    begin = clock.now()
    incidents.add(Incident(Kind.OUTAGE, "sites/harbor", "harbor-calls", begin, begin + 5 * MINUTE))

    await play(player, clock, 4 * MINUTE)

    assert {sources for _, sources in gateway.beats} == {("harbor-chats",)}
    assert not any(of_calls(it) for it in gateway.live)
    assert any(isinstance(it, StateChange) for it in gateway.live)


async def test_a_source_that_is_back_tells_how_all_are_and_what_became_of_contacts(
    player: Player, gateway: FakeGateway, clock: ManualClock, incidents: Incidents
) -> None:
    await player.catch_up()
    gateway.live.clear()
    begin = clock.now()
    back = begin + 5 * MINUTE
    incidents.add(Incident(Kind.OUTAGE, "sites/harbor", "harbor-calls", begin, back))

    await play(player, clock, 6 * MINUTE)

    told = [it for it in gateway.live if of_calls(it)]
    states = [it for it in told if isinstance(it, StateChange)]
    members = {it.name for it in workers_of(SETTING) if "chat" not in it.queue.id}
    assert {it.agent for it in states if it.occurred_time == back} == members
    assert min(it.occurred_time for it in states) > back - timedelta(seconds=10)
    moments = Counter(it for it in told if isinstance(it, ContactMoment))
    whole = happenings(NOON - 2 * DAY, begin, clock.now())
    assert moments == Counter(it for it in whole if isinstance(it, ContactMoment) and of_calls(it))
    assert max(moments.values()) == 1
    assert set(gateway.beats[-1][1]) == {"harbor-calls", "harbor-chats"}


async def test_a_source_lives_on_by_a_beat_in_a_third_of_its_lease(
    player: Player, gateway: FakeGateway, clock: ManualClock
) -> None:
    for _ in range(10):
        await player.catch_up()
        clock.advance(timedelta(seconds=1))

    assert [(at - NOON).seconds for at, _ in gateway.beats] == [0, 3, 6, 9]
