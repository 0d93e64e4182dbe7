"""The calls behind what the agents do: how each waited in its queue, and those that nobody took.

Like the script, all is a pure function of the day.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from random import Random
from zoneinfo import ZoneInfo

from simulator.floor.people import TIME_ZONE, floor_agents
from simulator.floor.script import Change, script_day

_ZONE = ZoneInfo(TIME_ZONE)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_MEAN_WAIT_SECONDS = 7
_LONGEST_WAIT_SECONDS = 180
_LOST_RATIO = 0.06
_RECORDED_RATIO = 0.3


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One event in the life of one call; the event id is the same each time it is told."""

    contact: str
    kind: str
    occurred_time: datetime
    queue: str = ""
    agent: str = ""
    recording: str = ""

    @property
    def event_id(self) -> str:
        """A call has one event of a kind at most."""
        return self.kind.lower()


def call_events_between(after: datetime, until: datetime) -> list[CallEvent]:
    """Returns the events of all calls in `(after, until]`, in the order of time."""
    # Who is answered first on a day may have begun to wait on the day before.
    first = after.astimezone(_ZONE).date() - _DAY
    last = until.astimezone(_ZONE).date() + _DAY
    days = (first + _DAY * number for number in range((last - first).days + 1))
    found = chain.from_iterable(_events_of_day(day, after, until) for day in days)
    return sorted(found, key=_by_time)


def _events_of_day(day: date, after: datetime, until: datetime) -> tuple[CallEvent, ...]:
    events = _call_day(day)
    first, end = (
        bisect_right(events, edge, key=attrgetter("occurred_time")) for edge in (after, until)
    )
    return events[first:end]


def _by_time(event: CallEvent) -> tuple[datetime, str]:
    return event.occurred_time, event.contact


@lru_cache(maxsize=4)
def _call_day(day: date) -> tuple[CallEvent, ...]:
    queues = {agent.name: agent.queue for agent in floor_agents()}
    lines = {agent: _Line(agent, queue) for agent, queue in queues.items()}
    events = (event for it in script_day(day) for event in lines[it.agent].follow(it))
    return tuple(sorted(events, key=_by_time))


class _Line:
    """One agent's calls, as her changes tell them."""

    def __init__(self, agent: str, queue: str) -> None:
        self._agent = agent
        self._queue = queue
        self._contact = ""
        self._answered = False

    def follow(self, change: Change) -> Iterator[CallEvent]:
        at = change.occurred_time
        if change.activity == "RINGING":
            self._contact, self._answered = change.contacts[0], False
            yield from self._begin(at)
        elif change.activity == "TALKING":
            yield self._event("RESUMED" if self._answered else "ANSWERED", at)
            self._answered = True
        elif change.activity == "HOLD":
            yield self._event("HELD", at)
        elif change.state == "WRAP_UP":
            yield CallEvent(self._contact, "ENDED", at)
            yield from self._recording(at)
        elif self._contact:
            yield self._event("WRAPPED_UP", at)
            self._contact = ""

    def _begin(self, at: datetime) -> Iterator[CallEvent]:
        random = Random(self._contact)
        entered = at - _SECOND * _drawn_wait(random)
        yield CallEvent(self._contact, "ENQUEUED", entered, queue=self._queue)
        yield self._event("RINGING", at)
        if random.random() < _LOST_RATIO:
            lost = f"{self._contact}-lost"
            yield CallEvent(lost, "ENQUEUED", entered, queue=self._queue)
            yield CallEvent(lost, "ABANDONED", entered + _SECOND * (2 + _drawn_wait(random)))

    def _recording(self, at: datetime) -> Iterator[CallEvent]:
        if Random(f"recording/{self._contact}").random() < _RECORDED_RATIO:
            reference = f"demo/{self._contact}.wav"
            yield CallEvent(self._contact, "RECORDED", at, recording=reference)

    def _event(self, kind: str, at: datetime) -> CallEvent:
        return CallEvent(self._contact, kind, at, agent=self._agent)


def _drawn_wait(random: Random) -> float:
    return min(random.expovariate(1 / _MEAN_WAIT_SECONDS), _LONGEST_WAIT_SECONDS)
