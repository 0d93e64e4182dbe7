from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.importing.calls import Agent, Call, Judged, judge_rows
from cli.importing.reasons import Reason
from cli.importing.rows import RefusedRow, Row
from tests.unit.importing.builders import CELLS, a_mapping, a_row, rows_of


def test_a_served_call_is_imported_under_the_names_of_the_mapping() -> None:
    (call,) = judge_rows([a_row()], a_mapping())

    assert isinstance(call, Call)
    assert call.agent == Agent("h-a1", "Agent A1")
    assert call.contact == "L1-7"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"outcome": "HUNG_UP"}, Reason.NOT_SERVED),
        ({"outcome": "HUNG_UP", "who": "NOBODY"}, Reason.NOT_SERVED),
        ({"who": "NOBODY"}, Reason.NO_AGENT),
        ({"who": " "}, Reason.NO_AGENT),
        ({"who": "A/1"}, Reason.UNUSABLE_AGENT),
        ({"line": "", "call": ""}, Reason.UNUSABLE_CONTACT),
        ({"call": "7" * 130}, Reason.UNUSABLE_CONTACT),
        ({"from_": "0:00:00", "to": "0:00:00", "length": "0"}, Reason.NO_START),
        ({"from_": ""}, Reason.NO_START),
        ({"from_": "9 o'clock"}, Reason.UNREADABLE_TIME),
        ({"day": "2.8.99"}, Reason.UNREADABLE_TIME),
        ({"day": "9999-12-31"}, Reason.UNREADABLE_TIME),
        ({"length": "9" * 30}, Reason.UNREADABLE_TIME),
        ({"rang": "25:00:00"}, Reason.UNREADABLE_TIME),
        ({"length": "two minutes"}, Reason.UNREADABLE_TIME),
        ({"to": "8:00:00"}, Reason.ENDS_BEFORE_START),
        ({"to": "15:00:00"}, Reason.TOO_LONG),
        ({"length": "121"}, Reason.LENGTH_CONTRADICTS),
        ({"to": "9:00:10", "length": "0"}, Reason.NO_LENGTH),
    ],
)
def test_a_row_is_refused_for_the_first_reason_that_applies(
    cells: dict[str, str], reason: Reason
) -> None:
    assert judge_rows([a_row(1, **cells)], a_mapping()) == [RefusedRow(1, reason)]


def test_a_row_of_another_width_than_the_header_is_refused() -> None:
    assert judge_rows([Row(1, None)], a_mapping()) == [RefusedRow(1, Reason.MALFORMED_ROW)]


def test_a_call_that_ends_at_midnight_is_no_call_without_times() -> None:
    (call,) = judge_rows([a_row(from_="23:58:00", to="0:00:00")], a_mapping())

    assert isinstance(call, Call)


def test_an_identical_line_is_the_same_call_told_twice() -> None:
    _, second = judge_rows([a_row(1), a_row(2)], a_mapping())

    assert second == RefusedRow(2, Reason.IDENTICAL_LINE)


def test_identical_lines_are_separate_calls_where_the_mapping_says_so() -> None:
    mapping = a_mapping(calls={"identical_lines": "separate_calls"})

    calls = judge_rows([a_row(1), a_row(2)], mapping)

    assert [call.contact for call in calls if isinstance(call, Call)] == ["L1-7", "L1-7#2"]


def test_a_repeated_call_id_with_another_content_is_another_call() -> None:
    judged = judge_rows([a_row(1), a_row(2, from_="10:00:10", to="10:02:10")], a_mapping())

    assert all(isinstance(each, Call) for each in judged)


CLOCKS = st.sampled_from(["0:00:00", "0:03:00", "9:00:10", "9:02:10", "23:59:50", "", "24:61", "x"])
DIRT = st.fixed_dictionaries(
    {
        **{column: st.just(cell) for column, cell in CELLS.items()},
        "call": st.sampled_from(["7", "8", "", "\x00", "9" * 200]),
        "day": st.sampled_from(
            ["1999-08-02", "1999-04-02", "1999-09-03", "1999-02-30", "0001-01-01", ""]
        ),
        "rang": CLOCKS,
        "from": CLOCKS,
        "to": CLOCKS,
        "length": st.sampled_from(["0", "120", "-1", "", "1e3", "9" * 30]),
        "who": st.sampled_from(["A1", "A2", "NOBODY", "", "É", "Å 7"]),
        "outcome": st.sampled_from(["TALKED", "HUNG_UP", ""]),
    }
)


@given(st.lists(DIRT, max_size=30))
def test_every_row_is_a_call_or_refused_for_one_reason_in_the_order_of_the_file(
    cells: list[dict[str, str]],
) -> None:
    judged = judge_rows(rows_of(cells), a_mapping())

    assert [each.row for each in judged] == list(range(1, len(cells) + 1))


@given(st.lists(DIRT, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_judgement(
    cells: list[dict[str, str]], random: Random
) -> None:
    shuffled = list(cells)
    random.shuffle(shuffled)

    one = judge_rows(rows_of(cells), a_mapping())
    other = judge_rows(rows_of(shuffled), a_mapping())

    assert _kinds(one) == _kinds(other)


def _kinds(judged: list[Judged]) -> Counter[object]:
    return Counter(
        (each.agent, each.contact, each.span) if isinstance(each, Call) else each
        for each in [replace(each, row=0) for each in judged]
    )
