"""The use case of closing days: a root for each day of each site, given to those outside."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from proof.checkpoint import sign_checkpoint
from proof.daily_root import DailyRoot, sign_root
from proof.following import ChainFollower
from proof.keys import Signing, is_forged
from proof.leaves import leaves_head, leaves_of_link
from proof.merkle import leaf_hash, root_of
from proof.verify import StoredLink
from services.presence.app.checkpoints import log_disagrees
from services.presence.app.record_ports import Chain, CheckpointStore, RootStore
from services.presence.domain.entry import Place

# A replica whose clock is behind may still record in the day that has ended.
CLOCK_MARGIN = timedelta(minutes=1)
PAUSE = timedelta(minutes=1)
"""How long after a day could not be closed it is tried again."""
_DAY = timedelta(days=1)


class DailyRoots:
    """Closes the days of sites."""

    def __init__(
        self, chain: Chain, roots: RootStore, checkpoints: CheckpointStore, signing: Signing
    ) -> None:
        self._chain = chain
        self._roots = roots
        self._checkpoints = checkpoints
        self._signing = signing
        self._closed: dict[str, date] = {}
        self._tried_times: dict[str, datetime] = {}

    async def close_days(self, head: Place, now: datetime) -> list[DailyRoot]:
        """Makes the roots of a site's days that have ended; days without links have none.

        Refuses with LOG_DISAGREES rather than to sign a day whose entries are not those of its
        links, or whose links do not continue the last root.
        """
        today = (now - CLOCK_MARGIN).date()
        tried = self._tried_times.get(head.site)
        if self._closed.get(head.site) == today or (tried is not None and now - tried < PAUSE):
            return []
        self._tried_times[head.site] = now
        made: list[DailyRoot] = []
        last = await self._roots.find_last(head.site)
        if last is not None and is_forged(last, self._signing):
            raise log_disagrees(head.site, last.last_seq)
        while (root := await self._close_next(head, last, today)) is not None:
            made.append(root)
            last = root
        self._closed[head.site] = today
        return made

    async def _close_next(
        self, head: Place, last: DailyRoot | None, today: date
    ) -> DailyRoot | None:
        first_seq = last.last_seq + 1 if last else 1
        links = await self._chain.list_links(head.site, first_seq, first_seq)
        if not links:
            return None
        link = links[0].link
        first = Place(link.site, link.epoch, link.seq)
        day = link.recorded_time.date()
        if last is not None:
            # A link that came late, by a clock that was behind, belongs to the day after; so does
            # one that was recorded on a day of which a root of the epoch before tells the start.
            day = max(day, last.day + _DAY)
        if day >= today:
            return None
        last_seq = await self._chain.find_last_before(first, _start_of(day + _DAY))
        return await self._make(first, last_seq or first.seq, day, last)

    async def _make(
        self, first: Place, last_seq: int, day: date, last: DailyRoot | None
    ) -> DailyRoot:
        content = _Content(first.site, day, first.epoch, last)
        async for part in self._chain.read(first.site, first.seq, last_seq):
            for stored in part.links:
                # Hashing takes its time, and reports must not wait for it.
                await asyncio.to_thread(content.take, stored)
        if content.follower.seq != last_seq or content.newest is None:
            raise log_disagrees(first.site, content.follower.seq + 1)
        root = sign_root(content.root(first.seq), self._signing)
        await self._checkpoints.add(sign_checkpoint(content.newest.link, self._signing))
        await self._roots.add(root)
        return root


async def leaves_of(chain: Chain, root: DailyRoot, previous_hash: bytes) -> AsyncIterator[bytes]:
    """Yields the bytes of the file of leaves of a root, from what the log holds now."""
    yield leaves_head(root.site, root.day.isoformat(), root.epoch, previous_hash)
    async for part in chain.read(root.site, root.first_seq, root.last_seq):
        yield await asyncio.to_thread(_leaves_of_all, part.links)


class _Content:
    """What a day's root is made of, taken link by link."""

    def __init__(self, site: str, day: date, epoch: int, last: DailyRoot | None) -> None:
        self.follower = ChainFollower(last.last_seq, last.last_hash) if last else ChainFollower()
        self.newest: StoredLink | None = None
        self._site, self._day, self._epoch = site, day, epoch
        self._previous_root = last.hash if last else b""
        self._hashes: list[bytes] = []
        self._entries = 0
        self._leaves = sha256(leaves_head(site, day.isoformat(), epoch, self.follower.hash))

    def take(self, stored: StoredLink) -> None:
        broken = self.follower.find_break([stored], with_entries=True)
        if broken is not None:
            raise log_disagrees(self._site, broken)
        self._leaves.update(_leaves(stored))
        self._hashes.append(leaf_hash(stored.hash))
        self._entries += len(stored.entries)
        self.newest = stored

    def root(self, first_seq: int) -> DailyRoot:
        return DailyRoot(
            site=self._site,
            day=self._day,
            epoch=self._epoch,
            first_seq=first_seq,
            last_seq=self.follower.seq,
            entry_count=self._entries,
            last_hash=self.follower.hash,
            links_root=root_of(self._hashes),
            previous_hash=self._previous_root,
            leaves_hash=self._leaves.digest(),
        )


def _leaves_of_all(links: Sequence[StoredLink]) -> bytes:
    return b"".join(map(_leaves, links))


def _leaves(stored: StoredLink) -> bytes:
    link = stored.link
    return leaves_of_link(
        link.seq, link.recorded_time, [leaf_hash(entry.raw) for entry in stored.entries]
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
