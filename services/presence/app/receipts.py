"""The use case of receipts: an agent takes home what proves her day."""

from dataclasses import dataclass, replace

from chassis.scope import Scope
from proof.checkpoint import Checkpoint, sign_checkpoint
from proof.daily_root import DailyRoot
from proof.entry import HashedEntry, decode_entry
from proof.following import ChainFollower
from proof.keys import Signing, is_forged
from proof.merkle import audit_path, leaf_hash
from proof.receipt import Opening, ProvenEntry, Receipt, ReceiptLink, RootPath
from proof.verify import StoredLink
from services.presence.app.checkpoints import Checkpoints, log_disagrees
from services.presence.app.directory import AgentDirectory
from services.presence.app.ports import Span
from services.presence.app.record_ports import RecordReaders
from services.presence.domain.entry import Place, microseconds_of


@dataclass(frozen=True, slots=True)
class ReceiptDay:
    """A day of an agent as some zone has it."""

    agent: str
    day: str
    zone: str
    span: Span


class Receipts:
    """Makes receipts of agents whom the caller may see."""

    def __init__(
        self,
        directory: AgentDirectory,
        readers: RecordReaders,
        checkpoints: Checkpoints,
        signing: Signing,
    ) -> None:
        self._directory = directory
        self._read = readers
        self._checkpoints = checkpoints
        self._signing = signing

    async def __call__(self, day: ReceiptDay, scope: Scope) -> Receipt:
        """Returns the receipt of a day; entries of a site that she left are in it too, for herself
        and whoever sees that site.

        Raises NOT_FOUND/UNKNOWN_AGENT also for an agent whom the caller may not see, and
        FAILED_PRECONDITION/LOG_DISAGREES rather than to certify what does not continue what was
        signed.
        """
        await self._directory.find_visible_site(day.agent, scope)
        seen = self._directory.sites_seen(day.agent, scope)
        named = await self._read.chain.list_seqs_naming(day.agent, day.span)
        places = [place for place in named if seen is None or place.site in seen]
        links: list[ReceiptLink] = []
        openings: dict[bytes, Opening] = {}
        for site in sorted({place.site for place in places}):
            own = [place for place in places if place.site == site]
            proven = await self._prove(own, day, openings)
            links += await self._rooted(proven)
        used = {digest for link in links for entry in link.entries for digest in _digests(entry)}
        kept = tuple(one for one in openings.values() if one.digest in used)
        return Receipt(day.agent, day.day, day.zone, kept, tuple(links))

    async def _prove(
        self, places: list[Place], day: ReceiptDay, openings: dict[bytes, Opening]
    ) -> list[ReceiptLink]:
        await self._ensure_followed(places[0], places[-1])
        proven = []
        for place in places:
            async for part in self._read.chain.read(place.site, place.seq, place.seq):
                openings |= {opening.digest: opening for opening in part.openings}
                proven += [self._proven_link(stored, day) for stored in part.links]
        return proven

    async def _ensure_followed(self, first: Place, last: Place) -> None:
        """Follows the chain from the checkpoint before the first link to the one behind the last.

        So nothing is certified that was altered since it was first signed.
        """
        end = await self._checkpoints.sign_up_to(last)
        end = await self._read.checkpoints.find_at_or_after(last.site, last.seq) or end
        start = await self._read.checkpoints.find_at_or_before(first.site, first.seq - 1)
        if end is None:
            raise log_disagrees(last.site, last.seq)
        follower = ChainFollower(start.seq, start.link_hash) if start else ChainFollower()
        while follower.seq < end.seq:
            next_seq = follower.seq + 1
            links = await self._read.chain.list_links(first.site, next_seq, end.seq)
            broken = follower.find_break(links, with_entries=False) if links else next_seq
            if broken is not None:
                raise log_disagrees(first.site, broken)
        self._ensure_signed(end, follower)

    def _ensure_signed(self, end: Checkpoint, follower: ChainFollower) -> None:
        if (end.seq, end.link_hash) != (follower.seq, follower.hash):
            raise log_disagrees(end.site, end.seq)
        if is_forged(end, self._signing):
            raise log_disagrees(end.site, end.seq)

    def _proven_link(self, stored: StoredLink, day: ReceiptDay) -> ReceiptLink:
        link = stored.link
        before = ChainFollower(link.seq - 1, link.previous_hash)
        if before.find_break([stored], with_entries=True) is not None:
            raise log_disagrees(link.site, link.seq)
        leaves = [leaf_hash(entry.raw) for entry in stored.entries]
        own = tuple(
            ProvenEntry(entry.position, entry.raw, tuple(audit_path(leaves, entry.position)))
            for entry in stored.entries
            if entry.agent == day.agent and _is_within(entry.raw, day.span)
        )
        return ReceiptLink(link, sign_checkpoint(link, self._signing), own)

    async def _rooted(self, links: list[ReceiptLink]) -> list[ReceiptLink]:
        """Returns the links with what proves them by the roots of days that are closed."""
        rooted = []
        hashes: dict[str, list[bytes]] = {}
        for held in links:
            link = held.link
            root = await self._read.roots.find_covering(Place(link.site, link.epoch, link.seq))
            if root is None:
                rooted.append(held)
                continue
            if root.name not in hashes:
                hashes[root.name] = await self._link_leaves(root)
            position = link.seq - root.first_seq
            path = tuple(audit_path(hashes[root.name], position))
            proof = RootPath(root.name, position, root.link_count, path)
            rooted.append(replace(held, root_path=proof))
        return rooted

    async def _link_leaves(self, root: DailyRoot) -> list[bytes]:
        leaves: list[bytes] = []
        next_seq = root.first_seq
        while len(leaves) < root.link_count:
            links = await self._read.chain.list_links(root.site, next_seq, root.last_seq)
            if not links:
                raise log_disagrees(root.site, next_seq)
            leaves += [leaf_hash(link.hash) for link in links]
            next_seq = links[-1].link.seq + 1
        return leaves


def _is_within(raw: bytes, span: Span) -> bool:
    occurred_us = decode_entry(raw).occurred_time_us
    return microseconds_of(span.start_time) <= occurred_us < microseconds_of(span.end_time)


def _digests(entry: ProvenEntry) -> set[bytes]:
    held: HashedEntry = decode_entry(entry.raw)
    return {held.agent_digest, held.actor_digest, held.details.text_digest}
