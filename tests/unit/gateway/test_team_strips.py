from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from chassis.errors import Refusal
from chassis.scope import Scope
from gateway.app.board_people import Viewer, WantedSites
from gateway.app.board_ports import PlannedActivity, PlannedShift
from gateway.app.board_span import WantedSpan
from gateway.app.join_board import WantedBoard
from gateway.app.team_strips import ReadTeamStrips, TeamStrips
from gateway.domain.board_rows import Filters, Grouping
from gateway.domain.group_strips import mean_headcounts
from gateway.domain.timelines import Look
from tests.unit.gateway.board_fakes import (
    BANK,
    BREAK,
    BUSY,
    DAY,
    EVERYBODY,
    MORNING,
    ONLINE,
    BoardDesk,
    FakePresence,
    a_person,
    sees,
    timelines_of,
)

HOUR = timedelta(hours=1)
LAST_HOUR = WantedSpan(start_time=MORNING - HOUR, end_time=MORNING)
LAST_WEEK = WantedSpan(start_time=MORNING - 4 * DAY, end_time=MORNING - 3 * DAY)
NOBODY_S_PAST = Viewer(Scope(frozenset({BANK.name})), Scope(frozenset()))


def a_desk(**teams: int) -> BoardDesk:
    """A bank with so many online people in each team, all of one line."""
    desk = BoardDesk()
    names = {f"{team}{number}": team for team, count in teams.items() for number in range(count)}
    desk.roster.people = [
        a_person(name, team=f"teams/{team}", line="lines/one", skills=("skills/call",))
        for name, team in names.items()
    ]
    desk.presence.told = {name: [(ONLINE, 1)] for name in names}
    return desk


async def read(desk: BoardDesk, wanted: WantedBoard, viewer: Viewer = EVERYBODY) -> TeamStrips:
    own = FakePresence(desk.presence.told)
    strips = ReadTeamStrips(desk.read_board(), own, desk.backends.rules_of, desk.clock)
    return await strips(wanted, viewer)


def told(strips: TeamStrips) -> list[str]:
    return [one.key for one in strips.strips if not one.suppressed]


async def test_strips_tell_how_many_were_in_each_state_block_by_block() -> None:
    desk = a_desk(a=2)
    desk.presence.told = {"a0": [(ONLINE, 150), (BUSY, 1)], "a1": [(BUSY, 1)]}

    strips = await read(desk, WantedBoard(WantedSites(BANK.name), LAST_HOUR))

    assert strips.headcounts is not None
    assert strips.headcounts.shape == (1, 12, 7)
    assert strips.headcounts[0, 0].tolist() == [0, 50, 150, 0, 0, 0, 0]
    assert strips.headcounts[0, 1].tolist() == [0, 0, 200, 0, 0, 0, 0]


async def test_time_that_has_not_passed_is_no_state() -> None:
    span = WantedSpan(start_time=MORNING - HOUR, end_time=MORNING + HOUR)

    strips = await read(a_desk(a=1), WantedBoard(WantedSites(BANK.name), span))

    assert strips.headcounts is not None
    assert strips.headcounts[0, :, 1].tolist() == [100] * 12 + [0] * 12
    assert set(strips.headcounts.sum(axis=2).ravel().tolist()) == {100}


async def test_planned_headcount_is_who_is_on_shift_and_planned_for_nothing_else() -> None:
    start = int((MORNING - HOUR).timestamp() * 1000)
    minute = 60_000
    lunch = PlannedActivity(2, start + 10 * minute, start + 20 * minute)
    desk = a_desk(a=2)
    desk.roster.plan = {
        "agents/a0": [PlannedShift(start - minute, start + 30 * minute, (lunch,))],
        "agents/a1": [PlannedShift(start, start + minute, ())],
    }

    strips = await read(desk, WantedBoard(WantedSites(BANK.name), LAST_HOUR))

    assert strips.planned is not None
    assert strips.planned[0].tolist() == [120, 100, 0, 0, 100, 100, *[0] * 6]


