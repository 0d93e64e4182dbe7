"""The pulse of presence: it marks each second that it is there, and notices clocks that jump."""

from datetime import timedelta

from services.presence.app.proofs import Elapsed
from services.presence.app.source_ports import WatchStore
from services.presence.domain.outage import Reading, is_clock_step
from services.presence.telemetry import SourceTelemetry


class Pulse:
    """One replica's part in it. While any replica lives, the marks of all sites stay young."""

    def __init__(self, store: WatchStore, elapsed: Elapsed, telemetry: SourceTelemetry) -> None:
        self._store = store
        self._elapsed = elapsed
        self._telemetry = telemetry
        self._last: Reading | None = None

    async def beat(self) -> None:
        """Marks that presence is there; called each second.

        If the database's clock was set, by the clock that only runs on here, all leases begin anew:
        what was written by the one cannot be compared with the other.
        """
        begun = self.elapsed()
        reading = Reading(await self._store.touch_marks(), begun, self.elapsed())
        if self._last is not None and is_clock_step(self._last, reading):
            self._telemetry.clock_stepped()
            await self._store.renew_all()
        self._last = reading

    def elapsed(self) -> timedelta:
        """Returns the time by the clock that only runs on."""
        return timedelta(seconds=self._elapsed())

    def is_steady(self, reading: Reading) -> bool:
        """Tells whether the database's clock went on as time did since the last beat."""
        return self._last is not None and not is_clock_step(self._last, reading)
