"""The open streams of this replica: how many there may be, and what concerns all of them."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from chassis.errors import Code, Refusal
from gateway.app.revocations import Revocations
from gateway.push.waking import Listeners

MOST_STREAMS = 200
"""How many streams one caller may have open at a replica: many walls of boards, and an end."""

_RETRY_AFTER = timedelta(seconds=10)


class OpenStreams:
    """Counts streams, ends them all, and makes them ask anew when somebody's access was taken."""

    def __init__(self, revocations: Revocations, *, most_streams: int) -> None:
        self.is_closed = False
        self._revocations = revocations
        self._most_streams = most_streams
        self._callers: Counter[str] = Counter()
        self._listeners = Listeners()

    @property
    def revocation_count(self) -> int:
        """How often somebody's access was taken at this replica."""
        return self._revocations.count

    def check_room(self, subject: str) -> None:
        """Refuses a caller who has too many streams open, and everybody while all places are
        taken.
        """
        if self._callers[subject] >= MOST_STREAMS:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_STREAMS",
                f"{subject} has {MOST_STREAMS} push streams open; close some",
                retry_after=_RETRY_AFTER,
            )
        if self._callers.total() >= self._most_streams:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                "STREAMS_FULL",
                f"{self._most_streams} push streams are open; come back later",
                retry_after=_RETRY_AFTER,
            )

    @contextmanager
    def counted(self, subject: str, wake: asyncio.Event) -> Iterator[None]:
        """Counts a stream for the time of the block; its event is set when it has to look up."""
        self._callers[subject] += 1
        self._listeners.add(wake)
        try:
            yield
        finally:
            self._listeners.remove(wake)
            self._callers[subject] -= 1
            if not self._callers[subject]:
                del self._callers[subject]

    def close(self) -> None:
        """Ends all streams, those that come later included."""
        self.is_closed = True
        self._listeners.tell()

    async def watch_revocations(self) -> None:
        """Wakes all streams whenever somebody's access was taken, until cancelled."""
        while True:
            await self._revocations.beyond(self.revocation_count)
            self._listeners.tell()
