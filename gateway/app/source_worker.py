"""Keeps a replica at work on the events of sources."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from structlog.typing import FilteringBoundLogger

from chassis.clock import Clock
from chassis.errors import Refusal
from gateway.app.deliver_events import DeliverEvents
from gateway.app.source_ports import SourceEvents
from gateway.telemetry import SOURCE_EVENTS_WAIT, SOURCE_WORKER_FAILED, SourceFigures

KEEP_DONE = timedelta(days=7)
KEEP_SET_ASIDE = timedelta(days=30)
# What this replica received wakes it; this is for what others left behind.
IDLE_SECONDS = 1.0
CARE_EVERY = timedelta(seconds=15)
DELETED_AT_ONCE = 5_000


class SourceWorker:
    """Works off events as they come, and deletes old ones. Any number of replicas may."""

    def __init__(
        self,
        deliver: DeliverEvents,
        events: SourceEvents,
        figures: SourceFigures,
        clock: Clock,
        log: FilteringBoundLogger,
    ) -> None:
        self._deliver = deliver
        self._events = events
        self._figures = figures
        self._clock = clock
        self._log = log
        self._woken = asyncio.Event()
        self._care_due: datetime | None = None

    def wake(self) -> None:
        """Tells that there is something to do."""
        self._woken.set()

    async def run(self) -> None:
        """Works until it is cancelled. A database that is away is waited for."""
        while True:
            self._woken.clear()
            took = 0
            try:
                took = await self._deliver()
                await self._care()
            except Refusal as refusal:
                self._log.warning(SOURCE_EVENTS_WAIT, why=str(refusal))
            except Exception as error:
                # The process serves much besides; the batch comes again when its lease has ended.
                self._log.error(SOURCE_WORKER_FAILED, exc_info=error)
            if not took:
                # The end of the wait is the time to look again.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE_SECONDS)

    async def _care(self) -> None:
        now = self._clock.now()
        if self._care_due is not None and now < self._care_due:
            return
        self._care_due = now + CARE_EVERY
        self._figures.pending.set(await self._events.count_pending())
        await self._events.delete_old(now - KEEP_DONE, now - KEEP_SET_ASIDE, DELETED_AT_ONCE)
