"""Small programs for a supervisor to keep."""

import os
import sys
from pathlib import Path

from chassis.supervisor.child import Child
from chassis.supervisor.probes import Probe, always_ready

STEADY = "import signal; signal.pause()"
STUBBORN = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); open(FLAG, 'w'); "
    "[signal.pause() for _ in iter(int, 1)]"
)
FAULTY = "print('no space left on device'); raise SystemExit(3)"


def a_program(
    name: str,
    text: str,
    *,
    needs: tuple[str, ...] = (),
    probe: Probe = always_ready,
) -> Child:
    """A child that runs a few lines of Python."""
    return Child(
        name=name,
        command=(sys.executable, "-S", "-E", "-c", text),
        probe=probe,
        environment=dict(os.environ),
        needs=frozenset(needs),
    )


def written(file: Path) -> Probe:
    """Ready once the program has written its flag."""

    async def probe() -> str | None:
        return None if os.access(file, os.F_OK) else "has not written its flag"

    return probe
