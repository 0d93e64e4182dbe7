"""Requests to correct the log as domain values."""

from uuid import UUID

from muster.presence.v1 import presence_service_pb2 as pb

from chassis.errors import FieldViolation, invalid_fields
from services.presence.app.ports import EntryName
from services.presence.domain.amendment import Amendment
from services.presence.domain.entry import EPOCH
from services.presence.domain.state import State
from services.presence.rpc.requests import agent_of, instant_or_none

_STATES = {state.value: state for state in State}


def amendment_of(request: pb.AmendStatesRequest, author: str) -> Amendment:
    """Returns the amendment asked for; its content is judged by the domain."""
    agent = agent_of(request.agent)
    start, end = instant_or_none(request.start_time), instant_or_none(request.end_time)
    state = _STATES.get(request.state)
    violations = []
    if start is None:
        violations.append(FieldViolation("start_time", "give the start of the span"))
    if end is None:
        violations.append(FieldViolation("end_time", "give the end of the span"))
    if state is None:
        violations.append(FieldViolation("state", "give one of the named states"))
    if not _is_uuid(request.request_id):
        violations.append(FieldViolation("request_id", "give a UUID that is new for each request"))
    if violations or state is None:
        raise invalid_fields(violations)
    return Amendment(
        agent=agent,
        start_time=start or EPOCH,
        end_time=end or EPOCH,
        state=state,
        reason=request.reason,
        text=request.text,
        request_id=str(UUID(request.request_id)),
        author=author,
    )


def claim_of(request: pb.AcceptClaimRequest) -> EntryName:
    """Returns the entry whose time is to be accepted."""
    agent = agent_of(request.agent)
    occurred_time = instant_or_none(request.occurred_time)
    violations = [
        FieldViolation(field, "give that of the entry")
        for field, value in (("source", request.source), ("event_id", request.event_id))
        if not value or "\x00" in value
    ]
    if occurred_time is None:
        violations.append(FieldViolation("occurred_time", "give that of the entry"))
    if violations or occurred_time is None:
        raise invalid_fields(violations)
    return EntryName(agent, request.source, request.event_id, occurred_time)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
