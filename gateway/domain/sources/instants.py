"""Instants as vendors write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ISO = "iso"
UNIX_SECONDS = "unix_seconds"
UNIX_MILLISECONDS = "unix_milliseconds"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {UNIX_SECONDS: timedelta(seconds=1), UNIX_MILLISECONDS: timedelta(milliseconds=1)}


class UnreadableInstantError(Exception):
    """The value is no instant of that format."""


def read_instant(value: object, time_format: str, zone: ZoneInfo | None) -> datetime:
    """Reads an instant: `iso`, `unix_seconds`, `unix_milliseconds`, or letters of strptime.

    The zone is that of values that name none. Raises UnreadableInstantError.
    """
    try:
        instant = _read(value, time_format)
        if instant.tzinfo is None and zone is not None:
            instant = instant.replace(tzinfo=zone)
        if instant.tzinfo is None:
            raise UnreadableInstantError(f"{value!r} names no zone, and the mapping has none")
        return instant.astimezone(UTC)
    except (ArithmeticError, TypeError, ValueError):
        raise UnreadableInstantError(f"{value!r} is no time of the form {time_format}") from None


def _read(value: object, time_format: str) -> datetime:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError
    if time_format in _UNITS:
        return _EPOCH + _number(value) * _UNITS[time_format]
    if time_format == ISO:
        return datetime.fromisoformat(str(value))
    return datetime.strptime(str(value), time_format)  # noqa: DTZ007 - the zone is added by the caller


def _number(value: str | float) -> int | float:
    """Returns the number; a whole one stays exact."""
    if isinstance(value, str):
        return int(value) if value.isdecimal() else float(value)
    return value
