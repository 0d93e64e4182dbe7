"""AuditService."""

import re
from datetime import UTC, datetime
from typing import Any

from google.api import httpbody_pb2
from google.protobuf.timestamp_pb2 import Timestamp
from muster.gateway.v1 import audit_service_pb2 as pb
from muster.gateway.v1 import audit_service_pb2_grpc

from chassis.access import current_scope
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.rpc.pages import cut
from gateway.api.own_agent import own_agent
from gateway.app.audit_ports import AuditEntry, AuditFilter, AuditReader, Look
from gateway.rpc.pages import page_of
from proof.audit import export_to_lines

JSON_LINES = "application/jsonl"

_SITE = re.compile(r"(sites/[a-z0-9-]{1,63})?")
_PERSON = re.compile(r"(agents/[a-z0-9-]{1,63})?")


class AuditServicer(audit_service_pb2_grpc.AuditServiceServicer):
    """Reads the audit log, within the caller's scope."""

    def __init__(self, audit: AuditReader) -> None:
        self._audit = audit

    async def ListAuditEntries(  # noqa: N802 - the name on the wire
        self, request: pb.ListAuditEntriesRequest, _context: Any
    ) -> pb.ListAuditEntriesResponse:
        wanted = _filter(request)
        page = page_of(request, int, int)
        rows = await self._audit.list_entries(wanted, current_scope(), page)
        shown, token = cut(rows, request, lambda entry: entry.place)
        return pb.ListAuditEntriesResponse(entries=map(_entry_to, shown), next_page_token=token)

    async def ListMyLooks(  # noqa: N802 - the name on the wire
        self, request: pb.ListMyLooksRequest, _context: Any
    ) -> pb.ListMyLooksResponse:
        person = own_agent()
        page = page_of(request, int, int)
        rows = await self._audit.list_looks(person, page) if person else []
        shown, token = cut(rows, request, lambda look: look.entry.place)
        return pb.ListMyLooksResponse(looks=map(_look_to, shown), next_page_token=token)

    async def ExportAuditLog(  # noqa: N802 - the name on the wire
        self, request: pb.ExportAuditLogRequest, _context: Any
    ) -> httpbody_pb2.HttpBody:
        if current_scope().sites is not None:
            raise Refusal(
                Code.PERMISSION_DENIED,
                "SCOPE_TOO_NARROW",
                "the audit log is exported whole, to somebody who sees all sites",
            )
        export = await self._audit.read_part(max(request.first_seq, 1))
        lines = "".join(export_to_lines(export))
        return httpbody_pb2.HttpBody(content_type=JSON_LINES, data=lines.encode())


def _filter(request: pb.ListAuditEntriesRequest) -> AuditFilter:
    rules = [
        ("site", _SITE.fullmatch(request.site), "has the form sites/{site}"),
        ("person", _PERSON.fullmatch(request.person), "has the form agents/{agent}"),
        ("actor", request.actor.isprintable(), "has the form accounts/{account}"),
        ("method", request.method.isprintable(), "names a method with its service"),
    ]
    violations = [FieldViolation(field, said) for field, holds, said in rules if not holds]
    if violations:
        raise invalid_fields(violations)
    return AuditFilter(
        actor=request.actor,
        person=request.person,
        method=request.method,
        site=request.site,
        start_time=_instant(request, "start_time"),
        end_time=_instant(request, "end_time"),
    )


def _instant(request: pb.ListAuditEntriesRequest, field: str) -> datetime | None:
    if not request.HasField(field):
        return None
    wanted: Timestamp = getattr(request, field)
    try:
        return wanted.ToDatetime(UTC)
    except ValueError:
        raise invalid_fields([FieldViolation(field, "lies between the years 1 and 9999")]) from None


def _entry_to(entry: AuditEntry) -> pb.AuditEntry:
    content = entry.content
    message = pb.AuditEntry(
        name=f"auditEntries/{entry.place.seq}-{entry.place.position}",
        kind=f"KIND_{content.kind}",
        actor=content.actor,
        method=content.method,
        person=content.person,
        site=content.site,
        purpose=content.purpose,
        outcome=content.outcome,
        summary=content.summary,
        request_digest=content.request_digest.hex(),
        trace_id=content.trace_id,
        address_class=f"ADDRESS_CLASS_{content.address_class or 'UNSPECIFIED'}",
    )
    if content.change_seq:
        message.change_entry = f"auditEntries/{content.change_seq}-{content.change_position}"
    message.record_time.FromDatetime(entry.recorded_time)
    return message


def _look_to(look: Look) -> pb.ListMyLooksResponse.Look:
    content = look.entry.content
    message = pb.ListMyLooksResponse.Look(
        actor=content.actor,
        actor_display_name=look.actor_display_name,
        method=content.method,
        purpose=content.purpose,
        is_change=content.kind == "CHANGE",
    )
    message.look_time.FromDatetime(look.entry.recorded_time)
    return message
