"""Takes up again what was set aside."""

from collections.abc import Callable

from chassis.clock import Clock
from gateway.app.source_ports import SourceEvents


class RetryEvents:
    """Makes the events of a source wait again that had unknown values or were refused."""

    def __init__(self, events: SourceEvents, clock: Clock, wake: Callable[[], None]) -> None:
        self._events = events
        self._clock = clock
        self._wake = wake

    async def __call__(self, source: str) -> int:
        """Returns how many those are."""
        count = await self._events.retry(source, self._clock.now())
        self._wake()
        return count
