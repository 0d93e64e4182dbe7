"""From clock times on a wall to instants, by the zone's own rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cli.importing.reasons import Reason, RowRefusedError

_DAY = timedelta(days=1)
_HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """A call as a file writes it: a day, clock times, and a length where it has one."""

    day: date
    start: time
    end: time
    arrival: time | None = None
    length: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of real time, `[start_time, end_time)`."""

    start_time: datetime
    end_time: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end_time - self.start_time


def instants_of(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Returns when the clock shows `local`: never if it skips it, twice if it shows it twice."""
    # By PEP 495 the two folds differ in offset only around a change of the clock, and the first one
    # has the larger offset where the clock goes back.
    first, second = (_offset_of(local, zone, fold) for fold in (0, 1))
    offsets = (first,) if first == second else (first, second) if first > second else ()
    return tuple((local - offset).replace(tzinfo=UTC) for offset in offsets)


def resolve_instant(clock: ClockSpan, zone: ZoneInfo) -> datetime:
    """Returns when a call starts that has no length; raises RowRefusedError if never.

    Over twelve hours before the arrival it lies on the next day. Where the clock shows a time
    twice, the earlier instant is taken.
    """
    instants = instants_of(_start_of(clock), zone)
    if not instants:
        raise RowRefusedError(Reason.NO_SUCH_TIME)
    return instants[0]


def resolve_span(clock: ClockSpan, zone: ZoneInfo, longest: timedelta) -> Span:
    """Returns when a call really was, longer than nothing; raises RowRefusedError if never.

    The file's day is the day of arrival. A start over twelve hours before the arrival lies on the
    next day, and an end before the start lies on the day after the start's. Where the clock shows a
    time twice, the length decides; without a length the earlier instant is taken.
    """
    spans = _possible_spans(clock, zone)
    if not spans:
        raise RowRefusedError(Reason.NO_SUCH_TIME)
    agreeing = [span for span in spans if clock.length in (None, span.length)]
    chosen = (agreeing or spans)[0]
    if chosen.length > longest:
        raise RowRefusedError(
            Reason.ENDS_BEFORE_START if clock.end < clock.start else Reason.TOO_LONG
        )
    if not agreeing:
        raise RowRefusedError(Reason.LENGTH_CONTRADICTS)
    if not chosen.length:
        raise RowRefusedError(Reason.NO_LENGTH)
    return chosen


def _possible_spans(clock: ClockSpan, zone: ZoneInfo) -> list[Span]:
    start = _start_of(clock)
    same_day_end = datetime.combine(start.date(), clock.end)
    return [
        Span(start_time, end_time)
        for start_time in instants_of(start, zone)
        for end in (same_day_end, same_day_end + _DAY)
        for end_time in instants_of(end, zone)
        if end_time >= start_time
    ]


def _offset_of(local: datetime, zone: ZoneInfo, fold: int) -> timedelta:
    offset = local.replace(tzinfo=zone, fold=fold).utcoffset()
    assert offset is not None  # noqa: S101 - a zone has one at every instant
    return offset


def _start_of(clock: ClockSpan) -> datetime:
    start = datetime.combine(clock.day, clock.start)
    if clock.arrival is None:
        return start
    arrival = datetime.combine(clock.day, clock.arrival)
    return start + _DAY if start < arrival - _HALF_DAY else start
