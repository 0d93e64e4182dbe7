"""The place, people and demand of a twin: data, with a centre in three zones to begin with."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.domain.words import Channel


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue with those who serve it and those who wait there.

    `agent_ratio` is the share of the place's agents. Times are in seconds: of handling and wrap-up
    the median, of patience the mean. `load_ratio` is the work at the busiest hour over the people
    on shift then.
    """

    id: str
    channel: Channel
    agent_ratio: float
    handle_seconds: float
    wrap_up_seconds: float
    patience_seconds: float
    at_once: int = 1
    load_ratio: float = 0.72


@dataclass(frozen=True, slots=True)
class Place:
    """A site: its zone, its share of all agents, and its queues."""

    site: str
    zone: str
    agent_ratio: float
    queues: tuple[Queue, ...]


@dataclass(frozen=True, slots=True)
class Surge:
    """So many times the usual demand at a queue for a while."""

    queue: str
    start_time: datetime
    length: timedelta
    factor: float


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that decides a run, but for its first day."""

    places: tuple[Place, ...]
    agent_count: int = 200
    seed: str = "muster"
    surges: tuple[Surge, ...] = ()


def _queues(prefix: str) -> tuple[Queue, ...]:
    return (
        Queue(f"{prefix}-orders", Channel.CALL, 0.4, 190, 30, 90),
        Queue(f"{prefix}-support", Channel.CALL, 0.35, 280, 45, 120),
        Queue(f"{prefix}-chat", Channel.CHAT, 0.25, 420, 25, 150, at_once=2),
    )


THREE_ZONES = (
    Place("harbor", "Europe/Lisbon", 0.4, _queues("harbor")),
    Place("delta", "Asia/Shanghai", 0.35, _queues("delta")),
    Place("lakes", "America/Chicago", 0.25, _queues("lakes")),
)
"""Three sites whose mornings come one after another."""
