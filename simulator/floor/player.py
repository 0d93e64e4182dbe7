"""Plays the twin in real time, and imports what lies before."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from random import uniform
from typing import Protocol

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.telemetry import Telemetry
from services.presence.domain.state import State
from simulator.floor.history import History
from simulator.floor.outages import Outages
from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.shifts import PlannedShift
from simulator.twin.twin import Twin

REPORTS_A_CALL = 2_000
_TICK_SECONDS = 1.0
# A third of the lease of telephones, where the policy names no other.
_BEAT_EVERY = timedelta(seconds=3)
_DAY = timedelta(days=1)
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 10.0
_PASSING = frozenset({Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED})


class UnknownPeople(Exception):  # noqa: N818 - a fact, not an error of ours
    """The roster, or presence, does not know some agents of the floor."""


class FloorGateway(Protocol):
    """The gateway, as the floor uses it."""

    async def apply_roster(self) -> None:
        """Makes sure that the floor's sites, teams, agents and queues exist, and that their breaks
        have limits. Raises UnknownPeople if presence has not heard of the agents yet.
        """
        ...

    async def last_told_time(self) -> datetime | None:
        """Returns the instant up to which Muster knows of the floor; None if it does not."""
        ...

    async def publish(self, plan: Sequence[PlannedShift]) -> None:
        """Publishes shifts; those that are published already stay as they are."""
        ...

    async def report(self, changes: Sequence[StateChange], *, is_past: bool) -> None:
        """Reports changes. Raises UnknownPeople if the roster lacks agents of the floor."""
        ...

    async def report_contacts(self, moments: Sequence[ContactMoment], *, is_past: bool) -> None:
        """Reports what became of contacts. Raises UnknownPeople likewise."""
        ...

    async def beat(self, sources: Collection[str], now: datetime) -> Sequence[str]:
        """Gives the sources' proof of life; returns the agents whose states are asked for again."""
        ...


@dataclass(slots=True)
class _Backoff:
    pause_seconds: float = 0.0

    def longer(self) -> float:
        doubled = max(self.pause_seconds * 2, _FIRST_PAUSE_SECONDS)
        self.pause_seconds = min(doubled, _LONGEST_PAUSE_SECONDS)
        return self.pause_seconds * uniform(0.5, 1.0)


