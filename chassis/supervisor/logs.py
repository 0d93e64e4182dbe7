"""The log file of one child: bounded, and readable to people where it must be shown."""

import json
import os
import shutil
from pathlib import Path

MOST_BYTES = 16 * 1024 * 1024
_TAIL_BYTES = 64 * 1024
# The first two are shown anyway; the others say what whoever reads the child's log knows.
_LEFT_OUT = frozenset({"level", "event", "time", "process", "replica", "trace_id"})


class ChildLog:
    """Collects what a child writes, in a file and one older file, each of bounded size.

    The child writes to the file itself, so that its last words land there even when the supervisor
    is gone and a slow supervisor never holds it up.
    """

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        self.path = path
        self._most_bytes = most_bytes
        self._begin = 0

    def open_for_run(self) -> int:
        """Returns a descriptor for the child's output, which the caller closes."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._begin = os.fstat(descriptor).st_size
        return descriptor

    def keep_bounded(self) -> None:
        """Moves the content to the older file once it is too long.

        The child keeps its descriptor: it appends, and so goes on at the start of the emptied file.
        What it writes between the copy and the cut is lost.
        """
        if not self.path.exists() or self.path.stat().st_size <= self._most_bytes:
            return
        older = os.open(
            self.path.with_suffix(".old.log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600
        )
        with self.path.open("rb") as content, os.fdopen(older, "wb") as copy:
            shutil.copyfileobj(content, copy)
        os.truncate(self.path, 0)
        self._begin = 0

    def last_lines(self, count: int) -> tuple[str, ...]:
        """Returns the end of what the child wrote since it was last started."""
        if not self.path.exists():
            return ()
        with self.path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(self._begin, end - _TAIL_BYTES))
            text = file.read().decode(errors="replace")
        lines = [line for line in text.splitlines() if line.strip()]
        return tuple(readable_line(line) for line in lines[-count:])


def readable_line(line: str) -> str:
    """Turns a JSON log line into `level event field=value`; other lines stay as they are."""
    try:
        fields = json.loads(line)
    except ValueError:
        return line
    if not isinstance(fields, dict) or "event" not in fields:
        return line
    rest = (f"{name}={value}" for name, value in fields.items() if name not in _LEFT_OUT)
    return " ".join((str(fields.get("level", "")), str(fields["event"]), *rest)).strip()
