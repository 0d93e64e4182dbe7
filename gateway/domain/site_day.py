"""A calendar day of a zone as a span of instants with its hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gateway.domain.errors import NoSuchDay, UnknownTimeZone

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Column:
    """One hour of the axis: the instant at which it starts and what the clock on the wall shows
    then.
    """

    start_time: datetime
    label: str


@dataclass(frozen=True, slots=True)
class SiteDay:
    """A day as a zone's calendar has it, `[start_time, end_time)`, usually but not always 24 hours
    long.
    """

    date: date
    zone: str

    def __post_init__(self) -> None:
        """Refuses a zone that is not known and a day that the zone's calendar skipped."""
        if self.end_time <= self.start_time:
            raise NoSuchDay(self.date, self.zone)

    @classmethod
    def containing(cls, instant: datetime, zone: str) -> "SiteDay":
        """Returns the day that the zone's calendar shows at an instant."""
        return cls(instant.astimezone(find_zone(zone)).date(), zone)

    @property
    def start_time(self) -> datetime:
        """The first instant of the day."""
        return _first_instant(self.date, self.zone)

    @property
    def end_time(self) -> datetime:
        """The first instant after the day."""
        try:
            following = self.date + timedelta(days=1)
        except OverflowError:
            raise NoSuchDay(self.date, self.zone) from None
        return _first_instant(following, self.zone)

    def columns(self) -> tuple[Column, ...]:
        """Returns the day's hours in elapsed time: 23, 24 or 25 of them; the last one may be
        shorter than an hour.
        """
        zone = find_zone(self.zone)
        start, end = self.start_time, self.end_time
        count = -(-(end - start) // _HOUR)
        seen: dict[str, int] = {}
        columns = []
        for hour in range(count):
            instant = start + hour * _HOUR
            label = _wall_clock(instant.astimezone(zone))
            columns.append(Column(instant, _distinct(label, seen)))
        return tuple(columns)


def find_zone(name: str) -> ZoneInfo:
    """Returns the zone of an IANA name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownTimeZone(name) from None


def _first_instant(day: date, zone: str) -> datetime:
    # Where midnight comes twice, fold 0 is the first one. Where it is skipped, fold 0 reads it with
    # the offset before the change, which is the very instant of the change.
    local = datetime.combine(day, time(), find_zone(zone))
    try:
        return local.astimezone(UTC)
    except OverflowError:
        raise NoSuchDay(day, zone) from None


def _wall_clock(local: datetime) -> str:
    return f"{local:%H}" if local.minute == 0 else f"{local:%H:%M}"


def _distinct(label: str, seen: dict[str, int]) -> str:
    seen[label] = seen.get(label, 0) + 1
    return label if seen[label] == 1 else f"{label}{chr(ord('a') + seen[label] - 1)}"
