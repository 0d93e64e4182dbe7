"""Local times of a plan and the instants that they stand for."""

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones


# A rota of thousands starts and pauses at a few hundred times of day.
@lru_cache(maxsize=16_384)
def resolve(local: datetime, time_zone: str) -> datetime:
    """Returns the instant at which the zone's clock shows `local`, for every local time.

    As RFC 5545 (3.3.5) has it: what the clock shows twice is meant the first time; what it skips is
    read with the offset before the change, so that 02:30 becomes 03:30.
    """
    return local.replace(tzinfo=ZoneInfo(time_zone), fold=0).astimezone(UTC)


def day_at(instant: datetime, time_zone: str) -> date:
    """Returns the calendar day that a zone has at an instant."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def is_time_zone(name: str) -> bool:
    """Tells whether a name is one of an IANA time zone."""
    return name in _time_zones()


# Listing them reads hundreds of files, and a request names thousands.
@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
