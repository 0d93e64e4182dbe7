"""Runs of a process of their own, so that each shows its own time and memory."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_KILOBYTES = 1024
_FLOOR = "import sys\nfor line in open(sys.argv[1]): line.split('|')"


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took of the processor, and its greatest memory.

    Wall time would tell how busy the machine is: one process reads a log on one processor.
    """

    processor_seconds: float
    peak_megabytes: float


def run_import(log: Path) -> Run:
    """Reads a log as `muster import queue-log` does, without a server."""
    words = ("import", "queue-log", str(log), "--dry-run", "--json")
    return _run((sys.executable, "-m", "cli", *words))


def run_floor(log: Path) -> Run:
    """Reads and splits the lines, and nothing else."""
    return _run((sys.executable, "-c", _FLOOR, str(log)))


def _run(command: Sequence[str]) -> Run:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _KILOBYTES)
