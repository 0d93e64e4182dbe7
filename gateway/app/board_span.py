"""The span that a board shows: a day of the calendar or of operation, the last 24 hours, or any
other range to the minute.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TypeVar

from chassis.calendar import (
    HOUR,
    Axis,
    Column,
    LocalTime,
    NoSuchDay,
    UnknownTimeZone,
    ZoneDay,
    find_zone,
)
from chassis.errors import FieldViolation, Refusal, invalid_fields
from gateway.domain.heatmap import Coverage, Site

LONGEST = timedelta(days=7, hours=1)
"""A week, and the hour by which one is longer when clocks are set back."""
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(hours=24)

T = TypeVar("T")


class AxisStart(Enum):
    """Where the axis of a day begins."""

    MIDNIGHT = "midnight"
    OPERATING_DAY = "operating day"
    LAST_24_HOURS = "last 24 hours"


@dataclass(frozen=True, slots=True)
class WantedSpan:
    """What was asked for: a range, a day, or neither."""

    start_time: datetime | None = None
    end_time: datetime | None = None
    day: date | None = None
    zone: str = ""
    axis_start: AxisStart = AxisStart.MIDNIGHT
    local_start: LocalTime | None = None
    local_end: LocalTime | None = None


@dataclass(frozen=True, slots=True)
class BoardSpan:
    """A span `[start_time, end_time)` in a zone, and the day that it is, if it is one."""

    start_time: datetime
    end_time: datetime
    zone: str
    day: date | None = None

    def columns(self) -> tuple[Column, ...]:
        """Returns the hours of the span. One that begins off the full hour begins with a shorter
        one; an hour that comes twice on a day is `01` and `01b`.
        """
        first_full = self._first_full_hour()
        whole = _labelled_by_day(first_full, self.end_time, self.zone)
        if first_full == self.start_time:
            return whole
        lead = self.start_time.astimezone(find_zone(self.zone))
        return (Column(self.start_time, f"{lead:%H:%M}"), *whole)

    def _first_full_hour(self) -> datetime:
        if self.day is not None:
            return self.start_time
        local = self.start_time.astimezone(find_zone(self.zone))
        into = timedelta(minutes=local.minute)
        return min(self.start_time + (HOUR - into if into else into), self.end_time)


@dataclass(frozen=True, slots=True)
class ShownDays:
    """A span, and the first and newest day with data as its zone has them."""

    span: BoardSpan
    first_day: date | None
    last_day: date | None


def choose_span(wanted: WantedSpan, site: Site, coverage: Coverage, now: datetime) -> ShownDays:
    """Returns the range asked for, or the day, or the newest day with data, or today.

    Refuses what is no span, naming the field.
    """
    zone = wanted.zone or site.time_zone
    starts_at = _operating_start(site) if wanted.axis_start is AxisStart.OPERATING_DAY else time()
    try:
        first, last = (
            _day_of(instant, zone, starts_at)
            for instant in (coverage.first_time, coverage.last_time)
        )
        return ShownDays(_span(wanted, zone, starts_at, last, now), first, last)
    except UnknownTimeZone as error:
        raise _violation("time_zone", f"{error.zone!r} is no IANA time zone") from None
    except NoSuchDay as error:
        raise _violation("day", f"{error.zone} has no {error.day}") from None


def _span(
    wanted: WantedSpan, zone: str, starts_at: time, newest: date | None, now: datetime
) -> BoardSpan:
    if wanted.local_start is not None or wanted.local_end is not None:
        return _local_range(wanted, zone)
    if wanted.start_time is not None or wanted.end_time is not None:
        return _range(wanted, zone)
    if wanted.axis_start is AxisStart.LAST_24_HOURS:
        return _last_24_hours(wanted, zone, now)
    asked = wanted.day or newest
    day = ZoneDay(asked, zone, starts_at) if asked else ZoneDay.containing(now, zone, starts_at)
    return BoardSpan(day.start_time, day.end_time, zone, day.date)


def _range(wanted: WantedSpan, zone: str) -> BoardSpan:
    start, end = _both("start_time", wanted.start_time, "end_time", wanted.end_time)
    _refuse_days(wanted)
    for field, instant in (("start_time", start), ("end_time", end)):
        if instant.second or instant.microsecond:
            raise _violation(field, "is on a full minute")
    find_zone(zone)
    return _bounded(start, end, zone, "end_time")


def _local_range(wanted: WantedSpan, zone: str) -> BoardSpan:
    start, end = _both("local_start", wanted.local_start, "local_end", wanted.local_end)
    _refuse_days(wanted)
    if wanted.start_time is not None or wanted.end_time is not None:
        raise _violation("start_time", "says what local_start does; leave one away")
    instants = _local_instant("local_start", start, zone), _local_instant("local_end", end, zone)
    return _bounded(*instants, zone, "local_end")


def _both(start_field: str, start: T | None, end_field: str, end: T | None) -> tuple[T, T]:
    if start is None or end is None:
        missing = start_field if start is None else end_field
        raise _violation(missing, "belongs to a range: give both its start and its end")
    return start, end


def _refuse_days(wanted: WantedSpan) -> None:
    if wanted.day or wanted.axis_start is not AxisStart.MIDNIGHT:
        field = "day" if wanted.day else "axis_start"
        raise _violation(field, "says where a day begins; leave it away with a range")


def _local_instant(field: str, local: LocalTime, zone: str) -> datetime:
    try:
        return local.instant_in(zone)
    except NoSuchDay as error:
        raise _violation(field, f"{error.zone} has no {error.day}") from None


def _bounded(start: datetime, end: datetime, zone: str, end_field: str) -> BoardSpan:
    if not timedelta() < end - start <= LONGEST:
        raise _violation(end_field, "is after the start, by at most 7 days and an hour")
    try:
        ZoneDay.containing(end, zone)
    except NoSuchDay as error:
        raise _violation(end_field, f"{error.zone} has no {error.day}") from None
    return BoardSpan(start, end, zone)


def _last_24_hours(wanted: WantedSpan, zone: str, now: datetime) -> BoardSpan:
    if wanted.day:
        raise _violation("day", "is no part of the last 24 hours; leave it away")
    find_zone(zone)
    # On full minutes, so that what is asked within one is the same and is kept.
    end = now.replace(second=0, microsecond=0) + _MINUTE
    return BoardSpan(end - _DAY, end, zone)


def _operating_start(site: Site) -> time:
    hours, minutes = divmod(site.operating_day_start_minutes, 60)
    return time(hours, minutes)


def _day_of(instant: datetime | None, zone: str, starts_at: time) -> date | None:
    """Returns the day on which something happened, as the zone's calendar has it."""
    return ZoneDay.containing(instant, zone, starts_at).date if instant else None


def _labelled_by_day(start: datetime, end: datetime, zone: str) -> tuple[Column, ...]:
    """Labels the hours of each local day apart, since only within a day one comes twice by the
    clock being set back.
    """
    columns: list[Column] = []
    while start < end:
        midnight = ZoneDay.containing(start, zone).end_time
        until = start + -(-(midnight - start) // HOUR) * HOUR
        columns += Axis(start, min(until, end), zone).columns()
        start = until
    return tuple(columns)


def _violation(field: str, description: str) -> Refusal:
    return invalid_fields([FieldViolation(field, description)])
