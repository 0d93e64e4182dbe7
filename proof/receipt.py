"""Receipts: one agent's entries of a day with what proves them, checked without anybody's help."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from proof.checkpoint import Checkpoint
from proof.daily_root import DailyRoot
from proof.encoding import DamagedBytesError, instant_of, salted_digest
from proof.entry import HashedEntry, decode_entry
from proof.keys import PublicKeys
from proof.link import Link
from proof.merkle import leaf_hash, root_by_path


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens a digest; without a salt it was erased, and the value is a pseudonym or empty."""

    digest: bytes
    value: str
    salt: bytes

    @property
    def is_erased(self) -> bool:
        """Whether nothing can show any more what the digest stands for."""
        return not self.salt

    @property
    def is_true(self) -> bool:
        """Whether salt and value give the digest."""
        return not self.is_erased and salted_digest(self.salt, self.value) == self.digest


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """The bytes of an entry, and the audit path from it to the root of its link."""

    position: int
    raw: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class RootPath:
    """The audit path from a link's hash to the root over the links of a day."""

    daily_root: str
    position: int
    link_count: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ReceiptLink:
    """A link with those of its entries that name the agent."""

    link: Link
    checkpoint: Checkpoint
    entries: tuple[ProvenEntry, ...]
    root_path: RootPath | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of an agent's day."""

    agent: str
    day: str
    zone: str
    openings: tuple[Opening, ...]
    links: tuple[ReceiptLink, ...]

    def opened(self, digest: bytes) -> str | None:
        """Returns what a digest stands for, or None if nothing shows it."""
        return next(
            (one.value for one in self.openings if one.digest == digest and one.is_true), None
        )


@dataclass(frozen=True, slots=True)
class ReceiptJudgement:
    """What a receipt proves: its faults, its entries in their order, and how it is held.

    It proves that these entries were recorded, not that there are no others.
    """

    faults: tuple[str, ...]
    entries: tuple[HashedEntry, ...]
    rooted_links: int
    """How many links the daily roots at hand prove; the others rest on the signature alone."""


def judge_receipt(
    receipt: Receipt, keys: PublicKeys, roots: Sequence[DailyRoot]
) -> ReceiptJudgement:
    """Checks all that a receipt claims, by the keys and roots that the caller trusts."""
    faults = [
        f"the opening of {opening.value!r} does not fit its digest"
        for opening in receipt.openings
        if not opening.is_true and not opening.is_erased
    ]
    places = [(held.link.site, held.link.epoch, held.link.seq) for held in receipt.links]
    if len(set(places)) < len(places):
        faults.append("a link stands in it twice")
    entries: list[HashedEntry] = []
    rooted = 0
    known = {root.name: root for root in roots}
    for held in receipt.links:
        faults += _link_faults(held, keys)
        found, wrong = _entries_of(held, receipt)
        entries += found
        faults += wrong
        root = known.get(held.root_path.daily_root) if held.root_path else None
        if root is not None:
            faults += _root_faults(held, root, keys)
            rooted += 1
    ordered = sorted(entries, key=lambda entry: (entry.occurred_time_us, entry.source_sequence))
    return ReceiptJudgement(tuple(faults), tuple(ordered), rooted)


def _link_faults(held: ReceiptLink, keys: PublicKeys) -> list[str]:
    name = _name_of(held.link)
    if not held.checkpoint.covers(held.link):
        return [f"{name}: the signature is over another link"]
    if not held.checkpoint.is_signed(keys):
        return [f"{name}: the signature is not by the given key"]
    return []


def _entries_of(held: ReceiptLink, receipt: Receipt) -> tuple[list[HashedEntry], list[str]]:
    entries: list[HashedEntry] = []
    faults = []
    for proven in held.entries:
        name = f"{_name_of(held.link)}, entry {proven.position}"
        root = root_by_path(
            leaf_hash(proven.raw), proven.position, held.link.entry_count, proven.path
        )
        if root != held.link.root:
            faults.append(f"{name}: the entry is not in the link")
            continue
        try:
            entry = decode_entry(proven.raw)
        except DamagedBytesError as error:
            faults.append(f"{name}: {error}")
            continue
        faults += [f"{name}: {fault}" for fault in _label_faults(entry, receipt)]
        entries.append(entry)
    return entries, faults


def _label_faults(entry: HashedEntry, receipt: Receipt) -> list[str]:
    """Tells what of the receipt's own words, which nobody signed, the entry does not bear out."""
    faults = []
    if receipt.opened(entry.agent_digest) != receipt.agent:
        faults.append(f"the entry does not name {receipt.agent}")
    if _day_in(receipt.zone, entry.occurred_time_us) != receipt.day:
        faults.append(f"the entry is not of {receipt.day} ({receipt.zone})")
    return faults


def _day_in(zone: str, microseconds: int) -> str | None:
    try:
        return instant_of(microseconds).astimezone(ZoneInfo(zone)).date().isoformat()
    except (ZoneInfoNotFoundError, ValueError, OverflowError, IsADirectoryError):
        return None


def _root_faults(held: ReceiptLink, root: DailyRoot, keys: PublicKeys) -> list[str]:
    name = _name_of(held.link)
    path = held.root_path
    if not root.is_signed(keys):
        return [f"{name}: the signature of the daily root is not by the given key"]
    if path is None or path.link_count != root.link_count:
        return [f"{name}: the receipt is of another daily root"]
    reached = root_by_path(leaf_hash(held.link.hash), path.position, path.link_count, path.path)
    if (held.link.seq, reached) != (root.first_seq + path.position, root.links_root):
        return [f"{name}: the link is not in the daily root of {root.day}"]
    return []


def _name_of(link: Link) -> str:
    return f"site {link.site}, link {link.seq}"
