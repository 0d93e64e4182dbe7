"""Days and hours as a zone's calendar has them: where an axis of time begins, ends, and is cut."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MIDNIGHT = time()


@dataclass(eq=False)
class UnknownTimeZone(Exception):  # noqa: N818 - a fact, not a mistake
    """No such IANA time zone."""

    zone: str


@dataclass(eq=False)
class NoSuchDay(Exception):  # noqa: N818 - a fact, not a mistake
    """The zone's calendar has no such day: it was skipped, or lies out of range."""

    day: date
    zone: str


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What a calendar and the clock on the wall show, wherever that is."""

    date: date
    time: time

    def instant_in(self, zone: str) -> datetime:
        """Returns when a zone shows it: at first where it comes twice, and where it is skipped as
        much later as the clock is set forward.
        """
        return _instant_on(self.date, self.time, zone)


@dataclass(frozen=True, slots=True)
class Column:
    """One hour of an axis: the instant at which it starts and what the clock on the wall shows
    then.
    """

    start_time: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A span of time `[start_time, end_time)` whose hours are labelled by a zone's clock."""

    start_time: datetime
    end_time: datetime
    zone: str

    def columns(self) -> tuple[Column, ...]:
        """Returns the hours in elapsed time; the last one may be shorter than an hour.

        An hour is labelled `09`, or `09:30` where hours start off the full one; one that comes
        twice is `01` and `01b`.
        """
        zone = find_zone(self.zone)
        seen: dict[str, int] = {}
        columns = []
        for hour in range(-(-(self.end_time - self.start_time) // HOUR)):
            instant = self.start_time + hour * HOUR
            label = _wall_clock(instant.astimezone(zone))
            columns.append(Column(instant, _distinct(label, seen)))
        return tuple(columns)


@dataclass(frozen=True, slots=True)
class ZoneDay:
    """A day as a zone's calendar has it, `[start_time, end_time)`, usually but not always 24 hours
    long.

    It starts at midnight, or at the time at which the place's working day does, say 06:00.
    """

    date: date
    zone: str
    starts_at: time = _MIDNIGHT

    def __post_init__(self) -> None:
        """Refuses a zone that is not known and a day that the zone's calendar skipped."""
        if self.end_time <= self.start_time:
            raise NoSuchDay(self.date, self.zone)

    @classmethod
    def containing(cls, instant: datetime, zone: str, starts_at: time = _MIDNIGHT) -> "ZoneDay":
        """Returns the day that runs at an instant."""
        local = instant.astimezone(find_zone(zone)).date()
        day = cls(local, zone, starts_at)
        # Before the working day starts, the one of the day before still runs.
        return day if day.start_time <= instant else cls(local - _DAY, zone, starts_at)

    @property
    def start_time(self) -> datetime:
        """The first instant of the day."""
        return _instant_on(self.date, self.starts_at, self.zone)

    @property
    def end_time(self) -> datetime:
        """The first instant after the day."""
        try:
            following = self.date + _DAY
        except OverflowError:
            raise NoSuchDay(self.date, self.zone) from None
        return _instant_on(following, self.starts_at, self.zone)

    def columns(self) -> tuple[Column, ...]:
        """Returns the day's hours: 23, 24 or 25 of them."""
        return Axis(self.start_time, self.end_time, self.zone).columns()


def find_zone(name: str) -> ZoneInfo:
    """Returns the zone of an IANA name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownTimeZone(name) from None


def _instant_on(day: date, starts_at: time, zone: str) -> datetime:
    # Where the start comes twice, fold 0 is the first one. Where it is skipped, fold 0 reads it
    # with the offset before the change: for midnight that is the very instant of the change.
    local = datetime.combine(day, starts_at, find_zone(zone))
    try:
        return local.astimezone(UTC)
    except OverflowError:
        raise NoSuchDay(day, zone) from None


def _wall_clock(local: datetime) -> str:
    return f"{local:%H}" if local.minute == 0 else f"{local:%H:%M}"


def _distinct(label: str, seen: dict[str, int]) -> str:
    seen[label] = seen.get(label, 0) + 1
    return label if seen[label] == 1 else f"{label}{chr(ord('a') + seen[label] - 1)}"
