"""Requests of sources as domain values. What is malformed is refused here, with the field named."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import source_service_pb2 as pb

from chassis.errors import FieldViolation, invalid_fields
from services.presence.app.extend_wrap_up import Extend
from services.presence.app.heartbeats import Heartbeat
from services.presence.domain.limit import LONGEST_EXTENSION, LONGEST_TEXT, Extension
from services.presence.domain.report import is_code
from services.presence.domain.state import SourceKind
from services.presence.rpc.requests import agent_of, instant_or_none, malformed

MOST_AGENTS = 5_000

_KINDS = {kind.value: kind for kind in SourceKind}
_CODE_FORM = "`[a-z0-9-]{1,63}`"
_SHORTEST_EXTENSION = timedelta(seconds=1)


def heartbeat_of(
    source: str,
    source_kind: int,
    agents: Sequence[str],
    client_time: Timestamp,
) -> Heartbeat:
    """Returns a heartbeat; it names agents if, and only if, their clients have leases."""
    kind = _KINDS.get(source_kind)
    violations = list(_source_violations(source, kind))
    if kind is SourceKind.AGENT:
        violations += _agents_violations(agents)
    elif agents:
        description = "leave it empty: the source has one lease for all its agents"
        violations.append(FieldViolation("agents", description))
    if violations or kind is None:
        raise invalid_fields(violations)
    return Heartbeat(source, kind, tuple(dict.fromkeys(agents)), instant_or_none(client_time))


def opening_of(request: pb.StreamReportsRequest) -> Heartbeat:
    """Returns the source for which a stream is opened."""
    if request.WhichOneof("message") != "open":
        raise invalid_fields([FieldViolation("open", "open the stream with the first message")])
    opened = request.open
    kind = _KINDS.get(opened.source_kind)
    violations = list(_source_violations(opened.source, kind))
    if violations or kind is None:
        raise invalid_fields(violations)
    return Heartbeat(opened.source, kind)


def wanted_source(request: pb.ListSourcesRequest) -> str:
    """Returns the one source that is asked for; empty for all."""
    if request.source and not is_code(request.source):
        raise malformed("source", f"give an id of {_CODE_FORM}, or leave it empty")
    return request.source


def extension_of(request: pb.ExtendWrapUpRequest, actor: str) -> Extend:
    """Returns what is asked for."""
    violations = list(_extension_violations(request))
    if violations:
        raise invalid_fields(violations)
    extension = Extension(_span(request.duration), request.reason, request.text, actor)
    return Extend(agent_of(request.agent), extension, str(UUID(request.request_id)))


def _source_violations(source: str, kind: SourceKind | None) -> Iterable[FieldViolation]:
    if not is_code(source):
        yield FieldViolation("source", f"give an id of {_CODE_FORM}")
    if kind is None:
        yield FieldViolation("source_kind", "give one of the named kinds")


def _agents_violations(agents: Sequence[str]) -> list[FieldViolation]:
    if not 0 < len(agents) <= MOST_AGENTS:
        return [FieldViolation("agents", f"give 1 to {MOST_AGENTS} names")]
    return [
        FieldViolation(f"agents[{index}]", f"give a name such as `agents/ana`, of {_CODE_FORM}")
        for index, agent in enumerate(agents)
        if not agent.startswith("agents/") or not is_code(agent.removeprefix("agents/"))
    ]


def _extension_violations(request: pb.ExtendWrapUpRequest) -> Iterable[FieldViolation]:
    if not _SHORTEST_EXTENSION <= _span(request.duration) <= LONGEST_EXTENSION:
        yield FieldViolation("duration", "give 1 s to 4 h")
    if not is_code(request.reason):
        yield FieldViolation("reason", f"give a code of {_CODE_FORM}")
    if len(request.text) > LONGEST_TEXT:
        yield FieldViolation("text", f"give at most {LONGEST_TEXT} characters")
    if not _is_uuid(request.request_id):
        yield FieldViolation("request_id", "give a UUID that is new for each extension")


def _span(duration: Duration) -> timedelta:
    try:
        return timedelta(seconds=duration.seconds, microseconds=duration.nanos // 1_000)
    except OverflowError:
        return timedelta.max


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
