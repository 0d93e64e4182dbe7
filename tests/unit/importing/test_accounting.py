from hypothesis import given
from hypothesis import strategies as st

from cli.importing.accounting import Remark, after_delivery
from cli.importing.plan import plan_import
from cli.importing.reasons import Reason
from tests.unit.importing.builders import a_mapping, a_row, rows_of
from tests.unit.importing.test_calls import DIRT


@given(st.lists(DIRT, max_size=30), st.sets(st.integers(1, 30)))
def test_imported_and_refused_rows_add_up_to_the_rows_of_the_file(
    cells: list[dict[str, str]], refused_rows: set[int]
) -> None:
    planned = plan_import(rows_of(cells), a_mapping()).accounting
    delivered = after_delivery(planned, refused_rows)

    for accounting in (planned, delivered):
        assert accounting.row_count == len(cells)
        assert accounting.imported_count + sum(accounting.refused.values()) == len(cells)


def test_the_same_file_gives_the_same_plan() -> None:
    rows = [a_row(1), a_row(2, who="A2"), a_row(3, outcome="HUNG_UP")]

    assert plan_import(rows, a_mapping()) == plan_import(rows, a_mapping())


def test_a_row_whose_report_the_server_refused_is_no_longer_counted_as_imported() -> None:
    planned = plan_import([a_row(1), a_row(2, who="A2")], a_mapping()).accounting

    delivered = after_delivery(planned, [2])

    assert delivered.imported_rows == {1}
    assert delivered.refused == {Reason.REFUSED_BY_SERVER: 1}


def test_remarkable_rows_are_counted_beside_the_sum() -> None:
    rows = [
        a_row(1, from_="23:59:00", to="0:01:00", rang="23:58:00"),
        a_row(2, from_="23:59:30", to="23:59:50", length="20", call="8"),
    ]

    accounting = plan_import(rows, a_mapping()).accounting

    assert accounting.remarks[Remark.PAST_MIDNIGHT] == 1
    assert accounting.remarks[Remark.OVERLAPPING] == 1
    assert accounting.remarks[Remark.REPEATED_CONTACT_ID] == 0


def test_an_empty_file_comes_to_nothing() -> None:
    plan = plan_import([], a_mapping())

    assert (plan.agents, plan.reports, plan.last_day) == ((), (), None)