class Player:
    """Tells the gateway once a second what happened since, and the past beside it.

    After a failure it tells the same again, which is harmless; so no change is lost while the
    gateway is away, and none is told twice.
    """

    def __init__(
        self,
        gateway: FloorGateway,
        new_twin: Callable[[date], Twin],
        history_days: int,
        outages: Outages,
        clock: Clock,
        telemetry: Telemetry,
    ) -> None:
        self._gateway = gateway
        self._new_twin = new_twin
        self._history_length = history_days * _DAY
        self._outages = outages
        self._clock = clock
        self._log = telemetry.log
        self._twin: Twin | None = None
        self._history = History(())
        self._states: deque[StateChange] = deque()
        self._moments: deque[ContactMoment] = deque()
        self._latest: dict[str, StateChange] = {}
        self._published_day: date | None = None
        self._beat_time: datetime | None = None

    @property
    def twin(self) -> Twin | None:
        """What is played; None until it has begun."""
        return self._twin

    async def run(self) -> None:
        """Plays until cancelled."""
        backoff = _Backoff()
        while True:
            try:
                await self.catch_up()
                is_done = not await self.fill_in()
            except (Refusal, UnknownPeople) as error:
                if isinstance(error, Refusal) and error.code not in _PASSING:
                    raise
                pause = backoff.longer()
                self._log.warning("floor.waiting", cause=str(error), seconds=round(pause, 1))
                await asyncio.sleep(pause)
            else:
                backoff = _Backoff()
                await asyncio.sleep(_TICK_SECONDS if is_done else 0)

    async def catch_up(self) -> None:
        """Tells what happened until now and is not told; at first, who is in which state now."""
        twin = self._twin or await self._begin()
        now = self._clock.now()
        await self._publish(twin, now.date())
        self._take(twin.run(now), now)
        try:
            await self._tell()
            await self._stay_alive()
        except UnknownPeople:
            # The roster was emptied, and then presence was too: begin anew.
            self._twin = None
            raise

    async def fill_in(self) -> bool:
        """Imports a part of the past, the newest first; tells whether there was one."""
        part = self._history.next_part(REPORTS_A_CALL)
        if part is None:
            return False
        if part.states:
            await self._gateway.report(part.states, is_past=True)
        if part.moments:
            await self._gateway.report_contacts(part.moments, is_past=True)
        self._history.told(part)
        if self._history.is_told:
            self._log.info("floor.filled")
        return True

    async def _begin(self) -> Twin:
        """Runs the twin up to now: what Muster does not know of it yet becomes the history.
        Nothing that was started goes on in it.
        """
        self._outages.forget()
        await self._gateway.apply_roster()
        now = self._clock.now()
        start = now - self._history_length
        known_until = await self._gateway.last_told_time()
        if known_until is not None:
            start = max(start, known_until)
        twin = self._new_twin(start.date())
        self._log.info("floor.filling", since=start.isoformat())
        past = await asyncio.to_thread(twin.run, now)
        self._latest = {it.agent: it for it in past if isinstance(it, StateChange)}
        told = [it for it in past if it.occurred_time > start]
        self._history = History([*told, *_ends(self._latest, now)] if told else ())
        self._states = deque(told_anew(self._latest.values(), now))
        self._moments = deque()
        self._published_day = None
        self._twin = twin
        return twin

    async def _publish(self, twin: Twin, today: date) -> None:
        """Publishes who works when, from the history's first day to the day after tomorrow's eve,
        once a day.
        """
        if self._published_day == today:
            return
        first = today - self._history_length
        days = (first + number * _DAY for number in range((today - first).days + 2))
        await self._gateway.publish([shift for day in days for shift in twin.plan_of(day)])
        self._published_day = today

    def _take(self, happenings: Sequence[Happening], now: datetime) -> None:
        back = self._outages.judge(now)
        self._latest |= {it.agent: it for it in happenings if isinstance(it, StateChange)}
        told = self._outages.let_through(happenings)
        self._states.extend(it for it in told if isinstance(it, StateChange))
        self._moments.extend(it for it in told if isinstance(it, ContactMoment))
        if back:
            of_back = (it for it in self._latest.values() if self._outages.is_of(it, back))
            self._states.extend(told_anew(of_back, now))
            self._moments.extend(self._outages.release())

    async def _tell(self) -> None:
        while self._states:
            changes = list(islice(self._states, REPORTS_A_CALL))
            await self._gateway.report(changes, is_past=False)
            for _ in changes:
                self._states.popleft()
        while self._moments:
            moments = list(islice(self._moments, REPORTS_A_CALL))
            await self._gateway.report_contacts(moments, is_past=False)
            for _ in moments:
                self._moments.popleft()

    async def _stay_alive(self) -> None:
        """Gives proof of life in time, and tells anew what was lost while there was none."""
        now = self._clock.now()
        if self._beat_time is not None and now < self._beat_time + _BEAT_EVERY:
            return
        lost = frozenset(await self._gateway.beat(self._outages.present(), now))
        self._beat_time = now
        if lost:
            again = told_anew((self._latest[agent] for agent in lost & self._latest.keys()), now)
            await self._gateway.report(again, is_past=False)
            self._log.info("floor.told_anew", agents=len(lost))


def _ends(agents: Iterable[str], now: datetime) -> Iterator[StateChange]:
    """Yields where the imported past ends: else its last word would go on whenever a live source is
    away.
    """
    return (StateChange(agent, now, State.UNOBSERVED) for agent in agents)


def told_anew(changes: Iterable[StateChange], now: datetime) -> list[StateChange]:
    """Returns states that last, as changes of now."""
    return [replace(change, occurred_time=now) for change in changes]
