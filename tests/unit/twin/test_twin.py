"""A day of the twin looks like a day on a floor, and is the same each time."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from services.dispatch.domain.words import ContactOutcome, Kind
from services.presence.domain.state import State
from simulator.twin.figures import AT_WORK, StatesByAgent, contacts_of, service_level
from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.setting import THREE_ZONES, Setting, Surge
from simulator.twin.shifts import PlannedShift
from simulator.twin.twin import Twin, UnknownQueue

WEDNESDAY = date(2026, 11, 18)
HARBOR = THREE_ZONES[0]
ZONE = ZoneInfo(HARBOR.zone)
# One place with 120 agents.
SETTING = Setting((HARBOR,), agent_count=300)
MINUTE = timedelta(minutes=1)


def local(hour: int, minute: int = 0, day: date = WEDNESDAY) -> datetime:
    """An instant by the clock of Lisbon."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def late_by(shift: PlannedShift, states: StatesByAgent) -> timedelta | None:
    """How long after the start she was first at work; None if she never was."""
    changes = states.changes()[shift.agent]
    if states.at(shift.agent, shift.start_time) in AT_WORK:
        return timedelta(0)
    came = (it.occurred_time for it in changes if it.state in AT_WORK)
    first = next((at for at in came if shift.start_time <= at < shift.end_time), None)
    return None if first is None else first - shift.start_time


@pytest.fixture(scope="module")
def twin() -> Twin:
    """A twin that stands at the end of its Wednesday."""
    return Twin(SETTING, WEDNESDAY)


@pytest.fixture(scope="module")
def day(twin: Twin) -> list[Happening]:
    """All that happens on the Wednesday."""
    return list(twin.run(local(23, 59)))


@pytest.fixture(scope="module")
def states(day: list[Happening]) -> StatesByAgent:
    """Who is in which state when."""
    return StatesByAgent(day)


def test_the_same_setting_tells_the_same_in_whatever_steps(day: list[Happening]) -> None:
    again = Twin(SETTING, WEDNESDAY)

    steps = [again.run(local(hour)) for hour in range(1, 24)] + [again.run(local(23, 59))]

    assert [happening for step in steps for happening in step] == day


def test_another_seed_tells_another_day(day: list[Happening]) -> None:
    other = Twin(Setting(SETTING.places, SETTING.agent_count, seed="other"), WEDNESDAY)

    assert other.run(local(9)) != [it for it in day if it.occurred_time <= local(9)]


def test_every_agent_changes_from_one_instant_to_the_next(
    twin: Twin, states: StatesByAgent
) -> None:
    changes = states.changes()

    assert set(changes) == {worker.name for worker in twin.workers}
    for of_agent in changes.values():
        assert all(one.occurred_time < next_.occurred_time for one, next_ in pairwise(of_agent))
        assert len({change.event_id for change in of_agent}) == len(of_agent)


def test_an_agent_is_busy_with_as_many_contacts_as_her_queue_allows(
    twin: Twin, states: StatesByAgent
) -> None:
    most = {worker.name: worker.queue.at_once for worker in twin.workers}
    for agent, changes in states.changes().items():
        for change in changes:
            is_busy = change.state is State.BUSY
            assert len(change.contacts) in range(is_busy, (most[agent] if is_busy else 1) + 1)
    assert any(len(it.contacts) == 2 for all_ in states.changes().values() for it in all_)


def test_only_chats_tell_how_many_one_can_have_at_once_and_often_there_is_room_for_more(
    twin: Twin, states: StatesByAgent
) -> None:
    chats = HARBOR.queues[2]
    of_chats = {worker.name for worker in twin.workers if worker.queue == chats}
    changes = [change for of_agent in states.changes().values() for change in of_agent]
    busy = {change.agent for change in changes if change.state is State.BUSY}

    told = [change for change in changes if change.capacity_count]

    assert {(change.state, change.capacity_count) for change in told} == {
        (State.BUSY, chats.at_once)
    }
    assert {change.agent for change in told} == of_chats & busy
    with_room = sum(len(change.contacts) < change.capacity_count for change in told)
    assert 0.2 * len(told) < with_room < 0.8 * len(told)


def test_a_contact_is_answered_by_whom_it_rang_and_ends_once(day: list[Happening]) -> None:
    moments: dict[str, list[ContactMoment]] = defaultdict(list)
    for it in day:
        if isinstance(it, ContactMoment):
            moments[it.contact].append(it)
    for its in moments.values():
        kinds = Counter(it.kind for it in its)
        assert its[0].kind is Kind.ENQUEUED
        assert len({it.event_id for it in its}) == len(its)
        assert kinds[Kind.ENDED] + kinds[Kind.ABANDONED] <= 1
        for before, it in pairwise(its):
            if it.kind is Kind.ANSWERED:
                assert (before.kind, before.agent) == (Kind.RINGING, it.agent)


