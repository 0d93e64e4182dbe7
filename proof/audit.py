"""The audit log as it is hashed and exported.

Entries are the leaves of links that are chained and signed as those of a site are, under the name
`audit log`, which no site has. The bytes of an entry, format 1: text "muster audit entry", uint8
format; texts kind, actor, method, person, site, team, purpose, outcome, summary, trace id, address
class; digest of the request; uint64 seq and uint32 position of the entry of the request (zeros for
none).

An export is lines of JSON, in parts that may follow each other. A part begins with `format` and
`kept_from`, the day before which entries are gone by retention (or null); then come links with the
entries that are stored for them, `checkpoint` with a signature each, and `stray` with the place of
an entry that is in no link. Digests are in hexadecimal, signatures in base64, instants in
microseconds since 1970-01-01 UTC.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from struct import Struct
from typing import Any

from proof.checkpoint import Checkpoint
from proof.encoding import (
    FORMAT,
    FORMAT_VERSION,
    NO_DIGEST,
    DamagedBytesError,
    digest_bytes,
    instant_of,
    microseconds_of,
    text_bytes,
)
from proof.keys import PublicKeys
from proof.link import Link
from proof.verify import Fault, SiteJudgement, SiteVerifier, StoredEntry, StoredLink, Trusted

AUDIT_CHAIN = "audit log"
AUDIT_EPOCH = 1
LINKS_IN_A_PART = 500
"""How many links a part of an export holds; one of fewer is the last."""

_LABEL = text_bytes("muster audit entry")
_PLACE = Struct(">QI")


@dataclass(frozen=True, slots=True)
class AuditContent:
    """What an entry says, as it is hashed."""

    kind: str
    actor: str
    method: str
    person: str = ""
    site: str = ""
    team: str = ""
    purpose: str = ""
    outcome: str = ""
    summary: str = ""
    trace_id: str = ""
    address_class: str = ""
    request_digest: bytes = NO_DIGEST
    change_seq: int = 0
    change_position: int = 0


AUDIT_TEXTS = (
    "kind",
    "actor",
    "method",
    "person",
    "site",
    "team",
    "purpose",
    "outcome",
    "summary",
    "trace_id",
    "address_class",
)


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as it is stored."""

    position: int
    recorded_time: datetime
    content: AuditContent


@dataclass(frozen=True, slots=True)
class AuditLink:
    """A link as it is stored, with the entries that are kept."""

    link: Link
    hash: bytes
    entries: tuple[KeptEntry, ...]


@dataclass(slots=True)
class AuditExport:
    """A part of the log, or all of it."""

    kept_from: date | None
    links: list[AuditLink] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    strays: list[tuple[int, int]] = field(default_factory=list)
    """Places of entries that are in no link."""


def encode_audit_entry(content: AuditContent) -> bytes:
    """Returns the bytes of an entry."""
    texts = [text_bytes(getattr(content, name)) for name in AUDIT_TEXTS]
    place = _PLACE.pack(content.change_seq, content.change_position)
    return b"".join((_LABEL, FORMAT, *texts, digest_bytes(content.request_digest), place))


def judge_audit_log(export: AuditExport, keys: PublicKeys, now: datetime) -> SiteJudgement:
    """Judges the log from its first link on, as the chain of a site is judged."""
    trusted = Trusted(keys, (), now)
    verifier = SiteVerifier(AUDIT_CHAIN, trusted, export.checkpoints, export.kept_from)
    for one in export.links:
        verifier.take(_stored(one))
    judgement = verifier.finish()
    judgement.faults += [
        Fault(seq, f"entry {position} was inserted and is in no link")
        for seq, position in export.strays
    ]
    return judgement


def export_to_lines(export: AuditExport) -> Iterator[str]:
    """Yields the lines of a part."""
    kept_from = export.kept_from.isoformat() if export.kept_from else None
    yield _line({"format": FORMAT_VERSION, "kept_from": kept_from})
    for link in export.links:
        yield _line(_link_fields(link))
    for checkpoint in export.checkpoints:
        yield _line({"checkpoint": _checkpoint_fields(checkpoint)})
    for stray in export.strays:
        yield _line({"stray": list(stray)})


