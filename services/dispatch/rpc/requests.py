"""Requests as domain values. What is malformed is refused here, with the field named."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from muster.dispatch.v1 import contact_pb2, queue_pb2
from muster.dispatch.v1 import contact_service_pb2 as pb

from chassis.errors import FieldViolation, Refusal, invalid_fields
from services.dispatch.app.ports import Filter, Span
from services.dispatch.domain.event import Place
from services.dispatch.domain.queue_checks import RequestedQueue, queue_key_of
from services.dispatch.domain.report import Origin, Report, is_code, is_printable
from services.dispatch.domain.words import ContactState, SourceKind
from services.dispatch.wire.spans import instant_from, span_from

MOST_EVENTS = 5_000
MOST_QUEUES = 1_000
LONGEST_SPAN = timedelta(days=31)
LONGEST_PURPOSE = 200

_KINDS = {kind.value: kind for kind in SourceKind}
_STATES = {state.value: state for state in ContactState}
_CODE_FORM = "`[a-z0-9-]{1,63}`"
_CONTACT = re.compile(r"contacts/([0-9a-f]{32})")
_RECORDING = re.compile(r"contacts/([0-9a-f]{32})/recordings/([0-9a-f]{32})")
_SPANS = ("wait", "talk", "hold", "wrap_up")

Spanned: TypeAlias = pb.ListContactsRequest | pb.ListAgentContactsRequest
OfQueues: TypeAlias = pb.GetQueueFiguresRequest | pb.WatchQueueFiguresRequest


def origin_of(request: pb.ReportContactsRequest, actor: str) -> Origin:
    """Returns whom the events come from; refuses a request that no event of it can mend."""
    violations = []
    site = request.site.removeprefix("sites/")
    if site == request.site or not is_code(site):
        violations.append(FieldViolation("site", f"give `sites/...`, the id of {_CODE_FORM}"))
    if not is_code(request.source):
        violations.append(FieldViolation("source", f"give an id of {_CODE_FORM}"))
    kind = _KINDS.get(request.source_kind)
    if kind is None:
        violations.append(FieldViolation("source_kind", "give one of the named kinds"))
    if not 0 < len(request.events) <= MOST_EVENTS:
        violations.append(FieldViolation("events", f"give 1 to {MOST_EVENTS} of them"))
    if violations or kind is None:
        raise invalid_fields(violations)
    return Origin(site, request.source, kind, actor)


def reports_of(messages: Sequence[contact_pb2.ContactEvent]) -> list[Report]:
    """Returns the events as they arrived; their content is judged by the domain."""
    return [_report_of(message) for message in messages]


def queues_of(request: pb.ApplyQueuesRequest) -> list[RequestedQueue]:
    """Returns the queues as they are wanted; their content is judged by the domain."""
    if not 0 < len(request.queues) <= MOST_QUEUES:
        raise _malformed("queues", f"give 1 to {MOST_QUEUES} of them")
    return [_queue_of(message) for message in request.queues]


def span_of(request: Spanned) -> Span:
    """Returns the span of a list, at most 31 days."""
    start, end = instant_from(request.start_time), instant_from(request.end_time)
    if start is None:
        raise _malformed("start_time", "give the start of the span")
    if end is None or end <= start or end - start > LONGEST_SPAN:
        raise _malformed("end_time", "give an instant at most 31 days after start_time")
    return Span(start, end)


def filter_of(request: pb.ListContactsRequest, site: str) -> Filter:
    """Returns which contacts of a site are wanted."""
    queues = _queue_ids(site, [request.queue] if request.queue else [], "queue")
    agent = agent_of(request.agent) if request.agent else ""
    state = _STATES.get(request.state)
    if request.state and state is None:
        raise _malformed("state", "give one of the named states")
    return Filter(queue="".join(queues), agent=agent, state=state)


def figures_queues_of(request: OfQueues, site: str) -> frozenset[str]:
    """Returns the ids of the queues asked for; none stands for all."""
    if len(request.queues) > MOST_QUEUES:
        raise _malformed("queues", f"give at most {MOST_QUEUES} of them")
    return frozenset(_queue_ids(site, request.queues, "queues"))


def site_of(name: str, field: str = "site") -> str:
    """Returns the id of a site's name."""
    site = name.removeprefix("sites/")
    if site == name or not is_code(site):
        raise _malformed(field, f"give a name such as `sites/north`, the id of {_CODE_FORM}")
    return site


def agent_of(name: str) -> str:
    """Returns the name of an agent if it has the form of one."""
    agent = name.removeprefix("agents/")
    if agent == name or not is_code(agent):
        raise _malformed("agent", f"give a name such as `agents/ana`, the id of {_CODE_FORM}")
    return name


def contact_of(name: str, field: str = "name") -> str:
    """Returns the id of a contact's name."""
    match = _CONTACT.fullmatch(name)
    if match is None:
        raise _malformed(field, "give a name such as `contacts/...`, as a list of contacts has it")
    return match[1]


def recording_of(name: str) -> tuple[str, str]:
    """Returns the ids of contact and recording of a recording's name."""
    match = _RECORDING.fullmatch(name)
    if match is None:
        raise _malformed("name", "give a name such as `contacts/.../recordings/...`")
    return match[1], match[2]


def purpose_of(request: pb.OpenRecordingRequest) -> str:
    """Returns what a recording is opened for."""
    if not is_printable(request.purpose, LONGEST_PURPOSE) or not request.purpose.strip():
        raise _malformed("purpose", f"say what for, in 1 to {LONGEST_PURPOSE} printable characters")
    return request.purpose


def place_of(cursor: contact_pb2.Cursor) -> Place:
    """Returns the place that a cursor points to."""
    return Place(site_of(cursor.site, "after.site"), cursor.epoch, cursor.seq)


def _report_of(message: contact_pb2.ContactEvent) -> Report:
    spans = {name: span_from(getattr(message, name)) for name in _SPANS if message.HasField(name)}
    return Report(
        event_id=message.event_id,
        contact_id=message.contact_id,
        kind=message.kind,
        occurred_time=instant_from(message.occurred_time),
        source_sequence=message.source_sequence,
        queue_id=message.queue_id,
        target_queue_id=message.target_queue_id,
        agent=message.agent,
        target_agent=message.target_agent,
        channel=message.channel,
        direction=message.direction,
        priority=message.priority,
        ended_by=message.ended_by,
        recording_reference=message.recording_reference,
        consent_status=message.consent_status,
        **spans,
    )


def _queue_of(message: queue_pb2.Queue) -> RequestedQueue:
    return RequestedQueue(
        name=message.name,
        display_names=dict(message.display_names),
        channel=message.channel,
        target=span_from(message.target) if message.HasField("target") else None,
        short_abandon=(
            span_from(message.short_abandon) if message.HasField("short_abandon") else None
        ),
        policy=message.service_level_policy,
        includes_other_leavers=message.includes_other_leavers,
        longest_wait=(
            span_from(message.longest_wait) if message.HasField("longest_wait") else None
        ),
    )


def _queue_ids(site: str, names: Sequence[str], field: str) -> list[str]:
    keys = [queue_key_of(name) for name in names]
    if any(key is None or key.site != site for key in keys):
        raise _malformed(field, f"give names such as `sites/{site}/queues/support`")
    return [key.queue for key in keys if key is not None]


def _malformed(field: str, description: str) -> Refusal:
    return invalid_fields([FieldViolation(field, description)])
