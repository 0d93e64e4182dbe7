"""The use case of signing: each minute in which something was recorded, and when a day ends."""

from datetime import datetime, timedelta

from chassis.errors import Code, Refusal
from proof.checkpoint import Checkpoint, sign_checkpoint
from proof.following import ChainFollower
from proof.keys import Signing, is_forged
from proof.verify import StoredLink
from services.presence.app.record_ports import Chain, CheckpointStore
from services.presence.domain.entry import Place
from services.presence.domain.fate import Reason

PERIOD = timedelta(minutes=1)


def log_disagrees(site: str, seq: int) -> Refusal:
    """Refuses to certify a log that is not what was signed before."""
    return Refusal(
        Code.FAILED_PRECONDITION,
        Reason.LOG_DISAGREES,
        f"The log of site {site} does not agree with what was signed, from link {seq} on; run "
        "`muster verify log` and keep the exported daily roots.",
        metadata={"site": site, "seq": str(seq)},
    )


class Checkpoints:
    """Signs what the chains hold."""

    def __init__(self, chain: Chain, store: CheckpointStore, signing: Signing) -> None:
        self._chain = chain
        self._store = store
        self._signing = signing
        self._signed_times: dict[str, datetime] = {}
        self._signed: dict[str, Checkpoint] = {}

    async def keep(self, head: Place, now: datetime) -> None:
        """Signs a site's head unless that was done less than a minute ago."""
        signed_time = self._signed_times.get(head.site)
        if signed_time is None or now - signed_time >= PERIOD:
            # First, so that a log that disagrees is told once a minute too.
            self._signed_times[head.site] = now
            await self.sign_up_to(head)

    async def sign_up_to(self, place: Place) -> Checkpoint | None:
        """Returns a checkpoint at or behind a place, made if there is none yet.

        Refuses with LOG_DISAGREES if the links since the last checkpoint do not continue it:
        nothing is signed that was altered after it was signed.
        """
        last = await self._find_last(place.site)
        if last is not None and (last.epoch, last.seq) >= (place.epoch, place.seq):
            return last
        newest = await self._follow(last, place)
        if newest is None:
            return last
        checkpoint = sign_checkpoint(newest.link, self._signing)
        await self._store.add(checkpoint)
        self._signed[place.site] = checkpoint
        return checkpoint

    async def _find_last(self, site: str) -> Checkpoint | None:
        """Returns the newest checkpoint, also if somebody deleted it since this replica made it."""
        stored, made = await self._store.find_last(site), self._signed.get(site)
        if stored is not None and is_forged(stored, self._signing):
            raise log_disagrees(site, stored.seq)
        if stored is None or (made is not None and made.seq > stored.seq):
            return made
        return stored

    async def _follow(self, last: Checkpoint | None, place: Place) -> StoredLink | None:
        follower = ChainFollower(last.seq, last.link_hash) if last else ChainFollower()
        newest: StoredLink | None = None
        while follower.seq < place.seq:
            next_seq = follower.seq + 1
            links = await self._chain.list_links(place.site, next_seq, place.seq)
            broken = follower.find_break(links, with_entries=False) if links else next_seq
            if broken is not None:
                raise log_disagrees(place.site, broken)
            newest = links[-1]
        return newest
