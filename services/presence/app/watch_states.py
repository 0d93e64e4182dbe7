"""The use case of watching a site: its links from a place on, none left out, none twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from chassis.errors import Code, Refusal
from services.presence.app.ports import SiteReader
from services.presence.app.site_feeds import SiteFeed, SiteFeeds
from services.presence.domain.entry import Place
from services.presence.domain.fate import Reason

MOST_WATCHES = 1_000
MOST_WATCHES_OF_CALLER = 50
CHECKPOINT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Step:
    """A place and the link that led there; without one nothing new came for a while."""

    place: Place
    payload: bytes | None = None


class WatchStates:
    """Serves watchers from the newest links, or from the record where those do not reach."""

    def __init__(
        self, sites: SiteReader, feeds: SiteFeeds, checkpoint: timedelta = CHECKPOINT
    ) -> None:
        self._sites = sites
        self._feeds = feeds
        self._checkpoint = checkpoint
        self._open: Counter[str] = Counter()

    async def __call__(self, site: str, after: Place | None, caller: str) -> AsyncIterator[Step]:
        """Yields what follows a place; from now on without one.

        Raises OUT_OF_RANGE/CURSOR_EXPIRED for a place that is no longer kept, and
        RESOURCE_EXHAUSTED/OVERLOADED when too many watch already, or the caller too often.
        """
        self._begin(caller)
        try:
            head = (await self._sites.read_coverage(site)).place
            feed = self._feeds.begin(head)
            place = after or head
            if place == head:
                yield Step(place)
            while True:
                async for step in self._advance(feed, place):
                    place = step.place
                    yield step
                if not await self._has_moved(feed, place):
                    yield Step(place)
        finally:
            self._end(caller)

    def _begin(self, caller: str) -> None:
        if self._open.total() >= MOST_WATCHES:
            raise _too_many(f"{MOST_WATCHES} watches are open here")
        if self._open[caller] >= MOST_WATCHES_OF_CALLER:
            raise _too_many(f"{MOST_WATCHES_OF_CALLER} watches of {caller} are open here")
        self._open[caller] += 1

    def _end(self, caller: str) -> None:
        self._open[caller] -= 1
        if not self._open[caller]:
            del self._open[caller]

    async def _advance(self, feed: SiteFeed, place: Place) -> AsyncIterator[Step]:
        links = feed.after(place)
        if links is None:
            async for payload in self._sites.replay(place):
                place = place._replace(seq=place.seq + 1)
                yield Step(place, payload)
            return
        for reached, payload in links:
            yield Step(reached, payload)

    async def _has_moved(self, feed: SiteFeed, place: Place) -> bool:
        """Tells whether something comes within the time of a checkpoint."""
        if place < feed.end:
            return True
        try:
            async with asyncio.timeout(self._checkpoint.total_seconds()):
                await feed.moved()
        except TimeoutError:
            return False
        return True


def _too_many(what: str) -> Refusal:
    return Refusal(
        Code.RESOURCE_EXHAUSTED,
        Reason.OVERLOADED,
        f"{what}; end one, or try again later.",
        retry_after=timedelta(seconds=5),
    )
