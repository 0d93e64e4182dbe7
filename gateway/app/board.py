"""A span of one or several sites on the board, joined from roster and presence."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from gateway.app.board_people import (
    Audience,
    Viewer,
    WantedSites,
    find_audience,
    find_sites,
)
from gateway.app.board_ports import (
    Plan,
    PlannedShift,
    Plans,
    Presence,
    Roster,
    RulesOf,
    Sites,
)
from gateway.app.board_span import AxisStart, BoardSpan, ShownDays, WantedSpan, choose_span
from gateway.app.parts import MissingPart, Part, Parts
from gateway.domain.board_rows import (
    Filters,
    Group,
    Grouping,
    Order,
    Row,
    count_states,
    group_rows,
    order_rows,
)
from gateway.domain.board_timelines import amounts_ms, since_ms
from gateway.domain.heatmap import Coverage, Label, Person, Site
from gateway.domain.timelines import Timelines, join_timelines

PRESENCE, ROSTER = "presence", "roster"


@dataclass(frozen=True, slots=True)
class WantedBoard:
    """What was asked for."""

    sites: WantedSites
    span: WantedSpan = field(default_factory=WantedSpan)
    filters: Filters = field(default_factory=Filters)
    order: Order = Order.NAME
    descending: bool = False
    amount_state: int = 0
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """A span of agents. Without the part of presence there are no timelines; without that of
    roster's plan no shifts.
    """

    sites: Sequence[Site]
    days: ShownDays
    rows: Sequence[Row]
    groups: Sequence[Group]
    timelines: Timelines | None
    plan: Plan | None
    shown_counts: Counter[int]
    total_counts: Counter[int]
    withheld_count: int
    labels: Mapping[str, Label]
    missing: Sequence[MissingPart]
    read_time: datetime

    @property
    def span(self) -> BoardSpan:
        """The span that is shown."""
        return self.days.span


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
    rules_of: RulesOf


class ReadBoard:
    """Reads the board. Roster must answer for people; presence and the plan may be missing, and
    then the board says so.
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
        timelines = await self.timelines(found, self._ask.presence)
        plan = await self.plan(found.audience, found.days.span)
        parts = _Joined(
            wanted,
            found.days,
            found.audience,
            timelines.value,
            plan.value,
            [part for part in (timelines.missing, plan.missing) if part],
            now,
        )
        return await asyncio.to_thread(_join, parts)

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


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    """What a board is joined from."""

    wanted: WantedBoard
    days: ShownDays
    audience: Audience
    timelines: Timelines | None
    plan: Plan | None
    missing: Sequence[MissingPart]
    now: datetime


def _join(parts: _Joined) -> Board:
    wanted, audience = parts.wanted, parts.audience
    every_row = _rows(parts)
    shown = [row for row in every_row if wanted.filters.admit(row)]
    ordered = order_rows(shown, wanted.order, descending=wanted.descending, labels=audience.labels)
    rows, timelines = _only_shown(ordered, parts.timelines)
    groups = group_rows(rows, wanted.grouping, audience.labels)
    return Board(
        audience.sites,
        parts.days,
        [row for group in groups for row in group.rows] if groups else rows,
        groups,
        timelines,
        parts.plan,
        count_states(rows),
        count_states(every_row),
        len(audience.withheld),
        audience.labels,
        parts.missing,
        parts.now,
    )


def _rows(parts: _Joined) -> list[Row]:
    """Returns a row for everybody whom the caller sees, by name. Who has a timeline and is unknown
    to roster keeps her row, under her id.
    """
    people, timelines, plan = _with_strangers(parts), parts.timelines, parts.plan or {}
    shift_starts = {agent: shifts[0].start_ms for agent, shifts in plan.items()}
    if timelines is None:
        return [Row(one, shift_start_ms=shift_starts.get(one.agent)) for one in people]
    numbers = {agent: number for number, agent in enumerate(timelines.agents, 1)}
    states = [0, *timelines.last_states().tolist()]
    since, amounts = _since(parts, timelines), _amounts(parts, timelines)
    found = [(one, numbers.get(one.agent, 0)) for one in people]
    return [
        Row(one, at, states[at], since[at], shift_starts.get(one.agent), amounts[at])
        for one, at in found
    ]


def _with_strangers(parts: _Joined) -> Sequence[Person]:
    audience, timelines = parts.audience, parts.timelines
    known = {one.agent for one in audience.people.people}
    strangers = [agent for agent in timelines.agents if agent not in known] if timelines else []
    site = audience.sites[0].name
    return [
        *audience.seen,
        *(Person(agent, agent.removeprefix("agents/"), "", site) for agent in strangers),
    ]


def _since(parts: _Joined, timelines: Timelines) -> list[int | None]:
    """Returns since when each timeline's state holds, if that is what matters; of nobody first."""
    if parts.wanted.order is not Order.TIME_IN_STATE:
        return [None] * (len(timelines.agents) + 1)
    return [None, *since_ms(timelines).tolist()]


def _amounts(parts: _Joined, timelines: Timelines) -> list[int | None]:
    if parts.wanted.order is not Order.AMOUNT:
        return [None] * (len(timelines.agents) + 1)
    passed_ms = int(parts.now.timestamp() * 1000)
    return [None, *amounts_ms(timelines, parts.wanted.amount_state, passed_ms).tolist()]


def _only_shown(
    rows: Sequence[Row], timelines: Timelines | None
) -> tuple[Sequence[Row], Timelines | None]:
    """Leaves out the timelines of whom no row is about."""
    if timelines is None:
        return rows, None
    numbers = sorted({row.timeline_number for row in rows} - {0})
    if len(numbers) == len(timelines.agents):
        return rows, timelines
    places = {number: place for place, number in enumerate(numbers, 1)} | {0: 0}
    moved = [row._replace(timeline_number=places[row.timeline_number]) for row in rows]
    return moved, timelines.take(np.array(numbers, np.int64) - 1)


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
