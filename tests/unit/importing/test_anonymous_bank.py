"""The month of a real contact centre, where it is at hand."""

from datetime import date
from pathlib import Path

import pytest

from cli.importing.accounting import Remark
from cli.importing.files import read_rows
from cli.importing.mapping import parse_mapping
from cli.importing.plan import ImportPlan, plan_import
from cli.importing.reasons import Reason

ROOT = Path(__file__).parents[3]
CALLS = ROOT / "../shared/data/anonymousbank/august1999_calls.csv.gz"

pytestmark = pytest.mark.skipif(
    not CALLS.exists(), reason="the bank's month is not at ../shared/data/anonymousbank"
)


@pytest.fixture(scope="module")
def plan() -> ImportPlan:
    example = (ROOT / "docs/examples/anonymous-bank.toml").read_text(encoding="utf-8")
    mapping = parse_mapping(example)
    return plan_import(read_rows(CALLS, tuple(mapping.meanings())), mapping)


def test_every_row_of_the_month_is_accounted_for(plan: ImportPlan) -> None:
    accounting = plan.accounting

    assert accounting.row_count == 42_078
    assert accounting.imported_count == 38_195
    assert dict(accounting.refused) == {
        Reason.NOT_SERVED: 3_367,
        Reason.NO_AGENT: 391,
        Reason.NO_START: 57,
        Reason.NO_LENGTH: 68,
    }


def test_what_is_remarkable_about_the_month_is_counted(plan: ImportPlan) -> None:
    assert plan.accounting.remarks[Remark.ABANDONED] == 7_309
    assert plan.accounting.remarks[Remark.PAST_MIDNIGHT] == 25
    assert plan.accounting.remarks[Remark.OVERLAPPING] == 373
    assert plan.accounting.remarks[Remark.REPEATED_CONTACT_ID] == 0


def test_the_month_comes_to_agents_and_reports_with_ids_of_their_own(plan: ImportPlan) -> None:
    assert len(plan.agents) == 31
    assert plan.last_day == date(1999, 8, 31)
    assert len({(report.agent, report.event_id) for report in plan.reports}) == len(plan.reports)
