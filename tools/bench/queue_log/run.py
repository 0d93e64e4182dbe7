"""Runs of a process of their own, so that each shows its own time and memory."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_KILOBYTES = 1024
_FLOOR = "import sys\nfor line in open(sys.argv[1]): line.split('|')"
# A process counts the memory of the one that began it as its own, and this one may have grown: so
# a small one stands between them.
_WITNESS = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


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
    witness = (sys.executable, "-c", _WITNESS, *command)
    told = subprocess.run(witness, stdout=subprocess.PIPE, check=True).stdout
    code, processor_seconds, peak_kilobytes = json.loads(told)
    if code:
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    return Run(processor_seconds, peak_kilobytes / _KILOBYTES)
