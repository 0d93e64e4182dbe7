"""Joins what is known of a board: who is shown, in what order and groups, and what is told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from gateway.app.board_people import Audience, WantedSites
from gateway.app.board_ports import Plan
from gateway.app.board_span import BoardSpan, ShownDays, WantedSpan
from gateway.app.parts import MissingPart
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
from gateway.domain.heatmap import Label, Person, Site
from gateway.domain.timelines import Timelines


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
class BoardParts:
    """What a board is joined from."""

    wanted: WantedBoard
    days: ShownDays
    audience: Audience
    timelines: Timelines | None
    plan: Plan | None
    missing: Sequence[MissingPart]
    now: datetime


def join_board(parts: BoardParts) -> Board:
    """Returns the board; it takes some time for many agents."""
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


def _rows(parts: BoardParts) -> list[Row]:
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


def _with_strangers(parts: BoardParts) -> Sequence[Person]:
    audience, timelines = parts.audience, parts.timelines
    known = {one.agent for one in audience.people.people}
    strangers = [agent for agent in timelines.agents if agent not in known] if timelines else []
    site = audience.sites[0].name
    return [
        *audience.seen,
        *(Person(agent, agent.removeprefix("agents/"), "", site) for agent in strangers),
    ]


def _since(parts: BoardParts, timelines: Timelines) -> list[int | None]:
    """Returns since when each timeline's state holds, if that is what matters; of nobody first."""
    if parts.wanted.order is not Order.TIME_IN_STATE:
        return [None] * (len(timelines.agents) + 1)
    return [None, *since_ms(timelines).tolist()]


def _amounts(parts: BoardParts, timelines: Timelines) -> list[int | None]:
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
