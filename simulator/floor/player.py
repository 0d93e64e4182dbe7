"""Plays the script of the floor in real time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from typing import Protocol

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.telemetry import Telemetry
from simulator.floor.script import Change, changes_between, start_of_yesterday

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
        """Makes sure that the floor's site, teams and agents exist."""
        ...

    async def report(self, changes: Sequence[Change]) -> None:
        """Reports changes. Raises UnknownPeople if the roster lacks agents of the floor."""
        ...


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
        self._told_until: datetime | None = None

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
        if self._told_until is None:
            await self._gateway.apply_roster()
            self._told_until = start_of_yesterday(now)
            self._log.info("floor.filling", since=self._told_until.isoformat())
        changes = changes_between(self._told_until, now)
        try:
            for start in range(0, len(changes), CHANGES_PER_CALL):
                part = changes[start : start + CHANGES_PER_CALL]
                await self._gateway.report(part)
                # Changes of one instant stay together only if nothing of it is skipped.
                self._told_until = part[-1].occurred_time - timedelta(microseconds=1)
        except UnknownPeople:
            # The roster was emptied, and then presence was too: begin anew.
            self._told_until = None
            raise
        self._told_until = now
