from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from gateway.app.agent_day import AgentDay, AgentTimeline, ReadAgentDay
from gateway.app.board_span import WantedSpan
from gateway.app.parts import Parts
from gateway.domain.state_times import Interval, StateTime, state_times
from tests.unit.gateway.board_fakes import (
    BANK,
    BREAK,
    BUSY,
    DAY,
    EVERYBODY,
    MORNING,
    ONLINE,
    BoardDesk,
    a_person,
    sees,
)

AWAY = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "no answer")
FORBIDDEN = Refusal(
    Code.PERMISSION_DENIED,
    "PERMISSION_MISSING",
    "the permission dispatch.contacts.read is missing",
    metadata={"permission": "dispatch.contacts.read"},
    domain=SHARED_DOMAIN,
)


class FakeOwners:
    """Owners that tell that she was online all day, and refuse what they are told to."""

    def __init__(self) -> None:
        self.refused: dict[str, Refusal] = {}
        self.told_until: datetime | None = None

    def _check(self, part: str) -> None:
        if part in self.refused:
            raise self.refused[part]

    async def timeline(self, agent: str, start: datetime, end: datetime) -> AgentTimeline:
        self._check("timeline")
        start_ms, end_ms = (int(one.timestamp() * 1000) for one in (start, self.told_until or end))
        whole = Interval(start_ms, end_ms, ONLINE, "")
        return AgentTimeline([whole] if start_ms < end_ms else [], b"timeline")

    async def log(self, agent: str, start: datetime, end: datetime) -> bytes:
        self._check("log")
        return b"log"

    async def shifts(
        self, site: str, agent: str, start: datetime, end: datetime
    ) -> Sequence[bytes]:
        self._check("shifts")
        return [b"shift"]

    async def contacts(self, agent: str, start: datetime, end: datetime) -> bytes:
        self._check("contacts")
        return b"contacts"


@pytest.fixture
def owners() -> FakeOwners:
    return FakeOwners()


@pytest.fixture
def read_day(owners: FakeOwners) -> ReadAgentDay:
    desk = BoardDesk()
    desk.roster.people = [a_person("ana", team="teams/t")]
    return ReadAgentDay(desk.sites, desk.roster, owners, Parts(desk.clock), desk.clock)


async def today(read_day: ReadAgentDay) -> AgentDay:
    return await read_day("agents/ana", WantedSpan(), EVERYBODY)


async def test_a_day_is_today_unless_another_is_asked_for(read_day: ReadAgentDay) -> None:
    day = await today(read_day)
    past = await read_day("agents/ana", WantedSpan(day=date(2026, 10, 25)), EVERYBODY)

    assert day.span.day == date(2026, 11, 22)
    assert len(past.span.columns()) == 25


async def test_times_sum_to_what_has_passed(read_day: ReadAgentDay) -> None:
    day = await today(read_day)

    passed = day.passed_time - day.span.start_time
    assert day.passed_time == MORNING
    assert [one.milliseconds for one in day.state_times] == [passed.total_seconds() * 1000]


@pytest.mark.parametrize("behind", [timedelta(seconds=2), 3 * DAY])
async def test_times_sum_to_what_has_passed_where_the_clock_of_presence_is_behind(
    read_day: ReadAgentDay, owners: FakeOwners, behind: timedelta
) -> None:
    owners.told_until = MORNING - behind

    day = await today(read_day)

    passed = day.passed_time - day.span.start_time
    assert day.passed_time == max(MORNING - behind, day.span.start_time)
    assert sum(one.milliseconds for one in day.state_times) == passed.total_seconds() * 1000


@pytest.mark.parametrize("part", ["timeline", "log", "shifts", "contacts"])
async def test_one_owner_that_is_away_is_told_and_the_others_answer(
    read_day: ReadAgentDay, owners: FakeOwners, part: str
) -> None:
    owners.refused[part] = AWAY

    day = await today(read_day)

    (missing,) = day.missing
    had = {
        "timeline": day.timeline,
        "log": day.log,
        "shifts": day.shifts,
        "contacts": day.contacts,
    }
    assert (missing.part, missing.reason, missing.since_time) == (
        part,
        "BACKEND_UNAVAILABLE",
        MORNING,
    )
    assert [name for name, value in had.items() if not value] == [part]


async def test_a_part_without_permission_names_the_permission_and_who_grants_it(
    read_day: ReadAgentDay, owners: FakeOwners
) -> None:
    owners.refused["contacts"] = FORBIDDEN

    (missing,) = (await today(read_day)).missing

    assert (missing.part, missing.permission) == ("contacts", "dispatch.contacts.read")
    assert missing.since_time is None
    assert "administers roles" in missing.message


async def test_somebody_out_of_sight_is_not_found(read_day: ReadAgentDay) -> None:
    with pytest.raises(Refusal, match="UNKNOWN_AGENT"):
        await read_day("agents/ana", WantedSpan(), sees("bo"))


async def test_a_past_day_needs_the_history_of_the_person(read_day: ReadAgentDay) -> None:
    past = WantedSpan(start_time=MORNING - 3 * DAY, end_time=MORNING - 2 * DAY)

    with pytest.raises(Refusal, match="UNKNOWN_AGENT"):
        await read_day("agents/ana", past, sees("ana"))
    day = await read_day("agents/ana", past, sees("ana", history=["ana"]))

    assert day.person.agent == "agents/ana"


async def test_a_day_to_come_has_no_times(read_day: ReadAgentDay) -> None:
    tomorrow = datetime(2026, 11, 23, tzinfo=UTC)

    day = await read_day(
        "agents/ana",
        WantedSpan(start_time=tomorrow, end_time=tomorrow + timedelta(hours=1)),
        EVERYBODY,
    )

    assert day.state_times == []
    assert day.passed_time == day.span.start_time
    assert day.site == BANK


def test_breaks_are_told_apart_by_reason_and_a_stretch_is_counted_once() -> None:
    intervals = [
        Interval(0, 10, BUSY, ""),
        Interval(10, 30, BUSY, ""),
        Interval(30, 40, BREAK, "meal"),
        Interval(40, 50, BREAK, "training"),
        Interval(50, 90, BUSY, ""),
    ]

    assert state_times(intervals, 60) == [
        StateTime(BUSY, "", 40, 2),
        StateTime(BREAK, "meal", 10, 1),
        StateTime(BREAK, "training", 10, 1),
    ]


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9_999)), min_size=1), st.integers(0, 10**6)
)
def test_times_sum_to_the_time_that_has_passed(
    stretches: list[tuple[int, int]], passed_ms: int
) -> None:
    intervals, at = [], 0
    for state, length in stretches:
        intervals.append(Interval(at, at + length, state, ""))
        at += length

    times = state_times(intervals, passed_ms)

    assert sum(one.milliseconds for one in times) == min(passed_ms, at)
