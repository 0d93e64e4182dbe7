"""The changes that are reported: agents of a busy floor, each in turn busy and online."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chassis.clock import SystemClock

BATCH_SIZE = 500
BUSY, ONLINE = 2, 1


@dataclass(frozen=True, slots=True)
class Change:
    """One change of state."""

    agent: str
    event_id: str
    state: int
    occurred_time: datetime
    contacts: tuple[str, ...]


def agents_of(site: str) -> list[str]:
    """The ids of a site's agents, as many as a batch has changes."""
    return [f"{site}-{number}" for number in range(BATCH_SIZE)]


def make_batches(site: str, count: int, run: str = "run") -> list[list[Change]]:
    """Makes batches in which each agent of a site changes once."""
    start = SystemClock().now().astimezone(UTC) - timedelta(minutes=5)
    return [
        [
            _change(agent, f"{run}-{batch}-{number}", batch, start)
            for number, agent in enumerate(agents_of(site))
        ]
        for batch in range(count)
    ]


def _change(agent: str, event_id: str, batch: int, start: datetime) -> Change:
    busy = batch % 2 == 0
    return Change(
        agent=f"agents/{agent}",
        event_id=event_id,
        state=BUSY if busy else ONLINE,
        occurred_time=start + timedelta(milliseconds=batch),
        contacts=(f"call-{event_id}",) if busy else (),
    )
