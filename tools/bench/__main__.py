"""Measures the figures that the goals are stated in, each beside its floor in the same run.

A benchmark is a package tools.bench.NAME with a function `measure() -> Sequence[Figure]`, which
starts and ends whatever it needs by itself.
"""

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.bench.figure import Figure

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
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("names", nargs="*", type=_benchmark_name, help="all if none is named")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    figures: list[Figure] = []
    for name in arguments.names or BENCHMARKS:
        with console.status(f"measuring {name}"):
            figures += _benchmark(name)()
    Console(width=140).print(figures_table(figures))
    if arguments.json:
        arguments.json.write_text(figures_json(figures), "utf-8")
    return 0


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


def figures_json(figures: Sequence[Figure]) -> str:
    """The figures with the machine that they were measured on."""
    machine = {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    content = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    return json.dumps(content, indent=2) + "\n"


def _benchmark(name: str) -> Callable[[], Sequence[Figure]]:
    measure: Callable[[], Sequence[Figure]] = importlib.import_module(f"tools.bench.{name}").measure
    return measure


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
