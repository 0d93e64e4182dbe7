"""The table that closes a test run."""

from datetime import timedelta
from pathlib import Path

import pytest

from tools.testrun.__main__ import parse_arguments
from tools.testrun.groups import Group
from tools.testrun.outcome import CaseTime, Outcome, read_report
from tools.testrun.table import SLOWEST_COUNT, closing_line, slowest_tests

GROUP = Group("unit", Path("tests/unit"), timedelta(minutes=1))
TOOK = timedelta(seconds=3)


def an_outcome(**changes: object) -> Outcome:
    fields: dict[str, object] = {"passed": 2, "failed": 0, "skipped": 0, "elapsed": TOOK}
    return Outcome(group=GROUP, **{**fields, **changes})  # type: ignore[arg-type]  # by name


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.xml"
    file.write_text(
        '<testsuites><testsuite tests="4" failures="1" errors="1" skipped="1">'
        '<testcase classname="tests.unit.test_a" name="test_b" time="0.5"/>'
        "</testsuite></testsuites>"
    )
    return file


def test_failures_and_errors_of_a_report_count_as_failed(report: Path) -> None:
    outcome = read_report(GROUP, report, TOOK, exit_code=1)

    assert (outcome.passed, outcome.failed, outcome.skipped) == (1, 2, 1)
    assert outcome.times == (CaseTime("unit.test_a::test_b", 0.5),)


def test_a_run_that_ends_badly_without_a_failed_test_is_not_good(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text('<testsuites><testsuite tests="1"/></testsuites>')

    assert read_report(GROUP, file, TOOK, exit_code=0).is_good
    assert not read_report(GROUP, file, TOOK, exit_code=3).is_good


def test_the_closing_line_counts_a_broken_group_as_one_failure() -> None:
    outcomes = [an_outcome(skipped=1), an_outcome(passed=0, broken=True)]

    assert closing_line(outcomes) == "2 passed, 1 failed, 1 skipped"


def test_the_slowest_tests_come_first_and_are_few() -> None:
    times = tuple(CaseTime(str(number), float(number)) for number in range(30))

    slowest = slowest_tests([an_outcome(times=times)])

    assert slowest[0] == ("29", 29.0)
    assert len(slowest) == SLOWEST_COUNT


def test_groups_are_named_or_left_out() -> None:
    assert parse_arguments([]).groups == []
    assert parse_arguments(["unit", "web"]).groups == ["unit", "web"]


def test_an_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["units"])

    assert "the groups are unit, contract" in capsys.readouterr().err
