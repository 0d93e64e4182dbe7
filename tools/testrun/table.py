"""The table that closes a test run: what passed, how long it took, and what was slowest."""

from collections.abc import Sequence
from datetime import timedelta

from rich.console import Console
from rich.table import Table

from tools.testrun.outcome import Outcome

SLOWEST_COUNT = 20


def print_summary(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Prints the table, the slowest tests and, last, one line that machines read."""
    console.print(_groups_table(outcomes))
    slowest = slowest_tests(outcomes)
    if slowest:
        console.print(f"\nSlowest {len(slowest)} tests")
        for name, seconds in slowest:
            console.print(
                f"  {seconds:7.2f} s  {name}", highlight=False, markup=False, soft_wrap=True
            )
    console.print()
    print(closing_line(outcomes), flush=True)


def slowest_tests(outcomes: Sequence[Outcome]) -> list[tuple[str, float]]:
    """The slowest tests of all groups, slowest first."""
    times = [(test.name, test.seconds) for outcome in outcomes for test in outcome.times]
    return sorted(times, key=lambda entry: -entry[1])[:SLOWEST_COUNT]


def closing_line(outcomes: Sequence[Outcome]) -> str:
    """A line such as `12 passed, 0 failed, 1 skipped`; a group that broke is one failure."""
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed + outcome.broken for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    return f"{passed} passed, {failed} failed, {skipped} skipped"


def _groups_table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(title="Tests by group", title_justify="left")
    table.add_column("group")
    for column in ("passed", "failed", "skipped", "time", "budget"):
        table.add_column(column, justify="right")
    table.add_column("")
    for outcome in outcomes:
        over = "over budget" if outcome.elapsed > outcome.group.budget else ""
        broken = "ended badly" if outcome.broken else ""
        table.add_row(
            outcome.group.name,
            str(outcome.passed),
            str(outcome.failed),
            str(outcome.skipped),
            _clock(outcome.elapsed),
            _clock(outcome.group.budget),
            ", ".join(filter(None, (outcome.note, broken, over))),
        )
    return table


def _clock(span: timedelta) -> str:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    return f"{minutes}:{seconds:02d}"
