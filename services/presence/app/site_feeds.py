"""The newest published links of each site, within a bound, for those who watch it."""

import asyncio
from collections import deque

from services.presence.domain.entry import Place

RING_BYTES = 1024 * 1024


class SiteFeed:
    """Consecutive links of one site up to the newest.

    Watchers come for what they lack; nothing is queued for them, so that a slow one costs nothing.
    """

    def __init__(self, start: Place, most_bytes: int = RING_BYTES) -> None:
        self._start = start
        self._most_bytes = most_bytes
        self._links: deque[tuple[Place, bytes]] = deque()
        self._size = 0
        self._moved = asyncio.Event()

    @property
    def end(self) -> Place:
        """The newest place."""
        return self._links[-1][0] if self._links else self._start

    def append(self, place: Place, payload: bytes) -> None:
        """Adds a link; one that does not follow begins the feed anew."""
        if place != self.end._replace(seq=self.end.seq + 1):
            self._links.clear()
            self._size = 0
            self._start = place._replace(seq=place.seq - 1)
        self._links.append((place, payload))
        self._size += len(payload)
        while self._size > self._most_bytes and len(self._links) > 1:
            self._start, oldest = self._links.popleft()
            self._size -= len(oldest)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def after(self, place: Place) -> list[tuple[Place, bytes]] | None:
        """Returns the links after a place, or None if not all of them are here."""
        is_here = self._start.seq <= place.seq <= self.end.seq
        if place.epoch != self._start.epoch or not is_here:
            return None
        missing = self.end.seq - place.seq
        return list(self._links)[-missing:] if missing else []

    async def moved(self) -> None:
        """Waits for the next link."""
        await self._moved.wait()


class SiteFeeds:
    """The feeds of all sites that were ever told of."""

    def __init__(self) -> None:
        self._feeds: dict[str, SiteFeed] = {}

    def begin(self, place: Place) -> SiteFeed:
        """Returns the feed of a place's site; a new one begins there."""
        return self._feeds.setdefault(place.site, SiteFeed(place))

    def append(self, place: Place, payload: bytes) -> None:
        """Adds a link to the feed of its site."""
        self.begin(place._replace(seq=place.seq - 1)).append(place, payload)
