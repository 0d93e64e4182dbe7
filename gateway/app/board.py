"""A span of one or several sites on the board, joined from roster and presence."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from gateway.app.board_people import (
    Audience,
    Viewer,
    find_audience,
    find_sites,
)
from gateway.app.board_ports import (
    Plan,
    PlannedShift,
    Plans,
    Policies,
    Presence,
    Roster,
    RulesOf,
    Sites,
)
from gateway.app.board_span import AxisStart, BoardSpan, ShownDays, WantedSpan, choose_span
from gateway.app.join_board import Board, BoardParts, WantedBoard, join_board
from gateway.app.parts import MissingPart, Part, Parts
from gateway.domain.board_rows import Order
from gateway.domain.breaks import BreakLimits
from gateway.domain.heatmap import Coverage, Site
from gateway.domain.timelines import Timelines, join_timelines

PRESENCE, ROSTER, POLICY = "presence", "roster", "policy"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a board is about; `missing` tells that presence does not answer for it."""

    sites: Sequence[Site]
    days: ShownDays
    audience: Audience
    missing: MissingPart | None


@dataclass(frozen=True, slots=True)
class BoardBackends:
    """Who is asked for a board."""

    sites: Sites
    roster: Roster
    plans: Plans
    presence: Presence
    policies: Policies
    rules_of: RulesOf


class ReadBoard:
    """Reads the board. Roster must answer for people; presence, its policy and the plan may be
    missing, and then the board says so.
    """

    def __init__(self, backends: BoardBackends, parts: Parts, clock: Clock) -> None:
        self._ask = backends
        self._parts = parts
        self._clock = clock

    async def __call__(self, wanted: WantedBoard, viewer: Viewer) -> Board:
        """Returns what was asked for, of whom the viewer may see."""
        now = self._clock.now()
        sites = await find_sites(self._ask.sites, wanted.sites)
        await self._check_ranking(wanted, sites)
        found = await self._find(wanted.span, sites, viewer, now)
        timelines, plan, limits = await asyncio.gather(
            self.timelines(found, self._ask.presence),
            self.plan(found.audience, found.days.span),
            self.break_limits(sites),
        )
        parts = BoardParts(
            wanted,
            found.days,
            found.audience,
            timelines.value,
            plan.value,
            limits.value,
            # Without states nobody asks how long a break may last.
            [part for part in (timelines.missing or limits.missing, plan.missing) if part],
            now,
        )
        return await asyncio.to_thread(join_board, parts)

    @property
    def presence(self) -> Presence:
        """Presence, asked in the name of the present caller."""
        return self._ask.presence

    async def find(self, wanted: WantedBoard, viewer: Viewer, now: datetime) -> Found:
        """Returns the sites, span and people that a board is about."""
        sites = await find_sites(self._ask.sites, wanted.sites)
        return await self._find(wanted.span, sites, viewer, now)

    async def _find(
        self, wanted: WantedSpan, sites: Sequence[Site], viewer: Viewer, now: datetime
    ) -> Found:
        days, missing = await self._choose_days(wanted, sites, now)
        start = days.span.start_time
        audience = await find_audience(self._ask.roster, sites, viewer, start, now)
        return Found(sites, days, audience, missing)

    async def _choose_days(
        self, wanted: WantedSpan, sites: Sequence[Site], now: datetime
    ) -> tuple[ShownDays, MissingPart | None]:
        """Returns the span; presence tells which days have data."""
        check_operating_days(wanted, sites)
        asked = [
            self._parts.fetch(PRESENCE, self._ask.presence.get_coverage(site.name), of=site.name)
            for site in sites
        ]
        parts = await asyncio.gather(*asked)
        coverage = _whole([part.value for part in parts if part.value])
        missing = next((part.missing for part in parts if part.missing), None)
        return choose_span(wanted, sites[0], coverage, now), missing

    async def timelines(self, found: Found, presence: Presence) -> Part[Timelines]:
        """Returns the timelines of the sites, or why they are missing: all of them or none."""
        if found.missing is not None:
            return Part(None, found.missing)
        get, span = presence.get_timelines, found.days.span
        asked = [
            self._parts.fetch(
                PRESENCE, get(site.name, span.start_time, span.end_time), of=site.name
            )
            for site in found.sites
        ]
        parts = await asyncio.gather(*asked)
        lost = next((part.missing for part in parts if part.missing), None)
        if lost is not None:
            return Part(None, lost)
        told = [part.value for part in parts if part.value is not None]
        return Part(await asyncio.to_thread(join_timelines, told))

    async def plan(self, audience: Audience, span: BoardSpan) -> Part[Plan]:
        """Returns the shifts of the people, or why they are missing."""
        asked = [
            self._parts.fetch(ROSTER, self._ask.plans.shifts_of(place, span), of=place.site)
            for place in audience.people.places
        ]
        parts = await asyncio.gather(*asked)
        lost = next((part.missing for part in parts if part.missing), None)
        plan: dict[str, Sequence[PlannedShift]] = {}
        for part in parts:
            plan |= part.value or {}
        return Part(None, lost) if lost else Part(plan)

    async def break_limits(self, sites: Sequence[Site]) -> Part[BreakLimits]:
        """Returns how long breaks at the sites may last, or why that is missing: of all or none."""
        asked = [
            self._parts.fetch(POLICY, self._ask.policies.break_limits_ms(site.name), of=site.name)
            for site in sites
        ]
        parts = await asyncio.gather(*asked)
        lost = next((part.missing for part in parts if part.missing), None)
        limits = {site.name: part.value or {} for site, part in zip(sites, parts, strict=True)}
        return Part(None, lost) if lost else Part(limits)

    async def _check_ranking(self, wanted: WantedBoard, sites: Sequence[Site]) -> None:
        if wanted.order is not Order.AMOUNT:
            return
        if not wanted.amount_state:
            raise invalid_fields([FieldViolation("amount_state", "names the state to rank by")])
        forbidding = [
            site.name for site in sites if not (await self._ask.rules_of(site.name)).person_ranking
        ]
        if forbidding:
            raise _ranking_forbidden(forbidding)


def check_operating_days(wanted: WantedSpan, sites: Sequence[Site]) -> None:
    """Refuses an axis that begins with the operating day where sites begin theirs apart."""
    if wanted.axis_start is not AxisStart.OPERATING_DAY:
        return
    if len({(site.operating_day_start_minutes, site.time_zone) for site in sites}) > 1:
        raise invalid_fields(
            [
                FieldViolation(
                    "axis_start",
                    "the sites begin their operating days apart; choose AXIS_START_MIDNIGHT",
                )
            ]
        )


def _whole(coverages: Sequence[Coverage]) -> Coverage:
    firsts = [one.first_time for one in coverages if one.first_time]
    lasts = [one.last_time for one in coverages if one.last_time]
    return Coverage(min(firsts, default=None), max(lasts, default=None))


def _ranking_forbidden(sites: Sequence[str]) -> Refusal:
    return Refusal(
        Code.FAILED_PRECONDITION,
        "PERSON_RANKING_FORBIDDEN",
        "the protection profile does not allow to rank persons by figures",
        metadata={"sites": ",".join(sites)},
    )
