"""What a screen on a wall shows of a site: figures and sums, which everybody may see who is there.

It is read in the gateway's own name, so that the token of a screen opens nobody's row.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.scope import EVERYTHING, Scope
from gateway.app.board import Found, ReadBoard
from gateway.app.board_people import Viewer, WantedSites, unknown_site
from gateway.app.board_ports import RulesOf
from gateway.app.board_span import WantedSpan
from gateway.app.join_board import WantedBoard
from gateway.app.parts import MissingPart, Part
from gateway.app.team_strips import ReadTeamStrips, StripParts, TeamStrips
from gateway.app.waiting import ReadWaiting, Waiting
from gateway.domain.board_rows import Filters, Grouping
from gateway.domain.breaks import ReasonLimits
from gateway.domain.floor import Floor, floor_of
from gateway.domain.heatmap import Site
from gateway.domain.timelines import Timelines

BACK, AHEAD = timedelta(hours=8), timedelta(hours=4)
MOST_NAMES = 12

_BLOCK = timedelta(minutes=5)
_EVERYBODY = Viewer(EVERYTHING, EVERYTHING)


@dataclass(frozen=True, slots=True, eq=False)
class Wall:
    """What a wall shows. Without presence, or at a site of too few, there is no floor; a site that
    dispatch does not tell of is missing in `waiting`.
    """

    site: Site
    floor: Floor | None
    ready_names: tuple[str, ...]
    waiting: Waiting
    whole: TeamStrips
    teams: TeamStrips
    missing: tuple[MissingPart, ...]
    read_time: datetime


@dataclass(frozen=True, slots=True)
class WallSources:
    """Who is asked for a wall, all of them in the gateway's own name."""

    board: ReadBoard
    strips: ReadTeamStrips
    waiting: ReadWaiting
    rules_of: RulesOf


class ReadWall:
    """Reads what a wall shows."""

    def __init__(self, ask: WallSources, clock: Clock) -> None:
        self._ask = ask
        self._clock = clock

    async def __call__(self, site: str, scope: Scope) -> Wall:
        """Returns the figures of a site; NOT_FOUND if it is not wholly in that scope."""
        if not scope.sees_site(site):
            raise unknown_site(site)
        now = self._clock.now()
        wanted = WantedBoard(WantedSites(site), _span_about(now))
        found = _untold(await self._ask.board.find(wanted, _EVERYBODY, now))
        timelines, plan, waiting, limits = await asyncio.gather(
            self._ask.board.timelines(found, self._ask.board.presence),
            self._ask.board.plan(found.audience, found.days.span),
            self._ask.waiting(wanted.sites),
            self._ask.board.break_limits(found.sites),
        )
        parts = StripParts(timelines, plan, limits)
        whole, teams = [
            await self._ask.strips.of(found, Filters(), grouping, parts, now)
            for grouping in (Grouping.SITE, Grouping.TEAM)
        ]
        rules = await self._ask.rules_of(site)
        floor = None
        if len(found.audience.withheld) >= rules.smallest_group:
            floor = await _floor(found, timelines, (limits.value or {}).get(site, {}), now)
        lost = [one.missing for one in (timelines, plan, limits) if one.missing]
        return Wall(
            found.sites[0],
            floor,
            _ready_names(found, floor) if rules.names_on_walls else (),
            waiting,
            whole,
            teams,
            (*lost, *waiting.missing),
            now,
        )


def _span_about(now: datetime) -> WantedSpan:
    begun = now - timedelta(
        minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond
    )
    return WantedSpan(start_time=begun - BACK + _BLOCK, end_time=begun + AHEAD + _BLOCK)


def _untold(found: Found) -> Found:
    """Takes everybody for somebody whom those before the wall may not see: groups of them are told
    where they are large enough.
    """
    audience = found.audience
    return replace(found, audience=replace(audience, seen=(), withheld=audience.seen))


async def _floor(
    found: Found, timelines: Part[Timelines], limits: ReasonLimits, now: datetime
) -> Floor | None:
    if timelines.value is None:
        return None
    agents = frozenset(one.agent for one in found.audience.withheld)
    now_ms = int(now.timestamp() * 1000)
    return await asyncio.to_thread(floor_of, timelines.value, agents, limits, now_ms)


def _ready_names(found: Found, floor: Floor | None) -> tuple[str, ...]:
    names = {one.agent: one.display_name for one in found.audience.withheld}
    ready = floor.ready if floor else ()
    return tuple(names[agent] for agent in ready[:MOST_NAMES])
