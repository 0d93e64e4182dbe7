"""One reader's way through a feed: resume, follow, heartbeat, and the end."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.domain.feed import Changes, Position
from gateway.push.feeds import Audience, Feed, encode, first_links
from gateway.push.frames import RETRY, heartbeat_frame, resync_frame
from gateway.telemetry import PushMetrics

HEARTBEAT = timedelta(seconds=10)
ACCESS_CHECK = timedelta(seconds=60)
REPLAYED_CHANGES = 20_000

Replay = Callable[[str, Position], AsyncIterator[Changes]]
"""Streams a site's links after a place, from the owner; refuses with OUT_OF_RANGE what is not kept
any more.
"""

StillAllowed = Callable[[], Awaitable[bool]]
"""Tells whether the reader may go on seeing what it sees."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a stream says that it lives, and asks whether its reader may go on."""

    heartbeat: timedelta = HEARTBEAT
    access_check: timedelta = ACCESS_CHECK


@dataclass(frozen=True, slots=True)
class Ground:
    """What all readers share."""

    clock: Clock
    replay: Replay
    metrics: PushMetrics
    rhythm: Rhythm = Rhythm()


class Reader:
    """Reads one feed for one audience from a place on; from now on without one."""

    def __init__(
        self,
        ground: Ground,
        feed: Feed,
        audience: Audience,
        position: Position | None,
        still_allowed: StillAllowed,
    ) -> None:
        self._ground = ground
        self._feed = feed
        self._audience = audience
        self._position = position
        self._still_allowed = still_allowed
        self._may_replay = True

    async def frames(self) -> AsyncGenerator[bytes, None]:
        """Yields the stream's bytes until it has to end. Each frame is made when asked for, so that
        nothing piles up.
        """
        yield RETRY + self._heartbeat()
        loop = asyncio.get_running_loop()
        heartbeat_at = loop.time() + self._ground.rhythm.heartbeat.total_seconds()
        check_at = loop.time() + self._ground.rhythm.access_check.total_seconds()
        while not self._feed.closed:
            if loop.time() >= check_at:
                check_at = loop.time() + self._ground.rhythm.access_check.total_seconds()
                if not await self._still_allowed():
                    return
            if loop.time() >= heartbeat_at:
                heartbeat_at = loop.time() + self._ground.rhythm.heartbeat.total_seconds()
                yield self._heartbeat()
            due = min(heartbeat_at, check_at)
            async for frame in self._advance(due):
                yield frame
                if frame.startswith(b"event: resync"):
                    return
            await self._wait(due)

    async def _advance(self, due: float) -> AsyncIterator[bytes]:
        """Yields what there is up to the newest released place; pauses when something else is due,
        since whoever reads slowly on a busy site never gets there.
        """
        while self._feed.released is not None:
            if self._position is None:
                self._position = self._feed.released
            if not self._feed.holds(self._position):
                async for missed in self._catch_up(self._position):
                    yield missed
                if not self._feed.holds(self._position):
                    yield self._resync("BEHIND")
                    return
                continue
            self._may_replay = False
            following, frame = self._feed.frame_after(self._position, self._audience)
            if following == self._position:
                return
            self._position = following
            if frame:
                self._ground.metrics.frames.inc()
                yield frame
            if asyncio.get_running_loop().time() >= due:
                return

    async def _catch_up(self, position: Position) -> AsyncIterator[bytes]:
        """Yields what lies between the place and the ring, from the owner; a reader who fell out of
        the ring gets nothing.
        """
        if not self._may_replay:
            return
        self._may_replay = False
        self._ground.metrics.replays.inc()
        try:
            async for links in _batches(self._ground.replay(self._feed.site, position)):
                self._position, frame = encode(self._feed.site, links, self._audience)
                if frame:
                    yield frame
        except Refusal as refusal:
            if refusal.code is not Code.OUT_OF_RANGE:
                raise

    async def _wait(self, until: float) -> None:
        try:
            async with asyncio.timeout_at(until):
                await self._feed.moved()
        except TimeoutError:
            return

    def _heartbeat(self) -> bytes:
        return heartbeat_frame(self._ground.clock.now(), self._position)

    def _resync(self, reason: str) -> bytes:
        self._ground.metrics.resyncs.inc()
        return resync_frame(f"board/{self._feed.site}", reason)


async def _batches(links: AsyncIterator[Changes]) -> AsyncIterator[tuple[Changes, ...]]:
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
