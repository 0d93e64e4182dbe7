"""How queues stand."""

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.queue import Queue
from services.dispatch.domain.service_level import StayCounts, service_level_ratio


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Who waits in a queue, and what became of the stays that began on the day; the lost ones were
    told to wait for longer than anybody does.
    """

    queue: Queue
    waiting: int
    oldest_enqueue_time: datetime | None
    counts: StayCounts
    lost: int = 0

    @property
    def next_loss_time(self) -> datetime | None:
        """From when on the one that waits longest is lost, None if nobody waits."""
        oldest = self.oldest_enqueue_time
        return None if oldest is None else oldest + self.queue.longest_wait

    @property
    def service_level_ratio(self) -> float | None:
        """The share in time by the queue's policy; None if there is nothing to divide by."""
        return service_level_ratio(
            self.counts,
            self.queue.policy,
            includes_other_leavers=self.queue.includes_other_leavers,
        )
