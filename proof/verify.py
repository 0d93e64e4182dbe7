"""Judges a site's chain link by link, by what left the reach of whoever could alter it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from proof.checkpoint import Checkpoint
from proof.daily_root import DailyRoot
from proof.keys import PublicKeys
from proof.link import Link
from proof.merkle import leaf_hash, root_of

LEAST_RETENTION = timedelta(days=35)
"""No policy of a site may drop younger entries: who does is no retention."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it is stored: its bytes, and the name that stands beside them."""

    position: int
    agent: str
    raw: bytes
    recorded_time: datetime


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as it is stored, with its stored hash and entries."""

    link: Link
    hash: bytes
    entries: tuple[StoredEntry, ...]


@dataclass(frozen=True, slots=True)
class Trusted:
    """What the verifier goes by: keys, exported roots, and the instant at which it looks."""

    keys: PublicKeys
    roots: Sequence[DailyRoot]
    now: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was signed or exported; `seq` is where it shows."""

    seq: int
    what: str


@dataclass
class SiteJudgement:
    """What was found of a site's chain."""

    site: str
    faults: list[Fault] = field(default_factory=list)
    differing_roots: list[DailyRoot] = field(default_factory=list)
    links: int = 0
    entries: int = 0
    dropped_links: int = 0
    first_kept: Link | None = None
    last_link: Link | None = None
    last_checkpoint: Checkpoint | None = None
    first_unsigned: Link | None = None
    """The first of the newest links, which no checkpoint signs yet."""

    last_root: DailyRoot | None = None
    proven_dropped: Checkpoint | None = None
    """The last checkpoint up to which entries are gone by retention, yet their links are proven."""

    restored: list[Link] = field(default_factory=list)
    """The first link of each epoch but the first: before it the log was restored from a backup."""

    good_seqs: list[int] = field(default_factory=list)
    """Where a checkpoint or root agrees."""

    def last_good_before(self, seq: int) -> int:
        """Returns the last place before a link up to which the chain is proven."""
        return max((good for good in self.good_seqs if good < seq), default=0)

    @property
    def is_valid(self) -> bool:
        """Whether nothing speaks against the log."""
        return not self.faults


class SiteVerifier:
    """Takes a site's links in order, from the first one, and judges them."""

    def __init__(
        self,
        site: str,
        trusted: Trusted,
        checkpoints: Sequence[Checkpoint],
        kept_from: date | None,
    ) -> None:
        """Make a verifier; `kept_from` is the day before which retention took the entries."""
        self._trusted = trusted
        self._kept_from = kept_from
        self._checkpoints = {one.seq: one for one in checkpoints}
        self._roots = {root.last_seq: root for root in trusted.roots if root.site == site}
        self._last: StoredLink | None = None
        self.judgement = SiteJudgement(site)
        self._check_retention()
        self._check_roots()

    def take(self, stored: StoredLink) -> None:
        """Judges the next link."""
        self._check_chain(stored)
        if self._is_dropped(stored):
            self.judgement.dropped_links += 1
        else:
            self._check_entries(stored)
        if self.judgement.first_unsigned is None:
            self.judgement.first_unsigned = stored.link
        self._check_checkpoint(stored)
        self._check_root(stored)
        self.judgement.links += 1
        self.judgement.last_link = stored.link
        self._last = stored

    def finish(self) -> SiteJudgement:
        """Returns the judgement after the last link."""
        last = self.judgement.last_link
        end = last.seq if last else 0
        for seq, root in sorted(self._roots.items()):
            if seq > end:
                self._blame(seq, f"the links of {root.day} up to {seq} are gone")
                self.judgement.differing_roots.append(root)
        for seq in sorted(seq for seq in self._checkpoints if seq > end):
            self._blame(seq, "the link of a checkpoint is gone")
        return self.judgement

    def _check_chain(self, stored: StoredLink) -> None:
        link, former = stored.link, self._last
        if former and link.epoch != former.link.epoch:
            self.judgement.restored.append(link)
        expected = former.link.seq + 1 if former else 1
        if link.seq != expected:
            self._blame(link.seq, f"link {expected} should stand here")
        if link.previous_hash != (former.hash if former else b""):
            self._blame(link.seq, "the link does not continue the one before it")
        if link.hash != stored.hash:
            self._blame(link.seq, "the hash of the link is not that of its content")

    def _is_dropped(self, stored: StoredLink) -> bool:
        recorded_day = stored.link.recorded_time.date()
        return self._kept_from is not None and recorded_day < self._kept_from

    def _check_entries(self, stored: StoredLink) -> None:
        link = stored.link
        if self.judgement.first_kept is None:
            self.judgement.first_kept = link
        self.judgement.entries += len(stored.entries)
        if len(stored.entries) != link.entry_count:
            self._blame(link.seq, f"{len(stored.entries)} entries of {link.entry_count} are there")
        elif root_of([leaf_hash(entry.raw) for entry in stored.entries]) != link.root:
            self._blame(link.seq, "the entries are not those that the link was made of")
        for entry in stored.entries:
            if entry.recorded_time != link.recorded_time:
                self._blame(link.seq, f"entry {entry.position} has another time of recording")

    def _check_checkpoint(self, stored: StoredLink) -> None:
        checkpoint = self._checkpoints.get(stored.link.seq)
        if checkpoint is None:
            return
        if not checkpoint.is_signed(self._trusted.keys):
            self._blame(stored.link.seq, "the signature of the checkpoint is not by a trusted key")
        elif not checkpoint.covers(stored.link):
            self._blame(stored.link.seq, "the link is not the one that was signed")
        else:
            self.judgement.last_checkpoint = checkpoint
            self.judgement.first_unsigned = None
            self.judgement.good_seqs.append(checkpoint.seq)
            if self._is_dropped(stored):
                self.judgement.proven_dropped = checkpoint

    def _check_root(self, stored: StoredLink) -> None:
        root = self._roots.get(stored.link.seq)
        if root is None:
            return
        if (root.epoch, root.last_hash) != (stored.link.epoch, stored.link.hash):
            self._blame(
                stored.link.seq, f"the chain is not the one of the daily root of {root.day}"
            )
            self.judgement.differing_roots.append(root)
        else:
            self.judgement.last_root = root
            self.judgement.good_seqs.append(root.last_seq)

    def _check_retention(self) -> None:
        if self._kept_from is None:
            return
        if self._trusted.now.date() - self._kept_from < LEAST_RETENTION:
            self._blame(0, f"entries before {self._kept_from} are gone, which no retention allows")

    def _check_roots(self) -> None:
        previous: DailyRoot | None = None
        for _, root in sorted(self._roots.items()):
            if not root.is_signed(self._trusted.keys):
                self._blame(root.last_seq, f"the root of {root.day} is not signed by a trusted key")
            if previous is not None and root.first_seq == previous.last_seq + 1:
                self._check_succession(previous, root)
            previous = root

    def _check_succession(self, previous: DailyRoot, root: DailyRoot) -> None:
        if root.previous_hash != previous.hash:
            self._blame(
                root.last_seq, f"the root of {root.day} does not continue that of {previous.day}"
            )

    def _blame(self, seq: int, what: str) -> None:
        self.judgement.faults.append(Fault(seq, what))
