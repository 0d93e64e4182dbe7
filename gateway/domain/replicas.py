"""Replicas of processes: how each does, as those who run Muster see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gateway.domain.latencies import Latency


class ReplicaState(StrEnum):
    """How a replica does."""

    READY = "READY"
    NOT_READY = "NOT_READY"
    DRAINING = "DRAINING"
    SILENT = "SILENT"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: a check that fails, or with a code the call that did."""

    check: str
    message: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the moment, or a latency of late."""

    metric: str
    value: float | None = None
    latency: Latency | None = None


@dataclass(frozen=True, slots=True)
class Replica:
    """A replica of a process; of one that does not answer there is no more than its address."""

    process: str
    name: str
    state: ReplicaState
    version: str = ""
    start_time: datetime | None = None
    problems: Sequence[Problem] = ()
    figures: Sequence[Figure] = ()


def state_of(*, draining: bool, problems: Sequence[Problem]) -> ReplicaState:
    """Returns how a replica does that answers."""
    if draining:
        return ReplicaState.DRAINING
    return ReplicaState.NOT_READY if problems else ReplicaState.READY
