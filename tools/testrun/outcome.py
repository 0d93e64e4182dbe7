"""What a group's tests came to, read from the report that pytest writes."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

from tools.testrun.groups import Group


@dataclass(frozen=True, slots=True)
class CaseTime:
    """How long one test took, with its fixtures."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts of a group. `note` tells why a group ran no test."""

    group: Group
    passed: int
    failed: int
    skipped: int
    elapsed: timedelta
    times: tuple[CaseTime, ...] = ()
    note: str = ""
    broken: bool = False

    @property
    def is_good(self) -> bool:
        return self.failed == 0 and not self.broken


def read_report(group: Group, report: Path, elapsed: timedelta, exit_code: int) -> Outcome:
    """Reads pytest's report. A run that ended badly without a failed test counts as broken."""
    suite = ElementTree.parse(report).getroot().find("testsuite")
    if suite is None:
        raise ValueError(f"{report} holds no test suite")
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    skipped = int(suite.get("skipped", 0))
    times = tuple(
        CaseTime(_name_of(case), float(case.get("time", 0))) for case in suite.iter("testcase")
    )
    return Outcome(
        group=group,
        passed=max(int(suite.get("tests", 0)) - failed - skipped, 0),
        failed=failed,
        skipped=skipped,
        elapsed=elapsed,
        times=times,
        broken=exit_code != 0 and failed == 0,
    )


def _name_of(case: ElementTree.Element) -> str:
    return f"{case.get('classname', '').removeprefix('tests.')}::{case.get('name', '')}"
