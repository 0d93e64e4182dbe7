"""Measures the figures that the goals are stated in, each beside its floor in the same run.

A benchmark is a package tools.bench.NAME with a function `measure() -> Sequence[Figure]`, which
starts and ends whatever it needs by itself. One that fails is told at the end, and the others are
measured all the same.
"""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from chassis.clock import SystemClock
from tools.bench.figure import Figure
from tools.bench.report import Report, moment, write_report

BENCHMARKS = (
    "ingest",
    "reconnect",
    "contacts",
    "heatmap",
    "board",
    "push",
    "queue_log",
    "transcode",
    "web",
    "growth",
)
REPORT = Path(".build/bench.json")
Measure = Callable[[], Sequence[Figure]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("names", nargs="*", type=_benchmark_name, help="all if none is named")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help=f"the report; of a whole run otherwise {REPORT}"
    )
    arguments = parser.parse_args()
    file = arguments.json or (None if arguments.names else REPORT)
    report = run(arguments.names or BENCHMARKS, _benchmark, file)
    console = Console(width=140)
    console.print(figures_table(report.all_figures()))
    for name, why in report.failures.items():
        console.print(f"[red]{name} failed:[/red] {why}", markup=True)
    if file:
        console.print(f"The report is {file}")
    return 1 if report.failures else 0


def run(
    names: Iterable[str], benchmark: Callable[[str], Measure], file: Path | None = None
) -> Report:
    """Runs benchmarks. After each of them the file holds what is known."""
    console, clock = Console(stderr=True), SystemClock()
    report = Report(moment(clock))
    for name in names:
        with console.status(f"measuring {name}"):
            try:
                report.figures[name] = list(benchmark(name)())
            except Exception as error:  # an hour's figures must not be lost for one of them
                console.print_exception()
                report.failures[name] = f"{type(error).__name__}: {error}"
        if file:
            write_report(report, moment(clock), file)
    return report


# argparse holds an empty list against `choices` as if it were one of them, so the type checks.
def _benchmark_name(name: str) -> str:
    if name not in BENCHMARKS:
        raise argparse.ArgumentTypeError(f"the benchmarks are {', '.join(BENCHMARKS)}")
    return name


def figures_table(figures: Sequence[Figure]) -> Table:
    """One row a figure; the ratio is what may be compared between machines."""
    table = Table(title="Figures and their floors", title_justify="left")
    table.add_column("figure")
    for column in ("median", "p99"):
        table.add_column(column, justify="right")
    table.add_column("unit")
    table.add_column("floor")
    for column in ("floor median", "ratio"):
        table.add_column(column, justify="right")
    table.add_column("note")
    for figure in figures:
        table.add_row(
            figure.name,
            _short(figure.median),
            _short(figure.p99),
            figure.unit,
            figure.floor_name,
            _short(figure.floor_median),
            f"{figure.ratio:.3g}",
            figure.note,
        )
    return table


def _benchmark(name: str) -> Measure:
    measure: Measure = importlib.import_module(f"tools.bench.{name}").measure
    return measure


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
