"""States, agents and shifts: what a row is taken for, and that every one is accounted for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.importing.accounting import Accounting, account_for
from cli.importing.agent_rows import AgentRow, judge_agents
from cli.importing.mapping_kinds import AgentsMapping, ShiftsMapping, StatesMapping
from cli.importing.plan import plan_states
from cli.importing.reasons import Reason
from cli.importing.rows import RefusedRow, Row
from cli.importing.shifts import Shift, judge_shifts
from cli.importing.states import StateRow, judge_states

STATES = StatesMapping.model_validate(
    {
        "kind": "states",
        "source": "import-porto",
        "time_zone": "Europe/Lisbon",
        "site": {"id": "porto"},
        "columns": {"agent": "who", "state": "what", "start": "from", "end": "to"},
        "formats": {"instant": "%d.%m.%Y %H:%M"},
        "states": {
            "values": {"talk": "BUSY/TALKING", "pause": "BREAK/short-break", "out": "OFFLINE"},
            "ignored": ["audit"],
        },
    }
)
POINTS = STATES.model_copy(
    update={
        "columns": STATES.columns.model_copy(update={"start": None, "end": None, "time": "from"})
    }
)
AGENTS = AgentsMapping.model_validate(
    {
        "kind": "agents",
        "site": {"id": "porto"},
        "teams": [{"id": "fiber", "display_name": "Fiber", "cells": ["F", "fibre"]}],
        "skills": [
            {"id": "english", "display_names": {"en": "English"}, "cells": ["英语", "English"]},
            {"id": "sales", "display_names": {"en": "Sales"}, "cells": ["sales"], "level": 1},
        ],
        "columns": {"agent": "who", "display_name": "name", "team": "team", "skills": "knows"},
    }
)
SHIFTS = ShiftsMapping.model_validate(
    {
        "kind": "shifts",
        "time_zone": "Europe/Lisbon",
        "site": {"id": "porto"},
        "columns": {"agent": "who", "date": "day", "start": "from", "end": "to"},
        "activities": [{"kind": "MEAL", "start": "meal", "end": "back"}],
        "formats": {"date": "%d.%m.%Y", "clock": "%H:%M"},
        "shifts": {"off": ["", "off"]},
    }
)
STATE = {"who": "ana", "what": "talk", "from": "02.03.2026 09:00", "to": "02.03.2026 09:05"}
SHIFT = {"who": "ana", "day": "02.03.2026", "from": "09:00", "to": "17:00", "meal": "", "back": ""}


def numbered(*cells: dict[str, str]) -> list[Row]:
    return [Row(number, each, number + 1) for number, each in enumerate(cells, start=1)]


def states(*cells: dict[str, str], mapping: StatesMapping = STATES) -> list[tuple[str, str]]:
    plan = plan_states(numbered(*cells), mapping)
    return [(f"{report.occurred_time:%d %H:%M}", report.state) for report in plan.reports]


def judged_shift(**cells: str) -> Shift | RefusedRow:
    [each] = judge_shifts(
        numbered({**SHIFT, **{k.rstrip("_"): v for k, v in cells.items()}}), SHIFTS
    )
    return each


def test_a_stretch_is_a_state_and_then_nobody_knows() -> None:
    assert states(STATE) == [("02 09:00", "BUSY"), ("02 09:05", "UNOBSERVED")]


def test_what_follows_at_once_leaves_no_gap() -> None:
    pause = {**STATE, "what": "pause", "from": "02.03.2026 09:05", "to": "02.03.2026 09:15"}

    assert states(pause, STATE) == [
        ("02 09:00", "BUSY"),
        ("02 09:05", "BREAK"),
        ("02 09:15", "UNOBSERVED"),
    ]


def test_an_instant_lasts_until_the_next_one_and_at_most_as_long_as_is_believed() -> None:
    out = {**STATE, "what": "out", "from": "02.03.2026 18:00"}
    late = {**STATE, "from": "03.03.2026 09:00"}

    assert states(STATE, out, late, mapping=POINTS) == [
        ("02 09:00", "BUSY"),
        ("02 18:00", "OFFLINE"),
        ("03 09:00", "BUSY"),
        ("03 21:00", "UNOBSERVED"),
    ]


def test_a_break_brings_its_reason_and_a_busy_agent_what_she_does() -> None:
    pause = {**STATE, "what": "pause", "who": "ben"}

    reports = plan_states(numbered(STATE, pause), STATES).reports

    assert [(r.agent, r.reason, r.activity) for r in reports if r.state != "UNOBSERVED"] == [
        ("agents/ana", "", "TALKING"),
        ("agents/ben", "short-break", "UNSPECIFIED"),
    ]


@pytest.mark.parametrize(
    ("cells", "reason", "detail"),
    [
        ({"what": "lunch"}, Reason.UNKNOWN_STATE, "what: 'lunch'"),
        ({"what": "audit"}, Reason.IGNORED_STATE, "what: 'audit'"),
        ({"who": ""}, Reason.NO_AGENT, "who: ''"),
        ({"from": ""}, Reason.NO_START, "from: ''"),
        ({"from": "nine"}, Reason.UNREADABLE_TIME, "from: 'nine'"),
        ({"from": "29.03.2026 01:30"}, Reason.NO_SUCH_TIME, "2026-03-29 01:30:00"),
        ({"to": "02.03.2026 08:00"}, Reason.ENDS_BEFORE_START, ""),
        ({"to": "02.03.2026 09:00"}, Reason.NO_LENGTH, ""),
        ({"to": "03.03.2026 09:00"}, Reason.TOO_LONG, "1 day, 0:00:00"),
    ],
)
def test_a_row_of_states_is_refused_with_the_cell_to_blame(
    cells: dict[str, str], reason: Reason, detail: str
) -> None:
    [refused] = judge_states(numbered({**STATE, **cells}), STATES)

    assert isinstance(refused, RefusedRow)
    assert (refused.reason, refused.detail, refused.line) == (reason, detail, 2)


@pytest.mark.parametrize(
    ("end", "hours"), [("17:00", 8), ("24:00", 15), ("00:00", 15), ("06:00", 21), ("8:59", 23.98)]
)
def test_an_end_at_or_before_the_start_is_on_the_next_day(end: str, hours: float) -> None:
    shift = judged_shift(to=end)

    assert isinstance(shift, Shift)
    assert round((shift.end - shift.start) / timedelta(hours=1), 2) == hours


def test_a_meal_after_midnight_lies_in_its_shift() -> None:
    shift = judged_shift(from_="22:00", to="06:00", meal="01:00", back="01:30")

    assert isinstance(shift, Shift)
    assert [f"{each.start:%d %H:%M}" for each in shift.activities] == ["03 01:00"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"from_": "off"}, Reason.DAY_OFF),
        ({"from_": "9h"}, Reason.UNREADABLE_TIME),
        ({"day": "2 March"}, Reason.UNREADABLE_TIME),
        ({"meal": "18:00", "back": "18:30"}, Reason.OUTSIDE_SHIFT),
        ({"meal": "12:00"}, Reason.UNREADABLE_TIME),
    ],
)
def test_a_row_of_shifts_is_refused_for_one_reason(cells: dict[str, str], reason: Reason) -> None:
    assert judged_shift(**cells) == RefusedRow(1, reason)


def test_shifts_that_overlap_are_refused_with_the_other_line() -> None:
    late = {**SHIFT, "from": "16:00", "to": "22:00"}

    _, refused = judge_shifts(numbered(SHIFT, late), SHIFTS)

    assert isinstance(refused, RefusedRow)
    assert (refused.reason, refused.line) == (Reason.OVERLAPS, 3)
    assert refused.detail == "line 2: 2026-03-02 09:00 to 2026-03-02 17:00"


def test_a_shift_that_moves_within_its_day_keeps_its_id() -> None:
    first, moved = judged_shift(), judged_shift(from_="11:00", to="19:00")

    assert isinstance(first, Shift)
    assert isinstance(moved, Shift)
    assert first.id == moved.id == "ana-20260302"


def test_an_agent_comes_once() -> None:
    ana = {"who": "Ana", "name": "Ana 娜", "team": "fibre", "knows": ""}

    first, again, other = judge_agents(numbered(ana, ana, {**ana, "team": ""}), AGENTS)

    assert isinstance(first, AgentRow)
    assert (first.agent.id, first.agent.display_name, first.team) == ("ana", "Ana 娜", "fiber")
    assert again == RefusedRow(2, Reason.IDENTICAL_LINE)
    assert other == RefusedRow(3, Reason.REPEATED_AGENT)


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"team": "copper"}, RefusedRow(1, Reason.UNKNOWN_TEAM)),
        ({"knows": "sales, Dutch"}, RefusedRow(1, Reason.UNKNOWN_SKILL)),
        ({"knows": "English:6"}, RefusedRow(1, Reason.UNKNOWN_SKILL)),
    ],
)
def test_a_team_or_skill_that_the_mapping_does_not_name_is_refused(
    cells: dict[str, str], refused: RefusedRow
) -> None:
    ana = {"who": "ana", "name": "Ana", "team": "", "knows": ""}

    assert judge_agents(numbered({**ana, **cells}), AGENTS) == [refused]


@pytest.mark.parametrize(
    ("cell", "skills"),
    [
        ("", ()),
        ("English", (("english", 3),)),
        ("sales：4、英语:5", (("english", 5), ("sales", 4))),
        ("sales; English 英语", None),
        ("sales; English: 2 ", (("english", 2), ("sales", 1))),
    ],
)
def test_a_cell_tells_skills_with_levels_or_without(
    cell: str, skills: tuple[tuple[str, int], ...] | None
) -> None:
    row = {"who": "ana", "name": "Ana", "team": "", "knows": cell}
    [told] = judge_agents(numbered(row), AGENTS)

    assert (told.skills if isinstance(told, AgentRow) else None) == skills


JUDGES: dict[str, Callable[[list[Row]], list[Any]]] = {
    "states": lambda rows: judge_states(rows, STATES),
    "points": lambda rows: judge_states(rows, POINTS),
    "agents": lambda rows: judge_agents(rows, AGENTS),
    "shifts": lambda rows: judge_shifts(rows, SHIFTS),
}
TIMES = [
    "02.03.2026 09:00",
    "29.03.2026 01:30",
    "2026-03-02 24:00",
    "09:00",
    "24:00",
    "0:00",
    "25:00",
]
WORDS = [
    "",
    "ana",
    "Ben",
    "talk",
    "pause",
    "audit",
    "off",
    "F",
    "02.03.2026",
    "31.02.2026",
    "x" * 250,
    "English:4, sales",
]
CELL = st.sampled_from([*TIMES, *WORDS]) | st.text(max_size=6)
COLUMNS = ["who", "what", "name", "team", "knows", "day", "from", "to", "meal", "back"]
ROWS = st.lists(st.none() | st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL)), max_size=12)


@pytest.mark.parametrize("kind", JUDGES)
@given(ROWS)
def test_every_row_is_accounted_for_and_no_span_is_negative(
    kind: str, cells: list[dict[str, str] | None]
) -> None:
    rows = [Row(number, each, number + 1) for number, each in enumerate(cells, start=1)]

    judged = JUDGES[kind](rows)

    accounting: Accounting = account_for(judged)
    assert [each.row for each in judged] == list(range(1, len(rows) + 1))
    assert accounting.imported_count + sum(accounting.refused.values()) == len(rows)
    for each in judged:
        if isinstance(each, Shift):
            assert each.start < each.end
            assert all(one.start < one.end for one in each.activities)
        if isinstance(each, StateRow):
            assert each.end_time is None or each.start_time < each.end_time


@given(ROWS)
def test_states_of_one_agent_never_stand_at_one_instant_in_doubt(
    cells: list[dict[str, str] | None],
) -> None:
    rows = [Row(number, each, number + 1) for number, each in enumerate(cells, start=1)]

    plan = plan_states(rows, STATES)

    places = [(r.agent, r.occurred_time, r.source_sequence) for r in plan.reports]
    assert len(set(places)) == len(places)
    assert all(report.occurred_time > datetime(1969, 1, 1, tzinfo=UTC) for report in plan.reports)
