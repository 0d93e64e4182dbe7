"""Clears what a killed supervisor or a killed database left behind."""

import os
import signal
from datetime import timedelta
from pathlib import Path

from chassis.supervisor.processes import end_processes, identify_process
from chassis.supervisor.runfile import Run

# The kernel told the children of a killed supervisor to stop: a database needs a moment for it.
_PATIENCE = timedelta(seconds=10)


def end_leftover_children(run: Run) -> list[str]:
    """Makes sure that no child of an earlier run lives; returns the names of those that had to be
    killed."""
    children = {child.process: child.name for child in run.children if child.process is not None}
    return [children[process] for process in end_processes(children, _PATIENCE)]


def clear_postmaster(data: Path) -> None:
    """Makes way for a database in the folder.

    PostgreSQL itself clears the `postmaster.pid` of a dead one. But it takes a foreign process that
    was dealt the number of the old one for a running database, and refuses to start: then the file
    is removed. A database that does run in the folder is stopped: whoever calls this holds the
    lock, so that nobody is left who watches it.
    """
    file = data / "postmaster.pid"
    try:
        pid = int(file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    process = identify_process(pid)
    if process is None:
        return
    if _works_in(pid, data):
        os.kill(pid, signal.SIGINT)
        end_processes([process], _PATIENCE)
    elif not any(_works_in(other, data) for other in _all_processes()):
        file.unlink(missing_ok=True)


def _all_processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").resolve() == folder.resolve()
    except OSError:
        return False
