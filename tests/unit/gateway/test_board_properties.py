"""What holds of every board, whoever asks for whatever."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.app.board_people import WantedSites
from gateway.app.board_span import WantedSpan
from gateway.app.join_board import Board, WantedBoard
from gateway.domain.board_rows import Filters, Grouping, Order
from gateway.domain.heatmap import Person
from gateway.domain.held_time import state_cells
from gateway.domain.timelines import STATE_COUNT, Timelines, join_timelines
from services.presence.domain.cells import state_cells as cells_of_presence
from services.presence.domain.looks import looks_of
from services.presence.domain.site_timelines import SiteTimelines
from tests.unit.gateway.board_fakes import (
    BANK,
    EVERYBODY,
    MORNING,
    BoardDesk,
    Stretches,
    a_person,
    sees,
    timelines_of,
)

HOURS = timedelta(hours=3)
SPAN = WantedSpan(start_time=MORNING - HOURS, end_time=MORNING)
NAMES = "abcdefgh"

stretches = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4_000)), min_size=1, max_size=8)
told = st.dictionaries(st.sampled_from(NAMES), stretches)
people = st.lists(st.sampled_from(NAMES), unique=True).flatmap(
    lambda names: st.tuples(*(_person(name) for name in names))
)


def _person(name: str) -> st.SearchStrategy[Person]:
    return st.builds(
        lambda shown, team, line, skills: a_person(
            name, shown, team=team, line=line, skills=tuple(sorted(skills))
        ),
        st.sampled_from(["Ana", "ana", "Bo", "李"]),
        st.sampled_from(["", "teams/t", "teams/u"]),
        st.sampled_from(["", "lines/l"]),
        st.sets(st.sampled_from(["skills/s", "skills/z"])),
    )


filters = st.builds(
    Filters,
    teams=st.sets(st.sampled_from(["teams/t", "teams/u"])).map(frozenset),
    lines=st.sets(st.just("lines/l")).map(frozenset),
    skills=st.sets(st.sampled_from(["skills/s", "skills/z"])).map(frozenset),
    states=st.sets(st.integers(1, 6)).map(frozenset),
)


def board_of(
    everybody: tuple[Person, ...], states: Mapping[str, Stretches], wanted: WantedBoard
) -> Board:
    desk = BoardDesk()
    desk.roster.people, desk.presence.told = everybody, states
    return asyncio.run(desk.read_board()(wanted, EVERYBODY))


def intervals(board: Board) -> dict[str, list[tuple[int, int]]]:
    """Returns what the board tells of each agent: the states of her row, with their lengths."""
    timelines = board.timelines
    assert timelines is not None
    ends = np.cumsum(timelines.counts).tolist()
    states, lengths = timelines.states().tolist(), timelines.lengths_ms().tolist()
    found = {}
    for row in board.rows:
        number = row.timeline_number
        first = ends[number - 1] - timelines.counts[number - 1] if number else 0
        last = ends[number - 1] if number else 0
        found[row.person.agent] = list(zip(states[first:last], lengths[first:last], strict=True))
    return found


@settings(max_examples=25, deadline=None)
@given(people, told, filters)
def test_filters_show_what_each_of_them_alone_would_show_and_change_nothing_in_it(
    everybody: tuple[Person, ...], states: Mapping[str, Stretches], wanted: Filters
) -> None:
    site = WantedSites(BANK.name)
    alone = [
        Filters(teams=wanted.teams),
        Filters(lines=wanted.lines),
        Filters(skills=wanted.skills),
        Filters(states=wanted.states),
    ]

    whole = intervals(board_of(everybody, states, WantedBoard(site, SPAN)))
    shown = intervals(board_of(everybody, states, WantedBoard(site, SPAN, wanted)))
    each = [intervals(board_of(everybody, states, WantedBoard(site, SPAN, one))) for one in alone]

    assert set(shown) == set(whole).intersection(*each)
    assert shown == {agent: whole[agent] for agent in shown}


@settings(max_examples=25, deadline=None)
@given(
    people,
    told,
    st.sampled_from([order for order in Order if order is not Order.AMOUNT]),
    st.sampled_from(Grouping),
    st.booleans(),
)
def test_order_and_groups_lose_nobody(
    everybody: tuple[Person, ...],
    states: Mapping[str, Stretches],
    order: Order,
    grouping: Grouping,
    descending: bool,
) -> None:
    plain = WantedBoard(WantedSites(BANK.name), SPAN)
    arranged = WantedBoard(
        WantedSites(BANK.name), SPAN, Filters(), order, descending, grouping=grouping
    )

    board = board_of(everybody, states, arranged)

    assert intervals(board) == intervals(board_of(everybody, states, plain))
    assert sum(len(group.rows) for group in board.groups) == (
        len(board.rows) if grouping is not Grouping.NONE else 0
    )
    assert sum(board.shown_counts.values()) == len({row.person.agent for row in board.rows})


@settings(max_examples=25, deadline=None)
@given(people, told, st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)))
def test_nobody_out_of_sight_has_a_row_a_timeline_or_a_count(
    everybody: tuple[Person, ...],
    states: Mapping[str, Stretches],
    scope: set[str],
    history: set[str],
) -> None:
    desk = BoardDesk()
    desk.roster.people = everybody
    known = {one.agent.removeprefix("agents/") for one in everybody}
    desk.presence.told = {name: one for name, one in states.items() if name in known}
    past = WantedSpan(start_time=MORNING - 20 * HOURS, end_time=MORNING - 19 * HOURS)
    viewer = sees(*scope, history=sorted(history & scope))

    board = asyncio.run(desk.read_board()(WantedBoard(WantedSites(BANK.name), past), viewer))

    visible = {f"agents/{name}" for name in history & scope & known}
    assert {row.person.agent for row in board.rows} == visible
    assert board.timelines is not None
    assert set(board.timelines.agents) <= visible
    assert board.withheld_count == len((scope & known) - history)
    assert sum(board.total_counts.values()) == len(visible)


def as_presence_has_them(timelines: Timelines) -> SiteTimelines:
    lengths = timelines.lengths_ms()
    begun = np.cumsum(lengths) - lengths
    firsts = np.cumsum(timelines.counts) - timelines.counts
    zeros = np.zeros(lengths.size, np.int64)
    return SiteTimelines(
        start_ms=timelines.start_ms,
        end_ms=timelines.end_ms,
        agents=timelines.agents,
        reasons=("",),
        counts=timelines.counts,
        openings_ms=timelines.last_changes_ms,
        offsets_ms=begun - np.repeat(begun[firsts], timelines.counts),
        looks=looks_of(timelines.states(), zeros, zeros, zeros, zeros),
    )


@settings(deadline=None)
@given(
    told.filter(bool),
    st.lists(st.integers(0, 10_800), unique=True, max_size=6),
    st.integers(-100, 11_000),
)
def test_times_of_any_columns_are_those_that_presence_figures(
    states: Mapping[str, Stretches], cuts: list[int], passed: int
) -> None:
    timelines = timelines_of(states, MORNING - HOURS, MORNING)
    start, end = timelines.start_ms, timelines.end_ms
    edges = [start, *sorted(start + cut * 1000 for cut in cuts if 0 < cut < 10_800), end]
    passed_ms = start + passed * 1000
    agents = np.arange(len(timelines.agents))

    cells = state_cells(timelines, agents, agents.size, np.array(edges), passed_ms)

    told_by_presence = cells_of_presence(as_presence_has_them(timelines), edges, passed_ms)
    assert cells.tolist() == told_by_presence.tolist()


@given(told.filter(bool), told.filter(bool))
def test_timelines_of_sites_are_joined_as_they_were(
    one: Mapping[str, Stretches], other: Mapping[str, Stretches]
) -> None:
    parts = [timelines_of(states, MORNING - HOURS, MORNING) for states in (one, other)]

    joined = join_timelines(parts)

    assert joined.states().tolist() == [s for part in parts for s in part.states().tolist()]
    assert joined.lengths_ms().tolist() == [n for part in parts for n in part.lengths_ms().tolist()]
    assert joined.agents == parts[0].agents + parts[1].agents


@given(told.filter(bool), st.data())
def test_a_choice_of_timelines_is_as_it_was_in_the_whole(
    states: Mapping[str, Stretches], data: st.DataObject
) -> None:
    whole = timelines_of(states, MORNING - HOURS, MORNING)
    chosen = data.draw(st.lists(st.integers(0, len(whole.agents) - 1), unique=True))

    part = whole.take(np.array(chosen, np.int64))

    edges = np.array([whole.start_ms, whole.end_ms])
    of_whole = state_cells(whole, np.arange(len(states)), len(states), edges, whole.end_ms)
    of_part = state_cells(part, np.arange(len(chosen)), len(chosen), edges, whole.end_ms)
    assert of_part.reshape(-1, STATE_COUNT).tolist() == of_whole[chosen, 0].tolist()
    assert part.last_changes_ms.tolist() == whole.last_changes_ms[chosen].tolist()