async def test_the_past_of_a_large_group_is_told_as_a_sum_and_that_of_a_small_one_is_not() -> None:
    desk = a_desk(large=6, small=4, tiny=1)

    strips = await read(desk, WantedBoard(WantedSites(BANK.name), LAST_WEEK), NOBODY_S_PAST)

    assert [(one.key, one.suppressed, one.aggregated) for one in strips.strips] == [
        ("teams/large", False, True),
        ("teams/small", True, True),
        ("teams/tiny", True, True),
    ]
    assert [one.agent_count for one in strips.strips] == [6, 0, 0]
    assert strips.headcounts is not None
    assert strips.headcounts[0].sum() > 0
    assert strips.headcounts[1:].sum() == 0
    assert desk.presence.asked == []


async def test_a_small_group_cannot_be_worked_out_from_the_rest() -> None:
    desk = a_desk(large=9, middle=6, small=4)

    strips = await read(desk, WantedBoard(WantedSites(BANK.name), LAST_WEEK), NOBODY_S_PAST)

    assert told(strips) == ["teams/large"]


async def test_a_small_team_cannot_be_worked_out_from_the_site_either() -> None:
    desk = a_desk(large=10, small=2)
    desk.roster.people = [
        replace(one, line=one.team.replace("teams", "lines")) for one in desk.roster.people
    ]
    by_site = WantedBoard(WantedSites(BANK.name), LAST_WEEK, grouping=Grouping.SITE)

    teams = await read(desk, WantedBoard(WantedSites(BANK.name), LAST_WEEK), NOBODY_S_PAST)
    site = await read(desk, by_site, NOBODY_S_PAST)

    assert told(teams) == []
    assert told(site) == [BANK.name]


@pytest.mark.parametrize(
    ("filters", "grouping"),
    [
        (Filters(skills=frozenset({"skills/rare"})), Grouping.TEAM),
        (Filters(teams=frozenset({"teams/a"})), Grouping.LINE),
        (Filters(states=frozenset({BUSY})), Grouping.TEAM),
    ],
)
async def test_a_filter_that_cuts_a_group_tells_nothing_of_it(
    filters: Filters, grouping: Grouping
) -> None:
    desk = a_desk(a=6, b=6)
    desk.roster.people = [
        *desk.roster.people,
        a_person("rare", team="teams/a", line="lines/one", skills=("skills/rare",)),
    ]
    desk.presence.told = {**desk.presence.told, "rare": [(BUSY, 1)]}
    wanted = WantedBoard(WantedSites(BANK.name), LAST_WEEK, filters, grouping=grouping)

    strips = await read(desk, wanted, NOBODY_S_PAST)

    assert told(strips) == []


async def test_strips_tell_of_those_on_a_long_break_where_they_are_asked_for() -> None:
    desk = a_desk(a=2)
    desk.presence.told = {"a0": [(Look(BREAK, reason="tea"), 1)], "a1": [(ONLINE, 1)]}
    desk.policies.limits = {"tea": 900_000}
    wanted = WantedBoard(WantedSites(BANK.name), LAST_HOUR, Filters(long_breaks=True))

    strips = await read(desk, wanted)

    assert [one.agent_count for one in strips.strips] == [1]


async def test_whose_past_the_caller_sees_is_told_however_small_the_group() -> None:
    desk = a_desk(a=2)
    everybody = ["a0", "a1"]

    strips = await read(
        desk,
        WantedBoard(WantedSites(BANK.name), LAST_WEEK),
        sees(*everybody, history=everybody),
    )

    assert [(one.suppressed, one.aggregated) for one in strips.strips] == [(False, False)]


async def test_strips_are_not_grouped_by_what_they_tell() -> None:
    wanted = WantedBoard(WantedSites(BANK.name), LAST_HOUR, grouping=Grouping.STATE)

    with pytest.raises(Refusal, match=r"selection\.group_by"):
        await read(a_desk(a=1), wanted)


def test_numbers_of_a_block_sum_to_the_people_of_the_group() -> None:
    told = timelines_of(
        {f"a{n}": [(ONLINE, 7 * n + 1), (BUSY, 3)] for n in range(3)}, MORNING - HOUR, MORNING
    )

    counts = mean_headcounts(told, np.zeros(3, np.int64), [5], told.end_ms)

    assert set(counts.sum(axis=2).ravel().tolist()) == {500}
