"""What the bus tells about each site, released to readers in ticks."""

import asyncio

from gateway.domain.feed import Changes, Position, Ring, merge
from gateway.push.frames import states_frame

TICK_SECONDS = 0.25
FRAME_CHANGES = 2000
# Readers who keep up stand at one or two places; who comes from far behind passes the others once.
KEPT_FRAMES = 64

Audience = frozenset[str] | None
"""Whose rows a reader sees: None for the whole site, otherwise single agents."""


class Feed:
    """One site: the ring of its newest links, and the place up to which readers may read.

    Readers come for what they lack; nothing is queued for them. So a slow reader costs no memory,
    and all who see the whole site from the same place on get the same bytes.
    """

    def __init__(self, site: str, *, tick_seconds: float = TICK_SECONDS) -> None:
        self.site = site
        self._tick_seconds = tick_seconds
        self._ring: Ring | None = None
        self._released: Position | None = None
        self._released_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None
        self._moved = asyncio.Event()
        self.closed = False
        self._frames: dict[Position, tuple[Position, bytes | None]] = {}

    @property
    def released(self) -> Position | None:
        """The newest place that readers may read; None until the place of the site is known."""
        return self._released

    def begin(self, position: Position) -> None:
        """Tells the place from which on the bus is followed."""
        if self._ring is None:
            self._ring = Ring(position)
            self._release(self._ring)

    def append(self, link: Changes) -> None:
        """Adds the next link of the site and releases it with the next tick."""
        if self._ring is None:
            self._ring = Ring(Position(link.position.epoch, link.position.seq - 1))
        self._ring.append(link)
        if self._timer is None:
            loop = asyncio.get_running_loop()
            due = self._released_at + self._tick_seconds
            self._timer = loop.call_at(due, self._release, self._ring)

    def lose(self) -> None:
        """Forgets the place: what comes next does not follow what was. Whoever stood before it has
        to fetch a snapshot.
        """
        self._ring = None
        self._released = None
        self._cancel_timer()

    def close(self) -> None:
        """Ends all readers."""
        self.closed = True
        self._cancel_timer()
        self._moved.set()

    def holds(self, position: Position) -> bool:
        """Tells whether a reader at that place can go on from the ring."""
        return self._ring is not None and self._ring.holds(position)

    def frame_after(self, position: Position, audience: Audience) -> tuple[Position, bytes | None]:
        """Returns the next place and the frame that leads there; no frame if nothing there is for
        that audience.

        The place must be held.
        """
        if audience is not None:
            return self._make_frame(position, audience)
        if position not in self._frames:
            if len(self._frames) >= KEPT_FRAMES:
                self._frames.clear()
            self._frames[position] = self._make_frame(position, None)
        return self._frames[position]

    async def moved(self) -> None:
        """Waits for the next release."""
        await self._moved.wait()

    def _make_frame(self, position: Position, audience: Audience) -> tuple[Position, bytes | None]:
        links: tuple[Changes, ...] = ()
        if self._ring is not None and self._released is not None:
            links = self._ring.after(position, self._released)
        if not links:
            return position, None
        return encode(self.site, first_links(links), audience)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _release(self, ring: Ring) -> None:
        self._timer = None
        self._released = ring.end
        self._released_at = asyncio.get_running_loop().time()
        self._frames.clear()
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


class Feeds:
    """The feeds of all sites."""

    def __init__(self, *, tick_seconds: float = TICK_SECONDS) -> None:
        self._tick_seconds = tick_seconds
        self._feeds: dict[str, Feed] = {}
        self._closed = False

    def of(self, site: str) -> Feed:
        """Returns the feed of a site, named `sites/x`."""
        if site not in self._feeds:
            self._feeds[site] = feed = Feed(site, tick_seconds=self._tick_seconds)
            feed.closed = self._closed
        return self._feeds[site]

    def close(self) -> None:
        """Ends all readers of all sites, those that come later included."""
        self._closed = True
        for feed in self._feeds.values():
            feed.close()


def first_links(links: tuple[Changes, ...]) -> tuple[Changes, ...]:
    """Returns as many of the first links as one frame takes; at least one."""
    count = 0
    for place, link in enumerate(links):
        count += len(link.changes)
        if count > FRAME_CHANGES and place > 0:
            return links[:place]
    return links


def encode(
    site: str, links: tuple[Changes, ...], audience: Audience
) -> tuple[Position, bytes | None]:
    """Returns the place after the links and their frame; no frame if nothing in them is for that
    audience.
    """
    changes = merge(links)
    seen = changes if audience is None else changes.only(audience)
    return changes.position, states_frame(site, seen) if seen.changes else None
