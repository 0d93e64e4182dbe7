"""Counts reports in and finds them again: what was acknowledged must be in the log, once."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import httpx

from chassis.clock import SystemClock
from tests.support.desk import Desk

_STATES = ("ONLINE", "BUSY", "WRAP_UP")
_RETRY_SECONDS = 0.1


@dataclass
class Ledger:
    """What was sent of each agent, and what of it was acknowledged."""

    sent: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    """What each attempt without an acknowledgement came to."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def count(self) -> int:
        """How many reports were acknowledged."""
        return sum(len(ids) for ids in self.acknowledged.values())

    def acknowledge(self, agent: str, event_id: str) -> None:
        """Notes an acknowledgement."""
        self.acknowledged[agent].append(event_id)
        self._news.set()

    async def more(self, reports: int, within_seconds: float = 60) -> None:
        """Waits until so many more reports are acknowledged."""
        target = self.count + reports
        async with asyncio.timeout(within_seconds):
            while self.count < target:
                self._news.clear()
                await self._news.wait()

    async def differences(self, desk: Desk) -> list[str]:
        """Compares with the log; an empty list means that the books balance."""
        now = SystemClock().now()
        found: list[str] = []
        for agent, ids in self.acknowledged.items():
            logged = Counter(await desk.log_ids(agent, now))
            lost = [event for event in ids if not logged[event]]
            twice = [event for event, times in logged.items() if times > 1]
            strange = sorted(set(logged) - set(self.sent[agent]))
            found += [f"{agent}: {event} was acknowledged and is lost" for event in lost]
            found += [f"{agent}: {event} is there more than once" for event in twice]
            found += [f"{agent}: {event} was never sent" for event in strange]
        return found


@asynccontextmanager
async def reporting(desk: Desk, agents: Sequence[str]) -> AsyncIterator[Ledger]:
    """Reports states of all agents without a pause, and repeats what was not acknowledged."""
    ledger = Ledger()
    tasks = [asyncio.create_task(_report_on(desk, agent, ledger)) for agent in agents]
    try:
        yield ledger
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _report_on(desk: Desk, agent: str, ledger: Ledger) -> None:
    ledger.sent[agent], ledger.acknowledged[agent] = [], []
    run = SystemClock().now().strftime("%H%M%S%f")
    for number in count():
        event_id = f"{agent}-{run}-{number}"
        ledger.sent[agent].append(event_id)
        await _report_until_acknowledged(desk, agent, event_id, number, ledger)
        ledger.acknowledge(agent, event_id)


async def _report_until_acknowledged(
    desk: Desk, agent: str, event_id: str, number: int, ledger: Ledger
) -> None:
    time = SystemClock().now()
    state = _STATES[number % len(_STATES)]
    while True:
        try:
            outcome = await desk.report(agent, state, time, event_id)
        except httpx.HTTPStatusError as error:
            if not error.response.is_server_error:
                raise
            ledger.failures.append(str(error))
        except httpx.TransportError as error:
            ledger.failures.append(repr(error))
        else:
            assert outcome in {"OUTCOME_RECORDED", "OUTCOME_ALREADY_RECORDED"}, outcome
            return
        await asyncio.sleep(_RETRY_SECONDS)
