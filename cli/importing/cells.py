"""What is in a cell: days, clock times and lengths, as text or as a workbook keeps them."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_YEARS = range(1970, 2200)
# As a workbook's own dates and times are written out, whatever the formats of the mapping.
_DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
_CLOCK = r"(?P<clock>\d{1,3}:\d\d(:\d\d(\.\d{1,6})?)?)"
_PLAIN_DAY = re.compile(f"{_DAY}([ T]{_CLOCK})?")
_PLAIN_CLOCK = re.compile(f"({_DAY}[ T])?{_CLOCK}")
_PLAIN_INSTANT = re.compile(f"{_DAY}[ T]{_CLOCK}")
_A_DAY = timedelta(days=1)
_SOME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a clock on a wall has no zone of its own


def parse_day(cell: str, form: str) -> date:
    """Reads a day; ValueError if it is none, or of a year that is a slip of the pen."""
    plain = _PLAIN_DAY.fullmatch(cell)
    day = date.fromisoformat(plain["day"]) if plain else _parse_local(cell, form).date()
    if day.year not in _YEARS:
        raise ValueError(f"the year {day.year} is a slip of the pen")
    return day


def parse_clock(cell: str, form: str) -> timedelta:
    """Reads a clock time as the time since midnight, 24:00 included; ValueError if it is none."""
    plain = _PLAIN_CLOCK.fullmatch(cell)
    if plain is None:
        return _since_midnight(_parse_local(cell, form).time())
    clock = parse_length(plain["clock"])
    if clock > _A_DAY:
        raise ValueError("a day has no such hour")
    return clock


def parse_time(cell: str, form: str) -> time:
    """Reads a clock time; 24:00 is the 0:00 at the end of the day. ValueError if it is none."""
    return (_SOME_DAY + parse_clock(cell, form) % _A_DAY).time()


def parse_instant(cell: str, form: str) -> datetime:
    """Reads a local day with its clock time, 24:00 included; ValueError if it is none."""
    plain = _PLAIN_INSTANT.fullmatch(cell)
    if plain is None:
        local = _parse_local(cell, form)
        parse_day(local.date().isoformat(), form)
        return local
    day = parse_day(plain["day"], form)
    return datetime.combine(day, time()) + parse_clock(plain["clock"], form)


def parse_length(cell: str) -> timedelta:
    """Reads a length: seconds, or hours and minutes and seconds with colons."""
    if ":" not in cell:
        return timedelta(seconds=int(cell))
    hours, minutes, *rest = cell.split(":")
    seconds = rest[0] if rest else "0"
    if len(rest) > 1 or not 0 <= int(minutes) < 60 or not 0 <= float(seconds) < 60:
        raise ValueError("minutes and seconds count to 59")
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(_SOME_DAY, clock) - _SOME_DAY


@lru_cache(maxsize=200_000)
def _parse_local(cell: str, form: str) -> datetime:
    return datetime.strptime(cell, form)  # noqa: DTZ007 - a clock on a wall has no zone of its own
