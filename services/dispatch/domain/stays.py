"""The stays of one contact in queues, while its events are folded."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.dispatch.domain.contact import QueueStay
from services.dispatch.domain.words import StayOutcome

_NO_TIME = timedelta(0)


class StayFold:
    """Takes events in their order; a contact waits in one queue at a time."""

    def __init__(self) -> None:
        self._left: list[QueueStay] = []
        self._open: QueueStay | None = None

    @property
    def is_waiting(self) -> bool:
        """Tells whether the contact waits in a queue."""
        return self._open is not None

    def enter(self, queue: str, at: datetime) -> None:
        """Begins a stay, unless the contact waits in that queue already."""
        if self._open is not None and self._open.queue == queue:
            return
        self._close(at, StayOutcome.OVERFLOWED)
        self._open = QueueStay(queue, at)

    def leave(
        self, at: datetime, outcome: StayOutcome, queue: str = "", wait: timedelta | None = None
    ) -> None:
        """Ends the stay in a queue (empty: in whichever). One that nobody told of is added: it
        began the stated wait earlier.
        """
        if not queue or (self._open is not None and self._open.queue == queue):
            self._close(at, outcome, wait)
            return
        entered = at - (wait or _NO_TIME)
        if self._open is not None:
            self._close(max(entered, self._open.enqueue_time), StayOutcome.OVERFLOWED)
        self._left.append(QueueStay(queue, entered, at, outcome, wait))

    def stays(self) -> tuple[QueueStay, ...]:
        """All stays in the order in which they began."""
        stays = [*self._left, *([self._open] if self._open is not None else [])]
        return tuple(sorted(stays, key=lambda stay: stay.enqueue_time))

    def _close(self, at: datetime, outcome: StayOutcome, wait: timedelta | None = None) -> None:
        if self._open is not None:
            waited = at - self._open.enqueue_time if wait is None else wait
            self._left.append(replace(self._open, leave_time=at, outcome=outcome, wait=waited))
            self._open = None
