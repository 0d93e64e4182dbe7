"""The audit log: read through the gateway or from an export, and judged."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from muster.gateway.v1 import audit_service_pb2 as pb
from muster.gateway.v1.audit_service_pb2_grpc import AuditServiceStub

from chassis.errors import Refusal
from cli.errors import CommandError
from cli.importing.calling import call_patiently
from cli.session import Session, open_gateway
from proof.audit import LINKS_IN_A_PART, AuditExport, read_export
from proof.encoding import DamagedBytesError
from proof.verify import SiteJudgement

_MOST_LINES = 20


async def fetch_audit_log(session: Session) -> AuditExport:
    """Reads the whole log of an installation, as whoever is signed in."""
    lines: list[str] = []
    async with open_gateway(session) as channel:
        export = AuditServiceStub(channel).ExportAuditLog
        first_seq = 1
        while True:
            part = await _part(export, pb.ExportAuditLogRequest(first_seq=first_seq))
            lines += part
            links = read_export(part).links
            # Each call is written down too: there is always one link more.
            if len(links) < LINKS_IN_A_PART:
                return read_export(lines)
            first_seq = links[-1].link.seq + 1


def load_audit_export(file: Path) -> AuditExport:
    """Reads a log that was exported, in one part or several after each other."""
    try:
        return read_export(file.read_text(encoding="utf-8").splitlines())
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror}", exit_code=2) from None
    except (DamagedBytesError, UnicodeDecodeError) as error:
        raise CommandError(f"{file}: {error}", exit_code=2) from None


def audit_lines(export: AuditExport, judgement: SiteJudgement) -> Iterator[str]:
    """Yields what is found, line by line."""
    verdict = "VALID" if judgement.is_valid else "TAMPERED"
    yield f"audit log: {verdict}, {judgement.links:,} links, {judgement.entries:,} entries"
    for fault in judgement.faults[:_MOST_LINES]:
        yield f"  link {fault.seq}: {fault.what}" if fault.seq else f"  {fault.what}"
    if len(judgement.faults) > _MOST_LINES:
        yield f"  and {len(judgement.faults) - _MOST_LINES} more; --json lists all"
    if export.kept_from is not None:
        yield f"  entries before {export.kept_from} are gone by retention; their links are there"
    unsigned = _unsigned_count(judgement)
    if unsigned:
        yield f"  the newest {unsigned} links are not signed yet"


def audit_json(export: AuditExport, judgement: SiteJudgement) -> dict[str, Any]:
    """Returns what is found as data."""
    checkpoint = judgement.last_checkpoint
    return {
        "valid": judgement.is_valid,
        "links": judgement.links,
        "entries": judgement.entries,
        "kept_from": str(export.kept_from) if export.kept_from else None,
        "last_checkpoint_seq": checkpoint.seq if checkpoint else None,
        "faults": [{"seq": fault.seq, "what": fault.what} for fault in judgement.faults],
    }


def _unsigned_count(judgement: SiteJudgement) -> int:
    last, checkpoint = judgement.last_link, judgement.last_checkpoint
    return last.seq - (checkpoint.seq if checkpoint else 0) if last else 0


async def _part(method: Any, request: pb.ExportAuditLogRequest) -> list[str]:
    try:
        answer = await call_patiently(method, request)
    except Refusal as refusal:
        raise CommandError(f"{refusal.reason}: {refusal.message}", exit_code=2) from None
    return list(answer.data.decode().splitlines())
