"""Requests as domain values. What is malformed is refused here, with the field named."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2 as pb
from muster.presence.v1 import state_pb2

from chassis.errors import FieldViolation, invalid_fields
from services.presence.app.ports import Span
from services.presence.domain.entry import EPOCH, Place
from services.presence.domain.report import Origin, Report, is_code
from services.presence.domain.state import SourceKind

MOST_REPORTS = 5_000
LONGEST_SPAN = timedelta(days=31)

# Wide enough for any record, and so far from the ends of the calendar that reckoning stays on it.
_YEARS = range(1970, 2200)
_KINDS = {kind.value: kind for kind in SourceKind}
_CODE_FORM = "`[a-z0-9-]{1,63}`"


def origin_of(request: pb.ReportStatesRequest, actor: str) -> Origin:
    """Returns whom the reports come from; refuses a request that no report of it can mend."""
    violations = []
    if not is_code(request.source):
        violations.append(FieldViolation("source", f"give an id of {_CODE_FORM}"))
    kind = _KINDS.get(request.source_kind)
    if kind is None:
        violations.append(FieldViolation("source_kind", "give one of the named kinds"))
    if not 0 < len(request.reports) <= MOST_REPORTS:
        violations.append(FieldViolation("reports", f"give 1 to {MOST_REPORTS} of them"))
    if violations or kind is None:
        raise invalid_fields(violations)
    return Origin(request.source, kind, actor)


def reports_of(messages: Sequence[pb.StateReport]) -> list[Report]:
    """Returns the reports as they arrived; their content is judged by the domain."""
    # By place, since names of fields cost as much again; and a slice leaves its message at once,
    # where whoever goes through the ids asks it for each.
    return [
        Report(
            message.event_id,
            message.agent,
            message.state,
            message.reason,
            message.activity,
            instant_or_none(message.occurred_time),
            tuple(message.contacts[:]),
            message.inferred,
            message.source_sequence,
            queue=message.queue,
            ended_contacts=tuple(message.ended_contacts[:]),
            load_count=message.load_count,
            capacity_count=message.capacity_count,
        )
        for message in messages
    ]


class Spanning(Protocol):
    """A request that asks for a span of time."""

    @property
    def start_time(self) -> Timestamp: ...

    @property
    def end_time(self) -> Timestamp: ...


def span_of(request: Spanning) -> Span:
    """Returns the span of a read, at most 31 days."""
    start, end = instant_or_none(request.start_time), instant_or_none(request.end_time)
    if start is None:
        raise malformed("start_time", "give the start of the span")
    ensure_in_bounds(start.year, "start_time")
    if end is None or end <= start or end - start > LONGEST_SPAN:
        raise malformed("end_time", "give an instant at most 31 days after start_time")
    return Span(start, end)


def site_of(name: str, field: str = "site") -> str:
    """Returns the id of a site's name."""
    site = name.removeprefix("sites/")
    if site == name or not is_code(site):
        raise malformed(field, f"give a name such as `sites/north`, the id of {_CODE_FORM}")
    return site


def agent_of(name: str) -> str:
    """Returns the name of an agent if it has the form of one."""
    agent = name.removeprefix("agents/")
    if agent == name or not is_code(agent):
        raise malformed("agent", f"give a name such as `agents/ana`, the id of {_CODE_FORM}")
    return name


def place_of(cursor: state_pb2.Cursor) -> Place:
    """Returns the place that a cursor points to."""
    return Place(site_of(cursor.site, "after.site"), cursor.epoch, cursor.seq)


def instant_or_none(timestamp: Timestamp) -> datetime | None:
    """Returns the instant, cut to the microsecond; None if it is absent or no instant at all.

    An absent one reads as the start of 1970, which no report and no span means.
    """
    seconds, nanos = timestamp.seconds, timestamp.nanos
    if not seconds and not nanos:
        return None
    try:
        return EPOCH + timedelta(0, seconds, nanos // 1_000)
    except OverflowError:
        return None


def ensure_in_bounds(year: int, field: str) -> None:
    """Refuses a field whose instant or day lies in a year that no record has."""
    if year not in _YEARS:
        raise malformed(field, f"lies in none of the years {_YEARS[0]} to {_YEARS[-1]}")


def malformed(field: str, description: str) -> Exception:
    return invalid_fields([FieldViolation(field, description)])
