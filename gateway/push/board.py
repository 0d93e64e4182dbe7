"""The states of a site as one reader follows them: from her place on, without a gap or a repeat."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable

from chassis.errors import Code, Refusal
from gateway.domain.feed import Changes, Position
from gateway.domain.topics import Kind, Topic
from gateway.push.feeds import Feed, first_links
from gateway.push.following import PlaceLostError
from gateway.push.views import View
from gateway.telemetry import PushMetrics

REPLAYED_CHANGES = 20_000

Replay = Callable[[str, Position], AsyncIterator[Changes]]
"""Streams a site's links after a place, from the owner; refuses with OUT_OF_RANGE what is not kept
any more, and a place ahead of the newest.
"""


class BoardFollowing:
    """Reads a feed from a place on; from now on without one.

    Who comes with a place older than the ring is brought up to it by the owner, once. The owner is
    asked as well about a place ahead of the feed: a snapshot may be newer than the feed, and what
    the owner does not know either is of before a restore.
    """

    def __init__(
        self, feed: Feed, view: View, place: Position | None, replay: Replay, metrics: PushMetrics
    ) -> None:
        self.topic = Topic(Kind.BOARD, feed.site)
        self.place = place
        self._feed = feed
        self._view = view
        self._replay = replay
        self._metrics = metrics
        self._missed: AsyncGenerator[tuple[Changes, ...], None] | None = None
        self._may_replay = True
        self._came_first = False
        self._wake: asyncio.Event

    def listen(self, wake: asyncio.Event) -> None:
        self._wake = wake
        self._came_first = self._feed.released is None
        self._feed.listeners.add(wake)

    async def next_frame(self) -> bytes | None:
        """Returns the next frame, None at the newest released place. Raises PlaceLostError."""
        released = self._feed.released
        if released is None or self.place is released:
            return None
        if self.place is None:
            # Whoever was there before the first link is told of it.
            self.place = (self._feed.start or released) if self._came_first else released
        if self._missed is not None or not self._is_known(self.place, released):
            frame = await self._catch_up(self.place)
            if frame is not None:
                return frame
        return self._frame_from_ring(self.place)

    async def close(self) -> None:
        self._feed.listeners.remove(self._wake)
        if self._missed is not None:
            await self._missed.aclose()

    def _is_known(self, place: Position, released: Position) -> bool:
        return place <= released and self._feed.holds(place)

    def _frame_from_ring(self, place: Position) -> bytes | None:
        """Passes over what is not for this reader."""
        self._may_replay = False
        while self._feed.holds(place):
            self.place, frame = self._feed.frame_after(place, self._view)
            if frame is not None or self.place == place:
                return frame
            place = self.place
        raise PlaceLostError(self.topic)

    async def _catch_up(self, place: Position) -> bytes | None:
        """Returns the next frame of what lies between the place and the ring; a reader who fell out
        of the ring gets nothing. Raises PlaceLostError for a place that the owner does not know.
        """
        if self._missed is None:
            if not self._may_replay:
                return None
            self._may_replay = False
            self._metrics.replays.inc()
            self._missed = _batches(self._replay(self._feed.site, place))
        try:
            async for links in self._missed:
                self.place, frame = self._feed.encode(links, self._view)
                if frame is not None:
                    return frame
        except Refusal as refusal:
            if refusal.code is not Code.OUT_OF_RANGE:
                raise
            raise PlaceLostError(self.topic) from refusal
        self._missed = None
        return None


async def _batches(links: AsyncIterator[Changes]) -> AsyncGenerator[tuple[Changes, ...], None]:
    """Gathers links to frames of the usual size; stops when so many came that a snapshot is
    cheaper.
    """
    batch: tuple[Changes, ...] = ()
    count = 0
    async for link in links:
        count += len(link.changes)
        if count > REPLAYED_CHANGES:
            return
        if batch and first_links((*batch, link)) == batch:
            yield batch
            batch = ()
        batch = (*batch, link)
    if batch:
        yield batch
