"""Findings as people and programs read them."""

from collections.abc import Iterator
from typing import Any

from cli.verify.judging import NamedDifference, SiteReport, UncheckedSite
from proof.differences import Kind

_MOST_LINES = 20


def report_lines(report: SiteReport | UncheckedSite) -> Iterator[str]:
    """Yields what is found of a site, line by line."""
    if isinstance(report, UncheckedSite):
        yield f"site {report.site}: could not be checked: {report.reason}"
        return
    judgement = report.judgement
    verdict = "VALID" if judgement.is_valid else "TAMPERED"
    counts = f"{judgement.links:,} links, {judgement.entries:,} entries"
    yield f"site {judgement.site}: {verdict}, {counts}"
    yield from _differences(report)
    yield from _faults(report)
    yield from (f"  WARNING: {warning}" for warning in report.warnings)
    yield from _limits(report)


def report_json(report: SiteReport | UncheckedSite) -> dict[str, Any]:
    """Returns what is found of a site as data; `valid` is null if it could not be checked."""
    if isinstance(report, UncheckedSite):
        return {"site": report.site, "valid": None, "not_checked": report.reason}
    judgement = report.judgement
    checkpoint, root = judgement.last_checkpoint, judgement.last_root
    return {
        "site": judgement.site,
        "valid": judgement.is_valid,
        "links": judgement.links,
        "entries": judgement.entries,
        "kept_from": str(report.record.kept_from) if report.record.kept_from else None,
        "last_root": str(root.day) if root else None,
        "last_checkpoint_seq": checkpoint.seq if checkpoint else None,
        "restored_before": [link.seq for link in judgement.restored],
        "erased_names": report.erased_names,
        "warnings": report.warnings,
        "differences": [_difference_json(one) for one in report.differences],
        "unnamed_days": report.unnamed_days,
        "faults": [{"seq": fault.seq, "what": fault.what} for fault in judgement.faults],
    }


def _differences(report: SiteReport) -> Iterator[str]:
    for one in report.differences[:_MOST_LINES]:
        found = one.difference
        place = f"link {found.seq}"
        if found.position is not None:
            place += f", entry {found.position}"
        moved = ""
        if found.kind is Kind.MOVED:
            moved = f", now at link {found.stored_seq}, entry {found.stored_position}"
        stored = f": {one.stored}" if one.stored else ""
        yield f"  {one.day}: {place} was {found.kind}{moved}{stored}"
    yield from _more(len(report.differences))


def _faults(report: SiteReport) -> Iterator[str]:
    judgement = report.judgement
    for day in report.unnamed_days:
        yield f"  {day}: differs; the file of leaves is not at hand, so no entry can be named"
    if any(fault.seq for fault in judgement.faults) and not report.differences:
        yield f"  {_narrowed(report)}"
    for fault in judgement.faults[:_MOST_LINES]:
        yield f"  link {fault.seq}: {fault.what}" if fault.seq else f"  {fault.what}"
    yield from _more(len(judgement.faults))


def _narrowed(report: SiteReport) -> str:
    first = min(fault.seq for fault in report.judgement.faults if fault.seq)
    good = report.judgement.last_good_before(first)
    return f"the first link that differs is one of {good + 1} to {first}"


def _limits(report: SiteReport) -> Iterator[str]:
    judgement, record = report.judgement, report.record
    for link in judgement.restored:
        since = link.recorded_time.isoformat(timespec="seconds").replace("+00:00", "Z")
        yield f"  restored from a backup before link {link.seq} of {since}"
    if record.kept_from is not None and judgement.dropped_links:
        proven = judgement.proven_dropped
        up_to = f"proven up to checkpoint seq {proven.seq}" if proven else "proven by no checkpoint"
        yield f"  entries before {record.kept_from} are gone by retention, {up_to}"
    root, checkpoint, last = judgement.last_root, judgement.last_checkpoint, judgement.last_link
    if root is None:
        yield "  no daily root covers this: it rests on the checkpoints' signatures alone"
    elif not report.exported_days:
        yield "  no exported roots were given (--roots): it rests on stored signatures alone"
    else:
        younger = last is not None and last.seq > root.last_seq
        rest = "; younger entries rest on the checkpoints' signatures alone" if younger else ""
        yield f"  proven by the exported root of {root.day} up to link {root.last_seq}{rest}"
    unsigned = last.seq - (checkpoint.seq if checkpoint else 0) if last else 0
    if unsigned > 0:
        yield f"  the newest {unsigned} links are not signed yet"
    if report.erased_names:
        yield f"  {report.erased_names} names or texts were erased on request; entries are proven"


def _more(count: int) -> Iterator[str]:
    if count > _MOST_LINES:
        yield f"  and {count - _MOST_LINES} more; --json lists all"


def _difference_json(one: NamedDifference) -> dict[str, Any]:
    found = one.difference
    return {
        "day": one.day,
        "kind": found.kind.value,
        "seq": found.seq,
        "position": found.position,
        "stored_seq": found.stored_seq,
        "stored_position": found.stored_position,
        "stored": one.stored,
    }
