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
from gateway.domain.breaks import BreakLimits, agents_on_long_break
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


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are shown, and how many there are whatever the filters."""

    shown: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """A span of agents. Without the part of presence there are no timelines; without that of
    roster's plan no shifts; without its policy nobody knows which breaks are long.
    """

    sites: Sequence[Site]
    days: ShownDays
    rows: Sequence[Row]
    groups: Sequence[Group]
    timelines: Timelines | None
    plan: Plan | None
    shown_counts: Counter[int]
    total_counts: Counter[int]
    long_breaks: Counted | None
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
    limits: BreakLimits | None
    missing: Sequence[MissingPart]
    now: datetime


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """The people who pass the filters, by name, each with her state and the place of her timeline
    from 1 on, zero for none, and the timelines of nobody else; `total_counts` counts those who do
    not pass as well.
    """

    people: Sequence[Person]
    states: Sequence[int]
    numbers: Sequence[int]
    timelines: Timelines | None
    total_counts: Counter[int]
    long_breaks: Counted | None


def join_board(parts: BoardParts) -> Board:
    """Returns the board; it takes some time for many agents."""
    wanted, audience = parts.wanted, parts.audience
    shown = _shown(parts)
    by_name = _rows(parts, shown)
    order, is_descending = wanted.order, wanted.descending
    rows = order_rows(by_name, order, descending=is_descending, labels=audience.labels)
    groups = group_rows(rows, wanted.grouping, audience.labels)
    return Board(
        audience.sites,
        parts.days,
        [row for group in groups for row in group.rows] if groups else rows,
        groups,
        shown.timelines,
        parts.plan,
        count_states(rows),
        shown.total_counts,
        shown.long_breaks,
        len(audience.withheld),
        audience.labels,
        parts.missing,
        parts.now,
    )


def _shown(parts: BoardParts) -> _Shown:
    """Chooses whom to show. Who has a timeline and is unknown to roster is shown under her id."""
    people, timelines, filters = _with_strangers(parts), parts.timelines, parts.wanted.filters
    states, numbers = [0], [0] * len(people)
    if timelines is not None:
        places = {agent: number for number, agent in enumerate(timelines.agents, 1)}
        numbers = [places.get(one.agent, 0) for one in people]
        states += timelines.last_states().tolist()
    on_long_break = _on_long_break(parts, people)
    everybody = [(one, states[at], at) for one, at in zip(people, numbers, strict=True)]
    admitted = [
        (one, state, at)
        for one, state, at in everybody
        if filters.admit(one, state, is_on_long_break=one.agent in (on_long_break or ()))
    ]
    kept, told = _only_of([at for _, _, at in admitted], timelines)
    return _Shown(
        [one for one, _, _ in admitted],
        [state for _, state, _ in admitted],
        kept,
        told,
        Counter(state for _, state, _ in everybody),
        _counted(on_long_break, [one.agent for one, _, _ in admitted]),
    )


def _on_long_break(parts: BoardParts, people: Sequence[Person]) -> frozenset[str] | None:
    """Returns who is on a break that lasts too long; None if nobody can tell."""
    if parts.timelines is None or parts.limits is None:
        return None
    at = min(parts.now, parts.days.span.end_time)
    at_ms = int(at.timestamp() * 1000)
    return agents_on_long_break(parts.timelines, people, parts.limits, at_ms)


def _counted(agents: frozenset[str] | None, shown: Sequence[str]) -> Counted | None:
    return None if agents is None else Counted(len(agents.intersection(shown)), len(agents))


def _rows(parts: BoardParts, shown: _Shown) -> list[Row]:
    """Returns a row for everybody who is shown, with what rows are ordered by."""
    rows = [*map(Row, shown.people, shown.numbers, shown.states)]
    match parts.wanted.order:
        case Order.SHIFT_START:
            starts = _shift_starts(parts, shown.people)
            return [row._replace(shift_start_ms=starts.get(row.person.agent)) for row in rows]
        case Order.TIME_IN_STATE if shown.timelines:
            since = [None, *since_ms(shown.timelines).tolist()]
            return [row._replace(since_ms=since[row.timeline_number]) for row in rows]
        case Order.AMOUNT if shown.timelines:
            amounts = [None, *_amounts(parts, shown.timelines)]
            return [row._replace(amount_ms=amounts[row.timeline_number]) for row in rows]
        case _:
            return rows


def _shift_starts(parts: BoardParts, people: Sequence[Person]) -> dict[str, int]:
    plan = parts.plan or {}
    return {one.agent: plan[one.agent][0].start_ms for one in people if one.agent in plan}


def _with_strangers(parts: BoardParts) -> Sequence[Person]:
    audience, timelines = parts.audience, parts.timelines
    known = {one.agent for one in audience.people.people}
    strangers = [agent for agent in timelines.agents if agent not in known] if timelines else []
    site = audience.sites[0].name
    return [
        *audience.seen,
        *(Person(agent, agent.removeprefix("agents/"), "", site) for agent in strangers),
    ]


def _amounts(parts: BoardParts, timelines: Timelines) -> list[int]:
    passed_ms = int(parts.now.timestamp() * 1000)
    amounts: list[int] = amounts_ms(timelines, parts.wanted.amount_state, passed_ms).tolist()
    return amounts


def _only_of(
    numbers: Sequence[int], timelines: Timelines | None
) -> tuple[Sequence[int], Timelines | None]:
    """Leaves out the timelines at other places; returns the places among those that are left."""
    kept = sorted(set(numbers) - {0})
    if timelines is None or len(kept) == len(timelines.agents):
        return numbers, timelines
    places = {number: place for place, number in enumerate(kept, 1)} | {0: 0}
    moved = [places[number] for number in numbers]
    return moved, timelines.take(np.array(kept, np.int64) - 1)
