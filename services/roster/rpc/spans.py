"""Instants and spans in requests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from chassis.errors import FieldViolation, invalid_fields
from services.roster.domain.shifts import Span

_YEARS = range(1970, 2200)


def span_from(request: Any, longest: timedelta) -> Span:
    """Reads a span from start_time and end_time; refuses one that is missing or too long."""
    start, end = instant_from(request, "start_time"), instant_from(request, "end_time")
    if start is None or end is None or not timedelta() < end - start <= longest:
        what = f"with start_time must name a span of at most {longest.days} days"
        raise invalid_fields([FieldViolation("end_time", what)])
    return Span(start, end)


def instant_from(request: Any, field: str) -> datetime | None:
    """Reads an instant, None if it is absent; refuses one that is out of bounds."""
    if not request.HasField(field):
        return None
    stamp: Timestamp = getattr(request, field)
    try:
        instant = stamp.ToDatetime(UTC)
    except (ValueError, OverflowError):
        instant = datetime.min.replace(tzinfo=UTC)
    if instant.year not in _YEARS:
        what = f"must lie in the years {_YEARS[0]} to {_YEARS[-1]}"
        raise invalid_fields([FieldViolation(field, what)])
    return instant