def read_export(lines: Iterable[str]) -> AuditExport:
    """Reads the parts of an export; DamagedBytesError if it is none."""
    export: AuditExport | None = None
    try:
        for line in lines:
            fields = json.loads(line)
            if "format" in fields:
                kept_from = _kept_from(fields)
                export = export or AuditExport(kept_from)
                export.kept_from = kept_from
            elif export is not None:
                _take(export, fields)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise DamagedBytesError(f"no export of the audit log: {error}") from error
    if export is None:
        raise DamagedBytesError("no export of the audit log: its first line is missing")
    return export


def _stored(one: AuditLink) -> StoredLink:
    entries = tuple(
        StoredEntry(kept.position, "", encode_audit_entry(kept.content), kept.recorded_time)
        for kept in one.entries
    )
    return StoredLink(one.link, one.hash, entries)


def _take(export: AuditExport, fields: Mapping[str, Any]) -> None:
    if "checkpoint" in fields:
        export.checkpoints.append(_checkpoint(fields["checkpoint"]))
    elif "stray" in fields:
        seq, position = fields["stray"]
        export.strays.append((int(seq), int(position)))
    else:
        export.links.append(_link(fields))


def _kept_from(fields: Mapping[str, Any]) -> date | None:
    if fields["format"] != FORMAT_VERSION:
        raise DamagedBytesError("an export of an unknown format")
    return date.fromisoformat(fields["kept_from"]) if fields["kept_from"] else None


def _link_fields(one: AuditLink) -> dict[str, Any]:
    return {
        "seq": one.link.seq,
        "recorded_time_us": microseconds_of(one.link.recorded_time),
        "previous_hash": one.link.previous_hash.hex(),
        "root": one.link.root.hex(),
        "entry_count": one.link.entry_count,
        "hash": one.hash.hex(),
        "entries": [_entry_fields(kept) for kept in one.entries],
    }


def _link(fields: Mapping[str, Any]) -> AuditLink:
    link = Link(
        AUDIT_CHAIN,
        AUDIT_EPOCH,
        int(fields["seq"]),
        instant_of(fields["recorded_time_us"]),
        bytes.fromhex(fields["previous_hash"]),
        bytes.fromhex(fields["root"]),
        int(fields["entry_count"]),
    )
    entries = tuple(_entry(entry) for entry in fields["entries"])
    return AuditLink(link, bytes.fromhex(fields["hash"]), entries)


def _entry_fields(kept: KeptEntry) -> dict[str, Any]:
    return {
        "position": kept.position,
        "recorded_time_us": microseconds_of(kept.recorded_time),
        **asdict(kept.content),
        "request_digest": kept.content.request_digest.hex(),
    }


def _entry(fields: Mapping[str, Any]) -> KeptEntry:
    told = dict(fields)
    position, recorded_time = int(told.pop("position")), instant_of(told.pop("recorded_time_us"))
    told["request_digest"] = bytes.fromhex(told["request_digest"])
    return KeptEntry(position, recorded_time, AuditContent(**told))


def _checkpoint_fields(checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "seq": checkpoint.seq,
        "link_hash": checkpoint.link_hash.hex(),
        "recorded_time_us": microseconds_of(checkpoint.recorded_time),
        "key_id": checkpoint.key_id,
        "signature": base64.b64encode(checkpoint.signature).decode(),
    }


def _checkpoint(fields: Mapping[str, Any]) -> Checkpoint:
    return Checkpoint(
        AUDIT_CHAIN,
        AUDIT_EPOCH,
        int(fields["seq"]),
        bytes.fromhex(fields["link_hash"]),
        instant_of(fields["recorded_time_us"]),
        str(fields["key_id"]),
        base64.b64decode(fields["signature"], validate=True),
    )


def _line(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n"
