"""What happens on the floor: every change of every agent, known in advance.

All is a pure function of the day. Whoever plays it, now or again after a restart, tells the same.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from random import Random
from zoneinfo import ZoneInfo

from simulator.floor.people import TIME_ZONE, FloorAgent, floor_agents
from simulator.floor.shifts import Pause, Shift, plan_shift, works_nights

_SEED = "harbor"
_ZONE = ZoneInfo(TIME_ZONE)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_HOLD_RATIO = 0.12
_PERSONAL_RATIO = 0.012
_TECHNICAL_RATIO = 0.003


@dataclass(frozen=True, slots=True)
class Change:
    """One state change of one agent; the event id is the same each time it is told."""

    event_id: str
    agent: str
    state: str
    occurred_time: datetime
    reason: str = ""
    activity: str = "UNSPECIFIED"
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift that starts on a day, and whose it is."""

    agent: FloorAgent
    day: date
    shift: Shift


def plan_of_day(day: date) -> list[Planned]:
    """Returns the shifts that start on a day."""
    plan = ((agent, _plan(agent, day, _random_of(agent, day))) for agent in floor_agents())
    return [Planned(agent, day, shift) for agent, shift in plan if shift is not None]


def day_on_the_floor(now: datetime) -> date:
    """Returns the calendar day that the floor has."""
    return now.astimezone(_ZONE).date()


def changes_between(after: datetime, until: datetime) -> list[Change]:
    """Returns the changes of all agents in `(after, until]`, in the order of time."""
    first = after.astimezone(_ZONE).date() - _DAY
    last = until.astimezone(_ZONE).date()
    days = (first + _DAY * number for number in range((last - first).days + 1))
    found = chain.from_iterable(_changes_of_day(day, after, until) for day in days)
    return sorted(found, key=_by_time)


def start_of_yesterday(now: datetime) -> datetime:
    """Returns when the day before began on the floor."""
    yesterday = day_on_the_floor(now) - _DAY
    return datetime.combine(yesterday, time(), _ZONE).astimezone(UTC)


def _changes_of_day(day: date, after: datetime, until: datetime) -> list[Change]:
    script = script_day(day)
    first, end = (bisect_right(script, edge, key=_time_of) for edge in (after, until))
    return list(script[first:end])


def _time_of(change: Change) -> datetime:
    return change.occurred_time


def _by_time(change: Change) -> tuple[datetime, str]:
    return change.occurred_time, change.agent


@lru_cache(maxsize=4)
def script_day(day: date) -> tuple[Change, ...]:
    """Returns the changes of the shifts that begin on a day, in the order of time."""
    scripts = (_script_agent(agent, day) for agent in floor_agents())
    return tuple(sorted(chain.from_iterable(scripts), key=_by_time))


def _script_agent(agent: FloorAgent, day: date) -> Iterator[Change]:
    random = _random_of(agent, day)
    teller = _Teller(agent.name, day)
    if not works_nights(agent):
        midnight = datetime.combine(day, time(), _ZONE).astimezone(UTC)
        yield teller.tell("OFFLINE", midnight)
    shift = _plan(agent, day, random)
    if shift is not None:
        yield from _Working(teller, random).through(shift)


def _random_of(agent: FloorAgent, day: date) -> Random:
    # A string seeds the same on every machine and in every process.
    return Random(f"{_SEED}/{day.isoformat()}/{agent.number}")


def _plan(agent: FloorAgent, day: date, random: Random) -> Shift | None:
    return plan_shift(agent, day, _ZONE, random)


class _Teller:
    """Numbers the changes of an agent's day."""

    def __init__(self, agent: str, day: date) -> None:
        self._agent = agent
        self._day = f"{day:%Y%m%d}"
        self._count = 0
        self._calls = 0

    def tell(
        self,
        state: str,
        at: datetime,
        *,
        reason: str = "",
        activity: str = "UNSPECIFIED",
        contacts: tuple[str, ...] = (),
    ) -> Change:
        self._count += 1
        event_id = f"{self._day}-{self._count:04d}"
        return Change(event_id, self._agent, state, at, reason, activity, contacts)

    def new_contact(self) -> str:
        self._calls += 1
        return f"call-{self._day}-{self._agent.rpartition('/')[2]}-{self._calls:03d}"


class _Working:
    """One agent's way through a shift, from call to call."""

    def __init__(self, teller: _Teller, random: Random) -> None:
        self._teller = teller
        self._random = random
        self._now = datetime.min.replace(tzinfo=UTC)

    def through(self, shift: Shift) -> Iterator[Change]:
        self._now = shift.start_time + self._seconds(-120, 240)
        end_time = shift.end_time + self._seconds(0, 300)
        pauses = list(shift.pauses)
        yield self._tell("ONLINE")
        while self._now < end_time:
            if pauses and self._now >= pauses[0].start_time:
                yield from self._pause(pauses.pop(0))
            self._now += self._idle()
            if self._now < end_time:
                yield from self._call()
                yield from self._sometimes_pause()
                yield self._tell("ONLINE")
        yield self._tell("OFFLINE")

    def _call(self) -> Iterator[Change]:
        contacts = (self._teller.new_contact(),)
        yield self._tell("BUSY", activity="RINGING", contacts=contacts)
        self._now += self._seconds(2, 9)
        yield self._tell("BUSY", activity="TALKING", contacts=contacts)
        self._now += self._lasting(210, 0.7)
        if self._random.random() < _HOLD_RATIO:
            yield self._tell("BUSY", activity="HOLD", contacts=contacts)
            self._now += self._seconds(15, 90)
            yield self._tell("BUSY", activity="TALKING", contacts=contacts)
            self._now += self._seconds(20, 120)
        yield self._tell("WRAP_UP", contacts=contacts)
        self._now += self._lasting(35, 0.6)

    def _sometimes_pause(self) -> Iterator[Change]:
        drawn = self._random.random()
        if drawn < _TECHNICAL_RATIO:
            yield self._tell("BREAK", reason="technical")
            self._now += self._seconds(120, 900)
        elif drawn < _TECHNICAL_RATIO + _PERSONAL_RATIO:
            yield self._tell("BREAK", reason="personal")
            self._now += self._seconds(120, 480)

    def _pause(self, pause: Pause) -> Iterator[Change]:
        yield self._tell("BREAK", reason=pause.reason)
        self._now += pause.length + self._seconds(-60, 240)
        yield self._tell("ONLINE")

    def _idle(self) -> timedelta:
        hour = self._now.astimezone(_ZONE).hour
        mean_seconds = _IDLE_SECONDS[hour // 4]
        return _SECOND * (1 + self._random.expovariate(1 / mean_seconds))

    def _lasting(self, median_seconds: float, spread: float) -> timedelta:
        drawn = self._random.lognormvariate(0, spread) * median_seconds
        return _SECOND * min(max(drawn, 5), 3_600)

    def _seconds(self, least: int, most: int) -> timedelta:
        return _SECOND * self._random.uniform(least, most)

    def _tell(
        self,
        state: str,
        *,
        reason: str = "",
        activity: str = "UNSPECIFIED",
        contacts: tuple[str, ...] = (),
    ) -> Change:
        # At least a second lies between two changes, as telephone systems have it.
        self._now += _SECOND
        return self._teller.tell(
            state, self._now, reason=reason, activity=activity, contacts=contacts
        )


# How long an agent waits for the next call, by four hours of the day: calm nights, busy middays.
_IDLE_SECONDS = (150, 120, 50, 70, 80, 110)
