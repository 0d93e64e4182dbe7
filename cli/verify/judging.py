"""Verifies sites: judges each chain, and names what differs where leaves allow it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cli.verify.erasures import ErasureCheck
from cli.verify.record import RecordSource, SiteRecord
from cli.verify.roots import ExportedRoots
from proof.daily_root import DailyRoot
from proof.differences import Difference, find_differences
from proof.encoding import DamagedBytesError, instant_of
from proof.entry import decode_entry
from proof.keys import PublicKeys
from proof.leaves import Leaves, LinkLeaves
from proof.merkle import leaf_hash
from proof.receipt import Opening
from proof.verify import Fault, SiteJudgement, SiteVerifier, StoredEntry, StoredLink, Trusted

Progress = Callable[[str], None]
# How far behind the exported last link a day is looked for: links may have been inserted.
_SLACK = 5_000
# Checkpoints are signed every minute; one more is time enough for the next.
_SIGNED_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class NamedDifference:
    """What was done to one entry, with what is stored at its place now."""

    day: str
    difference: Difference
    stored: str


@dataclass
class SiteReport:
    """All that is found of a site."""

    record: SiteRecord
    judgement: SiteJudgement
    exported_days: int
    differences: list[NamedDifference] = field(default_factory=list)
    unnamed_days: list[str] = field(default_factory=list)
    """Days that differ and whose leaves are not at hand."""
    erased_names: int = 0
    warnings: list[str] = field(default_factory=list)
    """What proves nothing and should be looked into."""


@dataclass(frozen=True, slots=True)
class UncheckedSite:
    """A site of which nothing is known, and why."""

    site: str
    reason: str


class SiteJudge:
    """Judges sites of a record by keys and exported roots."""

    def __init__(
        self, source: RecordSource, exported: ExportedRoots, keys: PublicKeys, tell: Progress
    ) -> None:
        self._source = source
        self._exported = exported
        self._keys = keys
        self._tell = tell

    async def judge(self, site: str, now: datetime) -> SiteReport:
        """Verifies a whole chain."""
        record = await self._source.describe(site)
        exported = self._exported.of(site)
        trusted = Trusted(self._keys, _all_roots(exported, record.roots), now)
        verifier = SiteVerifier(site, trusted, record.checkpoints, record.kept_from)
        openings: dict[bytes, Opening] = {}
        erasures = ErasureCheck(record.pseudonyms)
        async for part in self._source.read(site, 1, record.last_seq):
            for stored in part.links:
                verifier.take(stored)
            openings |= {opening.digest: opening for opening in part.openings}
            erasures.take(part)
            if part.links:
                self._tell(f"site {site}: link {part.links[-1].link.seq:,}")
        judgement = verifier.finish()
        judgement.faults += record.strays
        judgement.faults += _other_roots(exported, record.roots)
        judgement.faults += _untrue(openings.values())
        judgement.faults += erasures.finish()
        report = SiteReport(record, judgement, len(exported))
        report.warnings += _unsigned(judgement, now)
        report.erased_names = erasures.explained
        await self._name_differences(report, trusted.roots)
        return report

    async def _name_differences(self, report: SiteReport, roots: Sequence[DailyRoot]) -> None:
        shift = 0
        for root in _days_at_fault(report.judgement, roots):
            leaves = self._exported.find_leaves(root)
            if leaves is None:
                report.unnamed_days.append(root.day.isoformat())
                continue
            self._tell(f"site {root.site}: comparing {root.day}")
            stored = await self._stored_day(root, leaves, shift)
            shift += len(stored) - len(leaves.links)
            named = _named(root, leaves, stored)
            report.differences += named

    async def _stored_day(self, root: DailyRoot, leaves: Leaves, shift: int) -> list[StoredLink]:
        """Reads the links that stand where those of the root should."""
        end = leaves.links[-1].recorded_time
        first = max(root.first_seq + shift, 1)
        links: list[StoredLink] = []
        async for part in self._source.read(root.site, first, root.last_seq + shift + _SLACK):
            links += [stored for stored in part.links if stored.link.recorded_time <= end]
            if part.links and part.links[-1].link.recorded_time > end:
                break
        return links


def _named(root: DailyRoot, leaves: Leaves, stored: Sequence[StoredLink]) -> list[NamedDifference]:
    places = {
        (one.link.seq, position): entry
        for one in stored
        for position, entry in enumerate(one.entries)
    }
    now = [
        LinkLeaves(
            one.link.seq,
            one.link.recorded_time,
            tuple(leaf_hash(entry.raw) for entry in one.entries),
        )
        for one in stored
    ]
    return [
        NamedDifference(root.day.isoformat(), found, _described(found, places))
        for found in find_differences(leaves.links, now)
    ]


def _described(found: Difference, places: dict[tuple[int, int], StoredEntry]) -> str:
    if found.stored_seq is None or found.stored_position is None:
        return ""
    entry = places.get((found.stored_seq, found.stored_position))
    return "" if entry is None else describe(entry)


def describe(entry: StoredEntry) -> str:
    """Returns whose entry it is and of when, as far as its bytes tell."""
    try:
        held = decode_entry(entry.raw)
    except DamagedBytesError:
        return entry.agent
    time = instant_of(held.occurred_time_us).isoformat().replace("+00:00", "Z")
    who = entry.agent or "no agent"
    return f"{who} (digest {held.agent_digest.hex()[:16]}), event {held.event_id}, {time}"


def _all_roots(exported: Sequence[DailyRoot], stored: Sequence[DailyRoot]) -> list[DailyRoot]:
    """Returns the exported roots and, for days without one, those that are stored."""
    days = {root.day for root in exported}
    return [*exported, *(root for root in stored if root.day not in days)]


def _other_roots(exported: Sequence[DailyRoot], stored: Sequence[DailyRoot]) -> list[Fault]:
    known = {root.day: root for root in stored}
    return [
        Fault(root.last_seq, f"the stored root of {root.day} is not the exported one")
        for root in exported
        if root.day in known and known[root.day] != root
    ]


def _unsigned(judgement: SiteJudgement, now: datetime) -> Iterator[str]:
    first = judgement.first_unsigned
    if first is not None and now - first.recorded_time > _SIGNED_WITHIN:
        since = first.recorded_time.isoformat(timespec="seconds").replace("+00:00", "Z")
        yield f"no checkpoint signs link {first.seq} of {since} and those after it: is presence up?"


def _untrue(openings: Iterable[Opening]) -> list[Fault]:
    return [
        Fault(0, f"{opening.value!r} stands in the place of another name or text")
        for opening in openings
        if not opening.is_erased and not opening.is_true
    ]


def _days_at_fault(judgement: SiteJudgement, roots: Sequence[DailyRoot]) -> list[DailyRoot]:
    faulty = {fault.seq for fault in judgement.faults}
    wrong = [root.name for root in judgement.differing_roots]
    return sorted(
        (
            root
            for root in roots
            if root.site == judgement.site
            and (
                root.name in wrong or any(root.first_seq <= seq <= root.last_seq for seq in faulty)
            )
        ),
        key=lambda root: root.day,
    )
