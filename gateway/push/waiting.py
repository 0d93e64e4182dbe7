"""How the queues of each site stand: one watch of their owner for all readers of a site."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from contextvars import Context

from muster.dispatch.v1.queue_pb2 import SiteQueueFigures

from chassis.cancelling import cancel_all
from chassis.errors import Refusal
from chassis.fields import readable
from gateway.domain.topics import Kind, Topic
from gateway.push.frames import missing_frame, waiting_frame
from gateway.push.waking import Listeners, Tick

TICK_SECONDS = 1.0
_PAUSE_SECONDS = 1.0

Watch = Callable[[str], AsyncGenerator[SiteQueueFigures, None]]
"""Streams the figures of a site from their owner: first all, then those that changed."""


class WaitingFeed:
    """The figures of one site as they are now. A reader who comes late or slowly gets the newest;
    what was in between is of no use to anybody.
    """

    place = None

    def __init__(self, site: str, watch: Watch, *, tick_seconds: float = TICK_SECONDS) -> None:
        self.topic = Topic(Kind.WAITING, site)
        self.version = 0
        self._listeners = Listeners()
        self._watch = watch
        self._tick = Tick(tick_seconds, self._release)
        self._figures: SiteQueueFigures | None = None
        self._missing = ""
        self._frames: dict[frozenset[str], bytes | None] = {}
        self._watching: asyncio.Task[None] | None = None

    def join(self, wake: asyncio.Event) -> None:
        """Wakes one more reader; the first one begins the watch."""
        self._listeners.add(wake)
        if self._watching is None:
            # Not in the context of the first reader: its caller and deadline are not everybody's.
            watching = self._run()
            self._watching = asyncio.create_task(watching, name="queue watch", context=Context())

    async def leave(self, wake: asyncio.Event) -> None:
        """Wakes one reader less; the last one ends the watch."""
        self._listeners.remove(wake)
        if self._listeners or self._watching is None:
            return
        watching, self._watching = self._watching, None
        self._figures, self._missing = None, ""
        self._frames.clear()
        self._tick.cancel()
        await cancel_all({watching})

    def frame(self, permissions: frozenset[str]) -> bytes | None:
        """Returns how things stand, for readers with those permissions; None if nobody knows."""
        if permissions not in self._frames:
            self._frames[permissions] = self._encode(permissions)
        return self._frames[permissions]

    def _encode(self, permissions: frozenset[str]) -> bytes | None:
        if self._missing:
            return missing_frame(self.topic, self._missing)
        if self._figures is None:
            return None
        return waiting_frame(readable(self._figures, permissions))

    async def _run(self) -> None:
        while True:
            try:
                async with aclosing(self._watch(self.topic.site)) as watch:
                    await self._follow(watch)
            except Refusal as refusal:
                self._take(self._figures, refusal.reason)
            # A watch ends after some minutes, and when its owner leaves.
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _follow(self, watch: AsyncGenerator[SiteQueueFigures, None]) -> None:
        known: SiteQueueFigures | None = None
        async for told in watch:
            known = told if known is None else joined(known, told)
            self._take(known, "")

    def _take(self, figures: SiteQueueFigures | None, missing: str) -> None:
        if (figures, missing) != (self._figures, self._missing):
            self._figures, self._missing = figures, missing
            self._tick.ask()

    def _release(self) -> None:
        self.version += 1
        self._frames.clear()
        self._listeners.tell()


class WaitingFeeds:
    """The figures of all sites that somebody follows."""

    def __init__(self, watch: Watch, *, tick_seconds: float = TICK_SECONDS) -> None:
        self._watch = watch
        self._tick_seconds = tick_seconds
        self._feeds: dict[str, WaitingFeed] = {}

    def of(self, site: str) -> WaitingFeed:
        """Returns the figures of a site, named `sites/x`."""
        if site not in self._feeds:
            self._feeds[site] = WaitingFeed(site, self._watch, tick_seconds=self._tick_seconds)
        return self._feeds[site]


class WaitingFollowing:
    """Gives one reader the newest figures whenever they changed."""

    place = None

    def __init__(self, feed: WaitingFeed, permissions: frozenset[str]) -> None:
        self._feed = feed
        self._permissions = permissions
        self._told_version = 0
        self._wake: asyncio.Event

    @property
    def topic(self) -> Topic:
        return self._feed.topic

    def listen(self, wake: asyncio.Event) -> None:
        self._wake = wake
        self._feed.join(wake)

    async def next_frame(self) -> bytes | None:
        if self._told_version == self._feed.version:
            return None
        self._told_version = self._feed.version
        return self._feed.frame(self._permissions)

    async def close(self) -> None:
        await self._feed.leave(self._wake)


def joined(known: SiteQueueFigures, told: SiteQueueFigures) -> SiteQueueFigures:
    """Returns all figures after some of them changed. On another day all are told."""
    if known.day != told.day:
        return told
    figures = {one.queue: one for one in (*known.figures, *told.figures)}
    whole = SiteQueueFigures(cursor=told.cursor, day=told.day, time_zone=told.time_zone)
    whole.figures.extend(figures[queue] for queue in sorted(figures))
    return whole
