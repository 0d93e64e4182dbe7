"""What reading a queue log takes: lines a second of a processor, and the memory at its most.

A log of a million lines, as fifty agents in five queues would write it, is read and printed as JSON
by a process of its own. The floor reads and splits the same lines in bare Python.
"""

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.bench.figure import Figure, figure_from
from tools.bench.queue_log.log import write_log
from tools.bench.queue_log.run import Run, run_floor, run_import

LINES = 1_000_000
REPEATS = 3


def measure() -> Sequence[Figure]:
    """Writes the logs, reads them, and removes them."""
    with tempfile.TemporaryDirectory() as folder:
        whole = write_log(Path(folder) / "queue_log", LINES)
        tenth = write_log(Path(folder) / "queue_log.short", LINES // 10)
        runs = [run_import(whole) for _ in range(REPEATS)]
        floors = [run_floor(whole) for _ in range(REPEATS)]
        short = run_import(tenth)
    return (
        _rate_figure(runs, floors),
        figure_from(
            "queue log, most memory",
            "MB",
            [run.peak_megabytes for run in runs],
            floor_name="a tenth of the lines",
            floor_values=[short.peak_megabytes],
            note="of the process, at a million lines",
        ),
    )


def _rate_figure(runs: Sequence[Run], floors: Sequence[Run]) -> Figure:
    rates = [LINES / run.processor_seconds for run in runs]
    median = statistics.median(rates)
    floor_median = statistics.median(LINES / run.processor_seconds for run in floors)
    return Figure(
        name="queue log, a million lines",
        unit="lines/s",
        median=median,
        # Of a rate the bad end is the low one.
        p99=min(rates),
        floor_name="reading and splitting the lines",
        floor_median=floor_median,
        ratio=median / floor_median,
        note=f"of one processor, with the JSON; {REPEATS} times, and the worst",
    )
