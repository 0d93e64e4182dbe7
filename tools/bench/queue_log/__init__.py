"""What reading a queue log takes: lines a second, and the memory at its most.

A log of a million lines, as fifty agents in five queues would write it, is read and printed as JSON
by a process of its own. The floor reads and splits the same lines in bare Python.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.bench.figure import Figure, figure_from
from tools.bench.queue_log.log import write_log
from tools.bench.queue_log.run import run_floor, run_import

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
        figure_from(
            "queue log, a million lines",
            "lines/s",
            [LINES / run.seconds for run in runs],
            floor_name="reading and splitting the lines",
            floor_values=[LINES / run.seconds for run in floors],
            note=f"{REPEATS} times, with the JSON written",
        ),
        figure_from(
            "queue log, most memory",
            "MB",
            [run.peak_megabytes for run in runs],
            floor_name="a tenth of the lines",
            floor_values=[short.peak_megabytes],
            note="of the process, at a million lines",
        ),
    )
