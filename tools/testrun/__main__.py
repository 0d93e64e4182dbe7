"""Runs groups of tests, each in a pytest of its own, and closes with one table."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from tools.testrun.groups import GROUPS, WHOLE_RUN, Group
from tools.testrun.outcome import Outcome, read_report
from tools.testrun.table import print_summary

REPORTS = Path(".build/tests")
NO_TESTS_COLLECTED = 5
BROWSER_MISSING = 3


def main() -> int:
    arguments = parse_arguments(sys.argv[1:])
    if arguments.path:
        return _pytest([arguments.path])
    groups = [group for group in GROUPS if group.name in arguments.groups or not arguments.groups]
    console = Console(width=100)
    outcomes = [_run_group(group, console) for group in groups]
    print_summary(console, outcomes)
    if sum((outcome.elapsed for outcome in outcomes), timedelta()) > WHOLE_RUN:
        console.print(f"[red]The run took more than {WHOLE_RUN}.")
        return 1
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """What to run; an empty list of groups means all of them."""
    parser = argparse.ArgumentParser(prog="python -m tools.testrun", description=__doc__)
    parser.add_argument("groups", nargs="*", type=_group_name, help="all if none is named")
    parser.add_argument("--path", help="run the tests of one file or folder instead")
    return parser.parse_args(arguments)


# argparse holds an empty list against `choices` as if it were one of them, so the type checks.
def _group_name(name: str) -> str:
    names = [group.name for group in GROUPS]
    if name not in names:
        raise argparse.ArgumentTypeError(f"the groups are {', '.join(names)}")
    return name


def _run_group(group: Group, console: Console) -> Outcome:
    console.rule(f"{group.name} tests")
    if group.name == "web" and not _browser_is_here():
        return _without_browser(group)
    if not any(group.folder.rglob("test_*.py")):
        return _empty(group)
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{group.name}.xml"
    report.unlink(missing_ok=True)
    began = time.monotonic()
    exit_code = _pytest([str(group.folder), f"--junitxml={report}", *group.arguments])
    elapsed = timedelta(seconds=time.monotonic() - began)
    if exit_code == NO_TESTS_COLLECTED:
        return _empty(group)
    if not report.exists():
        return Outcome(group, 0, 0, 0, elapsed, note=f"pytest ended with {exit_code}", broken=True)
    return read_report(group, report, elapsed, exit_code)


def _pytest(arguments: Sequence[str]) -> int:
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode


def _empty(group: Group) -> Outcome:
    return Outcome(group, 0, 0, 0, timedelta(), note="no tests yet")


def _browser_is_here() -> bool:
    ended = subprocess.run(["bash", "tools/setup/browser.sh"], check=False)
    if ended.returncode not in {0, BROWSER_MISSING}:
        raise SystemExit(f"tools/setup/browser.sh ended with {ended.returncode}")
    return ended.returncode == 0


def _without_browser(group: Group) -> Outcome:
    """Without a browser the group is skipped aloud; CI, which can install one, fails instead."""
    in_ci = os.environ.get("CI") == "true"
    note = "no browser" if in_ci else "SKIPPED: no browser, see above"
    return Outcome(group, 0, 0, 0, timedelta(), note=note, broken=in_ci)


if __name__ == "__main__":
    sys.exit(main())
