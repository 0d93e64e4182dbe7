"""What of each site's roster changed, for readers who fetch it again."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from enum import StrEnum

from gateway.domain.feed import Position
from gateway.domain.topics import Kind, Topic
from gateway.push.following import PlaceLostError
from gateway.push.frames import roster_frame
from gateway.push.waking import Listeners, Tick

TICK_SECONDS = 1.0

Knows = Callable[[str, Position], Awaitable[bool]]
"""Tells, asking the owner, whether a site has come to a place."""

_BEGINNING = Position(0, 0)


class Part(StrEnum):
    """A part of the roster, by its name on the wire."""

    PEOPLE = "PART_PEOPLE"
    SHIFTS = "PART_SHIFTS"


class RosterFeed:
    """Up to where each part of one site's roster changed. That is all that a reader needs to know,
    however long she was away.
    """

    def __init__(self, site: str, *, tick_seconds: float = TICK_SECONDS) -> None:
        self.topic = Topic(Kind.ROSTER, site)
        self.listeners = Listeners()
        self._tick = Tick(tick_seconds, self._release)
        self._begun: Position | None = None
        self._changed: dict[Part, Position] = {}
        self._released: Position | None = None

    @property
    def released(self) -> Position | None:
        """The newest place that readers may read; None until one is known."""
        return self._released

    def begin(self, position: Position) -> None:
        """Tells the place before which nothing is known: whoever stood there fetches all again."""
        self._begun = position
        self._changed.clear()
        self._tick.act()

    def touch(self, part: Part, position: Position) -> None:
        """Tells that a part changed at a place."""
        if self._begun is None:
            self._begun = position
        known = self._changed.get(part)
        if known is None or known < position:
            self._changed[part] = position
            self._tick.ask()

    def news_after(self, place: Position) -> Collection[Part]:
        """Returns the parts that changed after a place, as far as is released."""
        if self._begun is None or self._released is None or place >= self._released:
            return ()
        if place < self._begun:
            return tuple(Part)
        return [part for part, position in self._changed.items() if position > place]

    def _release(self) -> None:
        self._released = max(filter(None, (self._begun, *self._changed.values())))
        self.listeners.tell()


class RosterFeeds:
    """The rosters of all sites."""

    def __init__(self, *, tick_seconds: float = TICK_SECONDS) -> None:
        self._tick_seconds = tick_seconds
        self._feeds: dict[str, RosterFeed] = {}

    def of(self, site: str) -> RosterFeed:
        """Returns the feed of a site, named `sites/x`."""
        if site not in self._feeds:
            self._feeds[site] = RosterFeed(site, tick_seconds=self._tick_seconds)
        return self._feeds[site]


class RosterFollowing:
    """Tells one reader from a place on, or from now on, that there is something to fetch.

    The owner is asked once about a place ahead of the feed: another replica may have been further,
    and what the owner does not know either is of before a restore.
    """

    def __init__(self, feed: RosterFeed, place: Position | None, knows: Knows) -> None:
        self.place = place
        self._feed = feed
        self._knows = knows
        self._may_ask = True
        self._wake: asyncio.Event

    @property
    def topic(self) -> Topic:
        return self._feed.topic

    def listen(self, wake: asyncio.Event) -> None:
        self._wake = wake
        if self.place is None:
            # Of a roster that is not known yet everything is news.
            self.place = self._feed.released or _BEGINNING
        self._feed.listeners.add(wake)

    async def next_frame(self) -> bytes | None:
        released = self._feed.released
        place = self.place or _BEGINNING
        if released is not None and place > released:
            await self._check_ahead(place)
        if released is None or place >= released:
            return None
        parts = self._feed.news_after(place)
        self.place = released
        return roster_frame(self.topic.site, released, parts) if parts else None

    async def close(self) -> None:
        self._feed.listeners.remove(self._wake)

    async def _check_ahead(self, place: Position) -> None:
        if self._may_ask and not await self._knows(self.topic.site, place):
            raise PlaceLostError(self.topic)
        self._may_ask = False
