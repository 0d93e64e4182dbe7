"""Figures as they change: counted once a site for everybody who watches it."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextvars import Context
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.dispatch.app.ports import FiguresReader, SiteFigures
from services.dispatch.app.sites import SiteDirectory
from services.dispatch.domain.fate import Reason
from services.dispatch.domain.figures import QueueFigures
from services.dispatch.domain.queue import QueueKey
from services.dispatch.telemetry import DispatchTelemetry

LEAST_PAUSE_SECONDS = 0.25
# Counting takes a fifth of the time at most, however large the site.
_PAUSE_FOR_WORK = 4.0
_AFTER_FAILURE_SECONDS = 1.0


class LiveFigures:
    """Lets many watch the figures of sites. What changed is told at most every 250 ms."""

    def __init__(
        self,
        sites: SiteDirectory,
        reader: FiguresReader,
        clock: Clock,
        telemetry: DispatchTelemetry,
        *,
        most_watches: int,
    ) -> None:
        self._sites = sites
        self._reader = reader
        self._clock = clock
        self._telemetry = telemetry
        self._most_watches = most_watches
        self._watched: dict[str, _WatchedSite] = {}
        self._count = 0

    def touch(self, site: str) -> None:
        """Says that something of a site changed."""
        if site in self._watched:
            self._watched[site].touch()

    def close(self) -> None:
        """Ends every watch; who watches comes back to another replica."""
        for watched in self._watched.values():
            watched.end()

    async def watch(
        self, site: str, queues: Collection[str], scope: Scope
    ) -> AsyncIterator[SiteFigures]:
        """Yields all figures, then those that change, of queues or of all of the site.

        Refuses with UNKNOWN_SITE, and with OVERLOADED when too many watch.
        """
        await self._sites.require_site(site, scope)
        watched = self._join(site)
        try:
            told: SiteFigures | None = None
            while (now := await watched.after(told)) is not None:
                changed = _changed(told, now, queues)
                if told is None or changed:
                    yield replace(now, figures=changed)
                told = now
        finally:
            await self._leave(site, watched)

    async def read(self, site: str) -> SiteFigures:
        """Counts all queues of a site."""
        day = await self._sites.today(site)
        return await self._reader.read_figures(day, self._clock.now(), site, ())

    def seconds_left(self, figures: SiteFigures) -> float:
        """Returns how long the figures hold if nothing happens: the day ends, or a wait is lost."""
        losses = (it.next_loss_time for it in figures.figures)
        ends = min((figures.day.end_time, *(time for time in losses if time is not None)))
        return max((ends - self._clock.now()).total_seconds(), 0.0)

    def failed(self, site: str, error: Exception) -> None:
        """Notes that a site could not be counted."""
        self._telemetry.figures_failed(site, error)

    def _join(self, site: str) -> "_WatchedSite":
        if self._count >= self._most_watches:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                Reason.OVERLOADED,
                f"{self._count} watches are open; come again later.",
                retry_after=timedelta(seconds=5),
            )
        if site not in self._watched:
            self._watched[site] = _WatchedSite(self, site)
        self._count_watch(1)
        self._watched[site].watch_count += 1
        return self._watched[site]

    async def _leave(self, site: str, watched: "_WatchedSite") -> None:
        self._count_watch(-1)
        watched.watch_count -= 1
        if not watched.watch_count:
            del self._watched[site]
            await watched.stop()

    def _count_watch(self, change: int) -> None:
        self._count += change
        self._telemetry.watches.set(self._count)


class _WatchedSite:
    """The latest figures of one site, counted again when it was touched, and when time alone
    changes them.
    """

    def __init__(self, live: LiveFigures, site: str) -> None:
        self.watch_count = 0
        self._live = live
        self._site = site
        self._latest: SiteFigures | None = None
        self._touched = asyncio.Event()
        self._news = asyncio.Event()
        self._ended = False
        # Not in the context of the first watch: its caller and deadline are not everybody's.
        self._task = asyncio.create_task(self._run(), context=Context())

    def touch(self) -> None:
        self._touched.set()

    def end(self) -> None:
        self._ended = True
        self._tell()

    async def after(self, told: SiteFigures | None) -> SiteFigures | None:
        """Waits for other figures than those told; None when the watch ends."""
        while self._latest is told and not self._ended:
            await self._news.wait()
        return None if self._ended else self._latest

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            self._touched.clear()
            start = perf_counter()
            try:
                self._latest = await self._live.read(self._site)
            except Exception as error:  # whoever watches stays, and sees it when it passes
                self._live.failed(self._site, error)
                await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                continue
            self._tell()
            work_seconds = perf_counter() - start
            await asyncio.sleep(max(LEAST_PAUSE_SECONDS, _PAUSE_FOR_WORK * work_seconds))
            await self._wait(self._live.seconds_left(self._latest))

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._touched.wait()
        except TimeoutError:
            # Nothing happened for so long: the time itself changes the figures.
            pass

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


def _changed(
    told: SiteFigures | None, now: SiteFigures, queues: Collection[str]
) -> tuple[QueueFigures, ...]:
    """Returns the wanted figures that differ from those told; on another day, all of them."""
    wanted = [it for it in now.figures if not queues or it.queue.key.queue in queues]
    if told is None or told.day != now.day:
        return tuple(wanted)
    known: dict[QueueKey, QueueFigures] = {it.queue.key: it for it in told.figures}
    return tuple(it for it in wanted if known.get(it.queue.key) != it)
