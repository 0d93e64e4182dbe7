"""Receipts as files, and what they prove in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from google.protobuf import json_format
from muster.presence.v1 import record_service_pb2 as pb
from muster.presence.v1 import state_pb2

from cli.errors import CommandError
from cli.verify.messages import receipt_of
from proof.encoding import instant_of
from proof.entry import ABSENT, HashedEntry
from proof.receipt import Receipt, ReceiptJudgement


def read_receipt(file: Path) -> Receipt:
    """Reads a receipt as the API gave it."""
    try:
        message = json_format.Parse(file.read_text(encoding="utf-8"), pb.Receipt())
        receipt = receipt_of(message)
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror}", exit_code=2) from None
    except (json_format.ParseError, ValueError, OverflowError) as error:
        line = str(error).partition("\n")[0]
        raise CommandError(f"{file} is no receipt: {line}", exit_code=2) from None
    if not (receipt.agent and receipt.day and receipt.zone):
        raise CommandError(f"{file} is no receipt: it names no agent, day or zone", exit_code=2)
    return receipt


def receipt_lines(receipt: Receipt, judgement: ReceiptJudgement) -> Iterator[str]:
    """Yields what a receipt proves, line by line."""
    verdict = "TAMPERED" if judgement.faults else "VALID"
    links = len(receipt.links)
    yield (
        f"{verdict}: {len(judgement.entries)} entries of {receipt.agent} on {receipt.day} "
        f"({receipt.zone})"
    )
    yield from (f"  {fault}" for fault in judgement.faults)
    if not judgement.faults:
        yield from (f"  {_entry_line(entry, receipt)}" for entry in judgement.entries)
        yield f"  {judgement.rooted_links} of {links} links are proven by the daily roots given" + (
            "" if judgement.rooted_links == links else "; the others by the signature alone"
        )
        yield "  that these were recorded is proven, not that there were no others"


def receipt_json(receipt: Receipt, judgement: ReceiptJudgement) -> dict[str, Any]:
    """Returns what a receipt proves as data."""
    return {
        "valid": not judgement.faults,
        "agent": receipt.agent,
        "day": receipt.day,
        "zone": receipt.zone,
        "links": len(receipt.links),
        "rooted_links": judgement.rooted_links,
        "faults": list(judgement.faults),
        "entries": [_entry_json(entry, receipt) for entry in judgement.entries],
    }


def _entry_line(entry: HashedEntry, receipt: Receipt) -> str:
    fields = _entry_json(entry, receipt)
    zone = _zone_of(receipt)
    local = instant_of(entry.occurred_time_us).astimezone(zone)
    said = [fields["state"], fields["reason"], " ".join(fields["contacts"])]
    what = " ".join(word for word in said if word)
    kind = "" if fields["kind"] == "CHANGE" else f"{fields['kind'].lower()} "
    text = f" ({fields['text']})" if fields["text"] else ""
    return f"{local:%H:%M:%S.%f} {kind}{what} from {entry.source} by {fields['actor']}{text}"


def _entry_json(entry: HashedEntry, receipt: Receipt) -> dict[str, Any]:
    end_us = entry.details.end_time_us
    return {
        "occurred_time": _wire_time(entry.occurred_time_us),
        "end_time": None if end_us == ABSENT else _wire_time(end_us),
        "kind": _name(state_pb2.EntryKind, entry.kind, "ENTRY_KIND_"),
        "state": _name(state_pb2.State, entry.state, "STATE_"),
        "reason": entry.reason,
        "contacts": list(entry.contacts),
        "source": entry.source,
        "event_id": entry.event_id,
        "actor": receipt.opened(entry.actor_digest) or "somebody",
        "text": receipt.opened(entry.details.text_digest) or "",
        "marks": entry.marks,
    }


def _name(kinds: Any, number: int, prefix: str) -> str:
    try:
        return str(kinds.Name(number)).removeprefix(prefix)
    except ValueError:
        return str(number)


def _zone_of(receipt: Receipt) -> ZoneInfo:
    try:
        return ZoneInfo(receipt.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _wire_time(microseconds: int) -> str:
    return instant_of(microseconds).isoformat().replace("+00:00", "Z")
