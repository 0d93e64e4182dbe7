"""One reader's way through its topics: resume, follow, heartbeat, and the end."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from chassis.clock import Clock
from gateway.domain.topics import write_places
from gateway.push.following import Following, PlaceLostError
from gateway.push.frames import RETRY, heartbeat_frame, placed, resync_frame
from gateway.push.streams import OpenStreams
from gateway.telemetry import PushMetrics

HEARTBEAT = timedelta(seconds=10)
ACCESS_CHECK = timedelta(seconds=20)
"""Sessions are remembered for some time as well; both together stay below the minute in which a
stream ends whose caller lost her access at another replica.
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
    metrics: PushMetrics
    streams: OpenStreams
    rhythm: Rhythm = Rhythm()


class Reader:
    """Reads topics for one caller, given as the subject of her identity.

    They stand in the order asked for, None for one that was refused: events tell places of all.
    """

    def __init__(
        self,
        ground: Ground,
        subject: str,
        asked: Sequence[Following | None],
        still_allowed: StillAllowed,
    ) -> None:
        self._ground = ground
        self._subject = subject
        self._asked = asked
        self._followings = [one for one in asked if one]
        self._still_allowed = still_allowed
        self._wake = asyncio.Event()
        self._seen_revocations = ground.streams.revocation_count

    async def frames(self, first: Sequence[bytes] = ()) -> AsyncGenerator[bytes, None]:
        """Yields the stream's bytes until it has to end, the given frames behind the first
        heartbeat. Each frame is made when asked for, so that nothing piles up.
        """
        with self._ground.streams.counted(self._subject, self._wake):
            for following in self._followings:
                following.listen(self._wake)
                self._ground.metrics.topics.labels(following.topic.kind).inc()
            try:
                yield RETRY + self._heartbeat()
                for frame in first:
                    yield self._placed(frame)
                async with aclosing(self._follow()) as frames:
                    async for frame in frames:
                        yield frame
            except PlaceLostError as lost:
                self._ground.metrics.resyncs.inc()
                yield resync_frame(lost.topic, "BEHIND")
            finally:
                for following in self._followings:
                    self._ground.metrics.topics.labels(following.topic.kind).dec()
                    await following.close()

    async def _follow(self) -> AsyncGenerator[bytes, None]:
        rhythm = self._ground.rhythm
        with (
            _Due(rhythm.access_check, self._wake) as check,
            _Due(rhythm.heartbeat, self._wake) as beat,
        ):
            while await self._may_go_on(check):
                if beat.take():
                    yield self._heartbeat()
                is_idle = True
                for following in self._followings:
                    frame = await following.next_frame()
                    if frame is not None:
                        is_idle = False
                        self._ground.metrics.frames.inc()
                        yield self._placed(frame)
                if is_idle:
                    await self._wake.wait()
                    self._wake.clear()

    async def _may_go_on(self, check: "_Due") -> bool:
        """Asks when it is time, and whenever somebody's access was taken."""
        streams = self._ground.streams
        if streams.is_closed:
            return False
        if not check.take() and self._seen_revocations == streams.revocation_count:
            return True
        # Noted before asking, so that what is taken meanwhile makes it ask once more.
        self._seen_revocations = streams.revocation_count
        return await self._still_allowed()

    def _heartbeat(self) -> bytes:
        return self._placed(heartbeat_frame(self._ground.clock.now()))

    def _placed(self, frame: bytes) -> bytes:
        return placed(frame, write_places(one.place if one else None for one in self._asked))


class _Due:
    """Something to be done every so often; wakes its reader when it is time."""

    def __init__(self, every: timedelta, wake: asyncio.Event) -> None:
        self._every_seconds = every.total_seconds()
        self._wake = wake
        self._is_due = False

    def __enter__(self) -> Self:
        self._arm()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def take(self) -> bool:
        """Tells whether it is time, once; the next time is as far away again."""
        if not self._is_due:
            return False
        self._is_due = False
        self._arm()
        return True

    def _arm(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._every_seconds, self._ring)

    def _ring(self) -> None:
        self._is_due = True
        self._wake.set()
