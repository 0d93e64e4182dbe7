"""Keeps a tree of programs running on one machine.

It starts them in the order of their needs, waits until each is ready, starts again what dies, and
stops all of them in reverse. No child outlives it: the kernel ends them when it is killed.
"""

from chassis.supervisor.child import Child
from chassis.supervisor.happenings import (
    ChildFailedError,
    Died,
    Happening,
    Ready,
    Started,
    Stopped,
)
from chassis.supervisor.supervisor import Supervisor

__all__ = [
    "Child",
    "ChildFailedError",
    "Died",
    "Happening",
    "Ready",
    "Started",
    "Stopped",
    "Supervisor",
]