def test_most_contacts_are_answered_and_some_lose_patience(day: list[Happening]) -> None:
    outcomes = Counter(contact.outcome for contact in contacts_of(day, "harbor"))

    assert outcomes[ContactOutcome.ANSWERED] > 5 * outcomes[ContactOutcome.ABANDONED] > 0


def test_the_morning_fills_the_floor(states: StatesByAgent, twin: Twin) -> None:
    def at_work(at: datetime) -> int:
        return sum(states.at(worker.name, at) in AT_WORK for worker in twin.workers)

    assert at_work(local(6, 30)) * 5 < at_work(local(8)) * 2 < at_work(local(10, 30))


def test_lunch_takes_a_fifth_of_the_floor_away(twin: Twin, states: StatesByAgent) -> None:
    def best_and_worst(start: datetime, end: datetime) -> tuple[float, float]:
        ratios = [
            states.online_ratio(twin.plan_of(WEDNESDAY), start + step * 5 * MINUTE) or 0
            for step in range((end - start) // (5 * MINUTE))
        ]
        return max(ratios), min(ratios)

    morning, _ = best_and_worst(local(9, 45), local(10, 45))
    _, lunch = best_and_worst(local(11, 45), local(13, 45))

    assert morning - lunch >= 0.2


def test_few_come_late_and_fewer_not_at_all(twin: Twin, states: StatesByAgent) -> None:
    due = [shift for shift in twin.plan_of(WEDNESDAY) if shift.end_time <= local(23, 59)]

    lateness = [late_by(shift, states) for shift in due]

    late = sum(it is not None and it > 5 * MINUTE for it in lateness)
    assert 0.01 * len(due) < late < 0.12 * len(due)
    assert lateness.count(None) <= 0.05 * len(due)


def test_a_surge_spoils_the_service_level_and_passes() -> None:
    queue = HARBOR.queues[0]
    surge = Surge(queue.id, local(10, 30), 40 * MINUTE, 3.0)
    calm, surged = Twin(SETTING, WEDNESDAY), Twin(SETTING, WEDNESDAY)
    surged.surge(surge)

    levels = {
        name: [
            service_level(
                (it for it in contacts if it.stays[0].queue == queue.id), start, start + 30 * MINUTE
            )
            for start in (local(10, 40), local(16, 30))
        ]
        for name, contacts in (
            ("calm", contacts_of(calm.run(local(17, 30)), "harbor")),
            ("surged", contacts_of(surged.run(local(17, 30)), "harbor")),
        )
    }

    assert levels["calm"][0] is not None
    assert levels["surged"][0] is not None
    assert levels["surged"][0] < levels["calm"][0] - 0.2
    assert levels["surged"][1] is not None
    assert levels["surged"][1] > 0.7


def test_a_surge_needs_a_queue_that_exists() -> None:
    with pytest.raises(UnknownQueue):
        Twin(SETTING, WEDNESDAY).surge(Surge("harbor-mail", local(9), MINUTE, 2))


@pytest.mark.parametrize(
    ("saturday", "night_hours", "utc_hours_of_nine"),
    [(date(2026, 3, 28), 8, (9, 8)), (date(2026, 10, 24), 10, (8, 9))],
)
def test_shifts_keep_to_the_clock_on_the_wall_when_it_is_changed(
    saturday: date, night_hours: int, utc_hours_of_nine: tuple[int, int]
) -> None:
    twin = Twin(SETTING, saturday)

    happenings = twin.run(local(23, 0, saturday + timedelta(days=1)))

    sunday = saturday + timedelta(days=1)
    plan = [*twin.plan_of(saturday), *twin.plan_of(sunday)]
    lengths = {shift.end_time - shift.start_time for shift in plan}
    starts = {shift.start_time for shift in plan}
    nine = [
        datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        for day, hour in zip((saturday, sunday), utc_hours_of_nine, strict=True)
    ]
    assert timedelta(hours=night_hours) in lengths
    assert starts.issuperset(nine)
    assert any(isinstance(it, StateChange) and it.occurred_time > nine[1] for it in happenings)


def test_three_zones_have_their_mornings_one_after_another() -> None:
    twin = Twin(Setting(THREE_ZONES, agent_count=60), WEDNESDAY)

    states = StatesByAgent(twin.run(datetime(2026, 11, 18, 16, tzinfo=UTC)))

    first = {
        site: min(
            it.occurred_time
            for agent, changes in states.changes().items()
            if agent.startswith(f"agents/{site}-")
            for it in changes
            if it.state is State.ONLINE
        )
        for site in ("delta", "harbor", "lakes")
    }
    assert first["delta"] < first["harbor"] < first["lakes"]
