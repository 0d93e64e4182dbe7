from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from chassis.errors import Code, Refusal
from chassis.scope import EVERYTHING, Scope
from gateway.app.parts import Parts
from gateway.app.team_strips import ReadTeamStrips
from gateway.app.waiting import ReadWaiting, SiteQueues
from gateway.app.wall import ReadWall, Wall, WallSources
from gateway.domain.heatmap import Place
from gateway.domain.protection import RULE_SETS, STANDARD
from gateway.domain.timelines import Look
from gateway.rpc.wall_convert import to_wall
from tests.unit.gateway.board_fakes import (
    BANK,
    BREAK,
    BUSY,
    MORNING,
    ONLINE,
    BoardDesk,
    FakePresence,
    Stretches,
    a_person,
)

WRAP_UP = 3
EIGHT_HOURS = 8 * 3600
AWAY = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "presence does not answer")


@dataclass
class FakeQueues:
    failure: Refusal | None = None

    async def queues_of(self, site: str) -> SiteQueues:
        if self.failure:
            raise self.failure
        return SiteQueues(Place(site, 1, 1), [])


@dataclass
class ReasonedPresence(FakePresence):
    """Every break is for tea, and every wrap-up is within its limit unless it is marked."""

    wrap_up_marks: int = 0

    async def get_timelines(self, site, start, end):  # type: ignore[no-untyped-def]  # as of the base
        told = await super().get_timelines(site, start, end)
        return replace(told, looks=tuple(self._look(look) for look in told.looks))

    def _look(self, look: Look) -> Look:
        marks = self.wrap_up_marks if look.state == WRAP_UP else 0
        return look._replace(reason="tea" if look.state == BREAK else "", marks=marks)


def a_desk(told: Mapping[str, Stretches], team: str = "teams/a") -> BoardDesk:
    desk = BoardDesk(presence=ReasonedPresence(told))
    desk.roster.people = [a_person(name, team=team) for name in told]
    return desk


def now_in(state: int, seconds: int = 60) -> Stretches:
    """Somebody busy who has been in a state for so many seconds, at the start of a block."""
    return [(BUSY, EIGHT_HOURS - 300 - seconds), (state, 1)]


async def read(
    desk: BoardDesk,
    scope: Scope = EVERYTHING,
    *,
    queues: FakeQueues | None = None,
    limits: Mapping[str, int] | None = None,
) -> Wall:
    desk.policies.limits = limits or {}
    board, parts = desk.read_board(), Parts(desk.clock)
    sources = WallSources(
        board,
        ReadTeamStrips(board, desk.presence, desk.backends.rules_of, desk.clock),
        ReadWaiting(desk.sites, queues or FakeQueues(), parts, desk.clock),
        desk.backends.rules_of,
    )
    return await ReadWall(sources, desk.clock)(BANK.name, scope)


def everybody_in(state: int, count: int = 6) -> BoardDesk:
    return a_desk({f"p{number}": now_in(state) for number in range(count)})


async def test_a_wall_counts_who_is_ready_and_who_is_at_work() -> None:
    states = [ONLINE, ONLINE, BUSY, WRAP_UP, BREAK, 5]
    wall = await read(a_desk({f"p{at}": now_in(state) for at, state in enumerate(states)}))

    assert wall.floor is not None
    assert wall.floor.counts == {1: 2, 2: 1, 3: 1, 4: 1, 5: 1}
    assert (wall.floor.agent_count, wall.floor.staffed_count) == (6, 4)


async def test_who_never_reported_counts_as_unknown() -> None:
    desk = everybody_in(ONLINE, 5)
    desk.roster.people = [*desk.roster.people, a_person("new")]

    wall = await read(desk)

    assert wall.floor is not None
    assert wall.floor.counts == {0: 1, 1: 5}


