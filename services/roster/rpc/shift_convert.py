"""Messages of shifts to values and back."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from google.type import datetime_pb2
from muster.roster.v1 import shift_pb2
from muster.roster.v1 import shift_service_pb2 as pb

from chassis.errors import FieldViolation, invalid_fields
from services.roster.app.apply_shifts import Published
from services.roster.app.faults import MOST_VIOLATIONS
from services.roster.domain.people import AgentName
from services.roster.domain.shifts import (
    Activity,
    ActivityKind,
    Shift,
    ShiftName,
    Span,
    Version,
    span_of,
)
from services.roster.wire.people import cursor_to

_KINDS = {shift_pb2.Activity.Kind.Value(f"KIND_{kind}"): kind for kind in ActivityKind}
_NO_LOCAL_TIME = "must be a date and time of day, without nanos and without an offset"


class MalformedTimeError(ValueError):
    """A field that holds no local time."""


def shifts_from(messages: Iterable[shift_pb2.Shift]) -> list[Shift]:
    """Reads shifts; refuses with one violation each whose local times are none."""
    shifts: list[Shift] = []
    violations: list[FieldViolation] = []
    for index, message in enumerate(messages):
        try:
            shifts.append(_shift_from(message))
        except MalformedTimeError as error:
            violations.append(FieldViolation(f"shifts[{index}].{error}", _NO_LOCAL_TIME))
    if violations:
        raise invalid_fields(violations[:MOST_VIOLATIONS])
    return shifts


def version_to(version: Version) -> shift_pb2.Shift:
    """Writes a published shift."""
    shift = version.shift
    state = shift_pb2.Shift.STATE_CANCELLED if shift.cancelled else shift_pb2.Shift.STATE_PUBLISHED
    message = shift_pb2.Shift(
        name=shift.name,
        agent=shift.agent,
        time_zone=shift.time_zone,
        activities=[_activity_to(each, shift.time_zone) for each in shift.activities],
        state=state,
        version=version.number,
        publisher=version.publisher,
    )
    message.publish_time.CopyFrom(_instant_to(version.publish_time))
    _put_span(message, shift.local_start, shift.local_end, shift.span())
    return message


def published_to(published: Published) -> pb.ApplyShiftsResponse:
    """Writes what a request came to."""
    publication = published.publication
    answer = pb.ApplyShiftsResponse(
        created_count=len(publication.created),
        amended_count=len(publication.amended),
        cancelled_count=len(publication.cancelled),
        unchanged_count=publication.unchanged_count,
    )
    if published.publish_time is not None and published.place is not None:
        answer.publish_time.FromDatetime(published.publish_time)
        answer.cursor.CopyFrom(cursor_to(published.place))
    return answer


def _shift_from(message: shift_pb2.Shift) -> Shift:
    return Shift(
        ShiftName(message.name),
        AgentName(message.agent),
        message.time_zone,
        *_local_span_from(message, ""),
        activities=tuple(
            Activity(
                _KINDS.get(activity.kind),
                *_local_span_from(activity, f"activities[{index}]."),
            )
            for index, activity in enumerate(message.activities)
        ),
    )


def _local_span_from(message: Any, prefix: str) -> tuple[datetime, datetime]:
    return (
        _local_from(message.local_start, f"{prefix}local_start"),
        _local_from(message.local_end, f"{prefix}local_end"),
    )


def _local_from(message: datetime_pb2.DateTime, field: str) -> datetime:
    if message.nanos or message.WhichOneof("time_offset"):
        raise MalformedTimeError(field)
    try:
        return datetime(  # noqa: DTZ001 - the zone of a plan stands beside it
            message.year,
            message.month,
            message.day,
            message.hours,
            message.minutes,
            message.seconds,
        )
    except ValueError:
        raise MalformedTimeError(field) from None


def _activity_to(activity: Activity, time_zone: str) -> shift_pb2.Activity:
    message = shift_pb2.Activity(kind=f"KIND_{activity.kind}")
    span = span_of(activity.local_start, activity.local_end, time_zone)
    _put_span(message, activity.local_start, activity.local_end, span)
    return message


def _put_span(message: Any, local_start: datetime, local_end: datetime, span: Span) -> None:
    message.local_start.CopyFrom(_local_to(local_start))
    message.local_end.CopyFrom(_local_to(local_end))
    message.start_time.CopyFrom(_instant_to(span.start_time))
    message.end_time.CopyFrom(_instant_to(span.end_time))


# A rota of thousands starts and pauses at a few hundred times of day: each is written once.
@lru_cache(maxsize=16_384)
def _instant_to(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp


@lru_cache(maxsize=16_384)
def _local_to(local: datetime) -> datetime_pb2.DateTime:
    return datetime_pb2.DateTime(
        year=local.year,
        month=local.month,
        day=local.day,
        hours=local.hour,
        minutes=local.minute,
        seconds=local.second,
    )
