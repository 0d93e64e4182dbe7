"""The file that tells other commands what runs in a folder, and the next start what ran."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from chassis.supervisor.processes import ProcessId


@dataclass(frozen=True, slots=True)
class RunningChild:
    """A child as its supervisor saw it last."""

    name: str
    phase: str
    """`waiting`, `starting`, `ready`, `restarting` or `stopped`."""
    process: ProcessId | None = None
    restarts: int = 0
    addresses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A supervisor and its children."""

    supervisor: ProcessId
    phase: str
    """`starting`, `ready` or `stopping`."""
    urls: dict[str, str]
    children: tuple[RunningChild, ...]


_ADAPTER = TypeAdapter(Run)


def write_run(file: Path, run: Run) -> None:
    """Replaces the file as a whole: a reader never sees half of it."""
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "wb") as out:
        out.write(_ADAPTER.dump_json(run, indent=2))
    draft.replace(file)


def read_run(file: Path) -> Run | None:
    """Reads the file; None if there is none or it cannot be understood."""
    try:
        return _ADAPTER.validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
