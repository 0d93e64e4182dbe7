"""How many of each group were in each state over a span, and how many were planned.

Of people whose past the caller may not see, sums are told: they are made in the gateway's own name,
and only of groups that are large enough.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from chassis.clock import Clock
from chassis.errors import FieldViolation, invalid_fields
from gateway.app.board import Found, ReadBoard
from gateway.app.board_people import Audience, Viewer
from gateway.app.board_ports import Plan, Presence, RulesOf
from gateway.app.board_span import BoardSpan
from gateway.app.join_board import WantedBoard
from gateway.app.parts import MissingPart, Part
from gateway.domain.board_rows import Filters, Grouping, Row, group_key, group_rows
from gateway.domain.breaks import BreakLimits, agents_on_long_break
from gateway.domain.group_strips import (
    block_edges_ms,
    mean_headcounts,
    planned_headcounts,
)
from gateway.domain.heatmap import Label, Person, Place, Site
from gateway.domain.suppression import untold_groups
from gateway.domain.timelines import Integers, Timelines

_GROUPINGS = frozenset({Grouping.TEAM, Grouping.LINE, Grouping.SITE})
_NO_LIMITS: Part[BreakLimits] = Part({})


@dataclass(frozen=True, slots=True)
class Strip:
    """A group. Of a suppressed one nothing is told; an aggregated one includes people whose past
    the caller may see as a sum only.
    """

    key: str
    people: Sequence[Person]
    suppressed: bool
    aggregated: bool

    @property
    def agent_count(self) -> int:
        """How many people are told of."""
        return 0 if self.suppressed else len(self.people)


@dataclass(frozen=True, slots=True, eq=False)
class TeamStrips:
    """Groups, and by group, block and State number the hundredths of agents; by group and block
    those planned. Without presence, or without the plan, there are none.
    """

    sites: Sequence[Site]
    span: BoardSpan
    passed_time: datetime
    strips: Sequence[Strip]
    headcounts: Integers | None
    planned: Integers | None
    labels: Mapping[str, Label]
    places: Sequence[Place]
    missing: Sequence[MissingPart]
    read_time: datetime


@dataclass(frozen=True, slots=True)
class StripParts:
    """What strips are made of; `limits` are for whoever asks for long breaks."""

    sums: Part[Timelines]
    plan: Part[Plan]
    limits: Part[BreakLimits]


class ReadTeamStrips:
    """Reads the strips of groups."""

    def __init__(
        self, board: ReadBoard, own_presence: Presence, rules_of: RulesOf, clock: Clock
    ) -> None:
        self._board = board
        self._own_presence = own_presence
        self._rules_of = rules_of
        self._clock = clock

    async def __call__(self, wanted: WantedBoard, viewer: Viewer) -> TeamStrips:
        """Returns the strips of the groups of whom the viewer may see, if only as sums."""
        grouping = _grouping(wanted)
        now = self._clock.now()
        found = await self._board.find(wanted, viewer, now)
        withheld = found.audience.withheld
        sums = await self._board.timelines(
            found, self._own_presence if withheld else self._board.presence
        )
        plan = await self._board.plan(found.audience, found.days.span)
        # Only who asks for long breaks needs to know which ones are.
        wants_limits = wanted.filters.long_breaks
        limits = await self._board.break_limits(found.sites) if wants_limits else _NO_LIMITS
        return await self.of(found, wanted.filters, grouping, StripParts(sums, plan, limits), now)

    async def of(
        self,
        found: Found,
        filters: Filters,
        grouping: Grouping,
        parts: StripParts,
        now: datetime,
    ) -> TeamStrips:
        """Returns the strips of what was read already."""
        audience, span = found.audience, found.days.span
        sums, plan = parts.sums, parts.plan
        smallest = {
            site.name: (await self._rules_of(site.name)).smallest_group for site in found.sites
        }
        passed = min(now, span.end_time)
        rows = _rows(audience, filters, parts, passed)
        strips = _strips(rows, audience, grouping, smallest)
        headcounts, planned = await asyncio.to_thread(
            _headcounts, strips, sums.value, plan.value, span, passed
        )
        return TeamStrips(
            found.sites,
            span,
            passed,
            strips,
            headcounts,
            planned,
            audience.labels,
            sums.value.places if sums.value else (),
            [part for part in (sums.missing, plan.missing, parts.limits.missing) if part],
            now,
        )


def _grouping(wanted: WantedBoard) -> Grouping:
    if wanted.grouping is Grouping.NONE:
        return Grouping.TEAM
    if wanted.grouping not in _GROUPINGS:
        raise invalid_fields(
            [FieldViolation("selection.group_by", "is by team, line or site: strips tell states")]
        )
    return wanted.grouping


def _rows(audience: Audience, filters: Filters, parts: StripParts, passed: datetime) -> list[Row]:
    """Returns those who pass the filters."""
    everybody, timelines = [*audience.seen, *audience.withheld], parts.sums.value
    states, long = dict[str, int](), frozenset[str]()
    if timelines is not None:
        states = dict(zip(timelines.agents, timelines.last_states().tolist(), strict=True))
        long = agents_on_long_break(timelines, everybody, parts.limits.value or {}, _ms(passed))
    rows = [Row(one, state=states.get(one.agent, 0)) for one in everybody]
    return [
        row
        for row in rows
        if filters.admit(row.person, row.state, is_on_long_break=row.person.agent in long)
    ]


def _strips(
    admitted: Sequence[Row],
    audience: Audience,
    grouping: Grouping,
    smallest: Mapping[str, int],
) -> list[Strip]:
    hidden = {one.agent for one in audience.withheld}
    all_hidden = Counter(group_key(one, grouping) for one in audience.withheld)
    too_small = untold_groups(audience.withheld, grouping, smallest)
    strips = []
    for group in group_rows(admitted, grouping, audience.labels):
        people = [row.person for row in group.rows]
        hidden_count = sum(one.agent in hidden for one in people)
        # What is cut out of a group by a filter could be worked out from the group.
        is_cut = hidden_count not in (0, all_hidden[group.key])
        is_told = not hidden_count or not (is_cut or group.key in too_small)
        strips.append(Strip(group.key, people, not is_told, hidden_count > 0))
    return strips


def _headcounts(
    strips: Sequence[Strip],
    timelines: Timelines | None,
    plan: Plan | None,
    span: BoardSpan,
    passed: datetime,
) -> tuple[Integers | None, Integers | None]:
    told = {
        one.agent: index
        for index, strip in enumerate(strips)
        if not strip.suppressed
        for one in strip.people
    }
    sizes = [strip.agent_count for strip in strips]
    headcounts = planned = None
    if timelines is not None:
        groups = np.array([told.get(agent, -1) for agent in timelines.agents], np.int64)
        headcounts = mean_headcounts(timelines, groups, sizes, _ms(passed))
    if plan is not None:
        edges = block_edges_ms(_ms(span.start_time), _ms(span.end_time))
        stretches = [
            (told[agent], shift)
            for agent, shifts in plan.items()
            if agent in told
            for shift in shifts
        ]
        work = [(group, shift.start_ms, shift.end_ms) for group, shift in stretches]
        away = [
            (group, one.start_ms, one.end_ms)
            for group, shift in stretches
            for one in shift.activities
        ]
        planned = planned_headcounts(work, away, edges, len(strips))
    return headcounts, planned


def _ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
