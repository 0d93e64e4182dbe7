"""What people make happen on the floor, and how it shows in the twin."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.scope import EVERYTHING, Scope
from services.presence.domain.state import State
from simulator.floor.controls import Controls
from simulator.floor.incidents import Incidents, Kind
from simulator.floor.sources import Sources
from simulator.twin.happenings import StateChange
from simulator.twin.people import workers_of
from simulator.twin.setting import THREE_ZONES, Setting
from simulator.twin.twin import Twin

# Ten in the morning in Lisbon.
START = datetime(2026, 11, 18, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WORLD = Setting(THREE_ZONES[:2], agent_count=60)
ORDERS = "sites/harbor/queues/harbor-orders"
HARBOR = Scope(sites=frozenset({"sites/harbor"}))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def twin() -> Twin:
    twin = Twin(WORLD, START.date())
    twin.run(START)
    return twin


@pytest.fixture
def controls(twin: Twin, clock: ManualClock) -> Controls:
    return Controls(lambda: twin, twin.workers, Sources(twin.workers), Incidents(), clock)


def test_the_floor_tells_its_sites_with_what_can_be_played_upon(controls: Controls) -> None:
    floor = controls.read(EVERYTHING)

    harbor, delta = floor.sites
    assert (harbor.agent_count, delta.agent_count) == (24, 21)
    assert 0 < harbor.signed_in_count < harbor.agent_count
    assert harbor.sources == ("harbor-calls", "harbor-chats")
    assert floor.incidents == []


def test_what_was_started_goes_on_until_its_end(controls: Controls, clock: ManualClock) -> None:
    controls.start_surge(ORDERS, 4, 10 * MINUTE, EVERYTHING)
    controls.start_outage("delta-chats", 3 * MINUTE, EVERYTHING)

    at_first = controls.read(EVERYTHING).incidents
    clock.advance(3 * MINUTE)
    later = controls.read(EVERYTHING).incidents

    assert [it.kind for it in at_first] == [Kind.OUTAGE, Kind.SURGE]
    assert [(it.subject, it.factor) for it in later] == [(ORDERS, 4)]


def test_the_same_is_started_once_at_a_time(controls: Controls, clock: ManualClock) -> None:
    controls.start_surge(ORDERS, 4, 10 * MINUTE, EVERYTHING)

    with pytest.raises(Refusal) as refused:
        controls.start_surge(ORDERS, 2, 10 * MINUTE, EVERYTHING)
    clock.advance(10 * MINUTE)
    controls.start_surge(ORDERS, 2, 10 * MINUTE, EVERYTHING)

    assert (refused.value.code, refused.value.reason) == (
        Code.FAILED_PRECONDITION,
        "GOING_ON_ALREADY",
    )
    assert [it.factor for it in controls.read(EVERYTHING).incidents] == [2]


def test_whoever_sees_one_site_plays_there_alone(controls: Controls) -> None:
    controls.start_sign_in("sites/delta", EVERYTHING)

    floor = controls.read(HARBOR)
    with pytest.raises(Refusal) as refused:
        controls.start_outage("delta-chats", 3 * MINUTE, HARBOR)

    assert [site.place.site for site in floor.sites] == ["harbor"]
    assert floor.incidents == []
    assert refused.value.reason == "UNKNOWN_SOURCE"


Ask = Callable[[Controls], None]


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda it: it.start_surge("harbor-orders", 3, MINUTE, EVERYTHING), "UNKNOWN_QUEUE"),
        (lambda it: it.start_outage("pbx", MINUTE, EVERYTHING), "UNKNOWN_SOURCE"),
        (lambda it: it.start_sign_in("sites/lakes", EVERYTHING), "UNKNOWN_SITE"),
        (lambda it: it.start_surge(ORDERS, 1, MINUTE, EVERYTHING), "INVALID_FIELD"),
        (lambda it: it.start_surge(ORDERS, 3, timedelta(0), EVERYTHING), "INVALID_FIELD"),
        (lambda it: it.start_outage("delta-chats", 61 * MINUTE, EVERYTHING), "INVALID_FIELD"),
    ],
)
def test_what_the_floor_cannot_do_is_refused_by_reason(
    controls: Controls, ask: Ask, reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        ask(controls)

    assert refused.value.reason == reason
    assert controls.read(EVERYTHING).incidents == []


def test_a_refusal_names_no_more_of_a_long_name_than_its_beginning(controls: Controls) -> None:
    with pytest.raises(Refusal) as refused:
        controls.start_outage("pbx" * 100_000, MINUTE, EVERYTHING)

    assert refused.value.metadata == {"source": ("pbx" * 100)[:100]}


def test_before_the_floor_has_begun_it_is_seen_and_nothing_can_be_started(
    clock: ManualClock,
) -> None:
    workers = workers_of(WORLD)
    idle = Controls(lambda: None, workers, Sources(workers), Incidents(), clock)

    floor = idle.read(EVERYTHING)
    with pytest.raises(Refusal) as refused:
        idle.start_sign_in("sites/harbor", EVERYTHING)

    assert [(it.agent_count, it.signed_in_count) for it in floor.sites] == [(24, 0), (21, 0)]
    assert refused.value.reason == "FLOOR_STARTING"


def test_a_mass_sign_in_reaches_the_twin(controls: Controls, twin: Twin) -> None:
    controls.start_sign_in("sites/harbor", EVERYTHING)

    told = twin.run(START + timedelta(milliseconds=500))

    offline = [it for it in told if isinstance(it, StateChange) and it.state is State.OFFLINE]
    assert len(offline) > 5
    assert {it.agent.split("-")[0] for it in offline} == {"agents/harbor"}
