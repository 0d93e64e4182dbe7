"""Writes what a supervisor tells into the run file."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from chassis.supervisor.child import Child
from chassis.supervisor.happenings import Died, Happening, Ready, Started
from chassis.supervisor.processes import ProcessId, identify_process
from chassis.supervisor.runfile import Run, RunningChild, write_run


class RunRecord:
    """Keeps the run file true while its supervisor lives."""

    def __init__(self, file: Path, supervisor: ProcessId, urls: dict[str, str]) -> None:
        self._file = file
        self._run = Run(supervisor=supervisor, phase="starting", urls=urls, children=())
        write_run(file, self._run)

    def add(self, children: Iterable[Child]) -> None:
        """Adds children that are about to start."""
        added = tuple(
            RunningChild(name=child.name, phase="waiting", addresses=dict(child.addresses))
            for child in children
        )
        self._replace(replace(self._run, children=self._run.children + added))

    def tell(self, happening: Happening) -> None:
        """Takes in what happened to a child."""
        children = tuple(
            _after(child, happening) if child.name == happening.child else child
            for child in self._run.children
        )
        self._replace(replace(self._run, children=children))

    def enter(self, phase: str) -> None:
        """Takes in what the whole tree does."""
        self._replace(replace(self._run, phase=phase))

    def end(self) -> None:
        """Says that nothing runs any more."""
        self._file.unlink(missing_ok=True)

    def _replace(self, run: Run) -> None:
        self._run = run
        # Information only: a full disk must not keep a child from being started again.
        with contextlib.suppress(OSError):
            write_run(self._file, run)


def _after(child: RunningChild, happening: Happening) -> RunningChild:
    if isinstance(happening, Started):
        return replace(child, phase="starting", process=identify_process(happening.pid))
    if isinstance(happening, Ready):
        return replace(child, phase="ready")
    if isinstance(happening, Died):
        return replace(child, phase="restarting", process=None, restarts=child.restarts + 1)
    return replace(child, phase="stopped", process=None)
