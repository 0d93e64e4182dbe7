"""What a supervisor is told about a program that it keeps running."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from chassis.embedded import Account
from chassis.supervisor.probes import Probe


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running."""

    name: str
    command: tuple[str, ...]
    probe: Probe
    """Tells whether the program is ready for those that need it."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """The whole environment: nothing of the supervisor's own is added."""
    needs: frozenset[str] = frozenset()
    """Names of the children that must be ready before this one starts."""
    run_as: Account | None = None
    """Whom the program runs as; the supervisor's own user if None."""
    prepare: Callable[[], None] | None = None
    """Called before each start, off the event loop, to clear what a crash left behind."""
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    """Sent by the kernel when the supervisor itself is killed."""
    stop_within: timedelta = timedelta(seconds=5)
    """The time to stop by itself before it is killed."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """What it serves, for people and for `status`: kind to `host:port`."""
