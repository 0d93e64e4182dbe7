"""Plays the script of the floor in real time."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import uniform
from typing import Generic, Protocol, TypeVar

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.telemetry import Telemetry
from simulator.floor.calls import CallEvent, call_events_between
from simulator.floor.script import (
    Change,
    Planned,
    changes_between,
    day_on_the_floor,
    plan_of_day,
    start_of_yesterday,
)

CHANGES_PER_CALL = 2_000
_TICK_SECONDS = 1.0
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 10.0
_PASSING = frozenset({Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED})


class UnknownPeople(Exception):  # noqa: N818 - a fact, not an error of ours
    """The roster does not know some agents of the floor."""


class FloorGateway(Protocol):
    """The gateway, as the floor uses it."""

    async def apply_roster(self) -> None:
        """Makes sure that the floor's site, teams, agents and queues exist."""
        ...

    async def publish(self, plan: Sequence[Planned]) -> None:
        """Publishes shifts; those that are published already stay as they are."""
        ...

    async def report(self, changes: Sequence[Change]) -> None:
        """Reports changes. Raises UnknownPeople if the roster lacks agents of the floor."""
        ...

    async def beat(self, now: datetime) -> Sequence[str]:
        """Tells that the floor is alive; returns the agents whose states are asked for again."""
        ...

    async def report_calls(self, events: Sequence[CallEvent]) -> None:
        """Reports events of calls. Raises UnknownPeople likewise."""
        ...


_Told = TypeVar("_Told", Change, CallEvent)


class _Story(Generic[_Told]):
    """One kind of what happens, told in the order of time and never before it happened."""

    def __init__(
        self,
        between: Callable[[datetime, datetime], list[_Told]],
        report: Callable[[Sequence[_Told]], Awaitable[None]],
        start: datetime,
    ) -> None:
        self._between: Callable[[datetime, datetime], list[_Told]] = between
        self._report: Callable[[Sequence[_Told]], Awaitable[None]] = report
        self._told_until = start

    async def catch_up(self, now: datetime) -> None:
        """Tells what happened until now and is not told."""
        all_told = self._between(self._told_until, now)
        for start in range(0, len(all_told), CHANGES_PER_CALL):
            part = all_told[start : start + CHANGES_PER_CALL]
            await self._report(part)
            # What is of one instant stays together only if nothing of it is skipped.
            self._told_until = part[-1].occurred_time - timedelta(microseconds=1)
        self._told_until = now


@dataclass(slots=True)
class _Backoff:
    pause_seconds: float = 0.0

    def longer(self) -> float:
        doubled = max(self.pause_seconds * 2, _FIRST_PAUSE_SECONDS)
        self.pause_seconds = min(doubled, _LONGEST_PAUSE_SECONDS)
        return self.pause_seconds * uniform(0.5, 1.0)


class Player:
    """Tells the gateway once a second what happened since.

    After a failure it tells the same again, which is harmless; so no change is lost while the
    gateway is away, and none is told twice.
    """

    def __init__(self, gateway: FloorGateway, clock: Clock, telemetry: Telemetry) -> None:
        self._gateway = gateway
        self._clock = clock
        self._log = telemetry.log
        self._changes: _Story[Change] | None = None
        self._calls: _Story[CallEvent] | None = None
        self._published_day: date | None = None

    async def run(self) -> None:
        """Plays until cancelled."""
        backoff = _Backoff()
        while True:
            try:
                await self.catch_up()
            except (Refusal, UnknownPeople) as error:
                if isinstance(error, Refusal) and error.code not in _PASSING:
                    raise
                pause = backoff.longer()
                self._log.warning("floor.waiting", cause=str(error), seconds=round(pause, 1))
                await asyncio.sleep(pause)
            else:
                backoff = _Backoff()
                await asyncio.sleep(_TICK_SECONDS)

    async def catch_up(self) -> None:
        """Tells what happened until now and is not told; at first, all since yesterday began."""
        now = self._clock.now()
        if self._changes is None or self._calls is None:
            await self._gateway.apply_roster()
            start = start_of_yesterday(now)
            self._changes = _Story(changes_between, self._gateway.report, start)
            self._calls = _Story(call_events_between, self._gateway.report_calls, start)
            self._published_day = None
            self._log.info("floor.filling", since=start.isoformat())
        await self._publish(day_on_the_floor(now))
        try:
            await self._changes.catch_up(now)
            await self._calls.catch_up(now)
            await self._stay_alive()
        except UnknownPeople:
            # The roster was emptied, and then presence was too: begin anew.
            self._changes = self._calls = None
            raise

    async def _publish(self, today: date) -> None:
        """Publishes who works yesterday, today and tomorrow, once a day."""
        if self._published_day == today:
            return
        days = (today + timedelta(days=distance) for distance in (-1, 0, 1))
        await self._gateway.publish([planned for day in days for planned in plan_of_day(day)])
        self._published_day = today

    async def _stay_alive(self) -> None:
        """Gives the second's proof of life, and tells anew what was lost while there was none."""
        now = self._clock.now()
        lost = frozenset(await self._gateway.beat(now))
        if lost:
            await self._gateway.report(told_anew(lost, now))
            self._log.info("floor.told_anew", agents=len(lost))


def told_anew(agents: Collection[str], now: datetime) -> list[Change]:
    """Returns the present state of agents, as changes of now."""
    latest = {change.agent: change for change in changes_between(start_of_yesterday(now), now)}
    return [
        replace(change, event_id=f"{change.event_id}@{now.isoformat()}", occurred_time=now)
        for agent, change in latest.items()
        if agent in agents
    ]
