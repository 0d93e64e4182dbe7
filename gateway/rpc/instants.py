"""Instants of requests."""

from datetime import UTC, datetime
from typing import Any

from chassis.errors import FieldViolation, invalid_fields


def instant_of(request: Any, field: str) -> datetime | None:
    """Returns the instant in a field of a request, None without one; refuses one that no clock
    shows.
    """
    if not request.HasField(field):
        return None
    try:
        instant: datetime = getattr(request, field).ToDatetime(UTC)
    except ValueError:
        raise invalid_fields([FieldViolation(field, "lies between the years 1 and 9999")]) from None
    return instant