@pytest.mark.parametrize(
    ("seconds", "soon", "over"), [(299, 0, 0), (301, 6, 0), (600, 6, 0), (601, 0, 6)]
)
async def test_a_break_is_soon_over_within_five_minutes_and_then_over_its_limit(
    seconds: int, soon: int, over: int
) -> None:
    desk = a_desk({f"p{at}": now_in(BREAK, seconds) for at in range(6)})
    desk.clock.advance(timedelta(minutes=0))

    floor = (await read(desk, limits={"tea": 600_000})).floor

    assert floor is not None
    assert (floor.free_soon_count, floor.over_limit_count) == (soon, over)


async def test_a_break_without_a_limit_is_never_over_it() -> None:
    floor = (await read(everybody_in(BREAK))).floor

    assert floor is not None
    assert (floor.free_soon_count, floor.over_limit_count) == (0, 0)


@pytest.mark.parametrize(("marks", "soon"), [(0, 6), (32, 0)])
async def test_a_wrap_up_ends_soon_unless_it_overran(marks: int, soon: int) -> None:
    desk = everybody_in(WRAP_UP)
    desk.presence.wrap_up_marks = marks  # type: ignore[attr-defined]  # a presence with reasons

    floor = (await read(desk)).floor

    assert floor is not None
    assert floor.free_soon_count == soon


async def test_nobody_is_named_under_the_strict_profile() -> None:
    wall = await read(everybody_in(ONLINE))

    assert wall.ready_names == ()
    assert b"P0" not in to_wall(wall).SerializeToString()


async def test_those_who_are_ready_are_named_where_the_profile_allows_it() -> None:
    told = {"ana": now_in(ONLINE, 30), "bo": now_in(ONLINE, 90), "cy": now_in(BUSY)}
    desk = a_desk(told | {f"p{at}": now_in(BUSY) for at in range(3)})
    desk.rules = RULE_SETS[STANDARD]

    wall = await read(desk)

    assert wall.ready_names == ("Bo", "Ana")


async def test_a_site_of_too_few_is_not_told() -> None:
    wall = await read(everybody_in(ONLINE, 4))

    assert wall.floor is None
    assert [strip.suppressed for strip in wall.whole.strips] == [True]


async def test_a_team_of_too_few_has_no_strip_of_its_own() -> None:
    desk = everybody_in(ONLINE, 12)
    small = [replace(one, team="teams/b") for one in desk.roster.people[:2]]
    desk.roster.people = [*small, *desk.roster.people[2:]]

    wall = await read(desk)

    assert [strip.suppressed for strip in wall.whole.strips] == [False]
    assert {strip.key: strip.suppressed for strip in wall.teams.strips}["teams/b"]


async def test_a_wall_reaches_from_eight_hours_ago_to_four_hours_from_now() -> None:
    desk = everybody_in(ONLINE)
    desk.clock.advance(timedelta(minutes=3, seconds=10))

    span = (await read(desk)).whole.span

    assert span.start_time == MORNING - timedelta(hours=7, minutes=55)
    assert span.end_time == MORNING + timedelta(hours=4, minutes=5)


async def test_without_presence_a_wall_tells_of_the_queues_alone() -> None:
    desk = everybody_in(ONLINE)
    desk.presence.timelines_failure = AWAY

    wall = await read(desk)

    assert wall.floor is None
    assert [part.part for part in wall.missing] == ["presence"]
    assert to_wall(wall).HasField("queues")


async def test_without_dispatch_a_wall_tells_of_the_people_alone() -> None:
    wall = await read(everybody_in(ONLINE), queues=FakeQueues(AWAY))

    assert wall.floor is not None
    assert [part.part for part in wall.missing] == ["dispatch"]
    assert not to_wall(wall).HasField("queues")


@pytest.mark.parametrize(
    "scope", [Scope(frozenset({"sites/porto"})), Scope(frozenset(), frozenset({"agents/p0"}))]
)
async def test_a_wall_is_for_those_who_see_the_whole_site(scope: Scope) -> None:
    with pytest.raises(Refusal, match="no such site"):
        await read(everybody_in(ONLINE), scope)
