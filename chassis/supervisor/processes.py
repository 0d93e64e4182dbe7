"""Processes of this machine, told apart even when the kernel deals a number again."""

import contextlib
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

_PROC = Path("/proc")
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class ProcessId:
    """A process: its number, and when it began in ticks after the machine's start."""

    pid: int
    began_ticks: int


def identify_process(pid: int) -> ProcessId | None:
    """Returns the process that has the number now; None if there is none."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name in brackets may itself hold spaces and brackets: the fields begin after the last one.
    fields = stat.rpartition(")")[2].split()
    state, began = fields[0], int(fields[19])
    return None if state in "ZX" else ProcessId(pid, began)


def is_alive(process: ProcessId) -> bool:
    """Tells whether exactly this process still runs."""
    return identify_process(process.pid) == process


def end_processes(processes: Iterable[ProcessId], patience: timedelta) -> list[ProcessId]:
    """Waits for processes to end and kills those that do not; returns the killed ones."""
    left = list(processes)
    deadline = time.monotonic() + patience.total_seconds()
    while left and time.monotonic() < deadline:
        left = [process for process in left if is_alive(process)]
        time.sleep(_POLL_SECONDS if left else 0)
    for process in left:
        # It may have ended by itself since the last look.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    while any(is_alive(process) for process in left):
        time.sleep(_POLL_SECONDS)
    return left
