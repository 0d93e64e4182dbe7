"""Counts reports in and finds them again: what was acknowledged must be in the log, once, and on
every board that was open, once.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from chassis.cancelling import cancel_all
from chassis.clock import SystemClock
from tests.support.desk import Change, Desk, milliseconds_of
from tests.support.repeating import until_taken

_STATES = ("ONLINE", "BUSY", "WRAP_UP")
_RECORDED = {"OUTCOME_RECORDED", "OUTCOME_ALREADY_RECORDED"}


@dataclass
class Ledger:
    """What was sent of each agent, and what of it was acknowledged."""

    sent: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, dict[str, Change]] = field(default_factory=dict)
    """By agent and event id: what a board is told of it."""
    failures: list[str] = field(default_factory=list)
    """What each attempt without an acknowledgement came to."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def count(self) -> int:
        """How many reports were acknowledged."""
        return sum(len(ids) for ids in self.acknowledged.values())

    def acknowledge(self, agent: str, event_id: str, change: Change) -> None:
        """Notes an acknowledgement."""
        self.acknowledged[agent][event_id] = change
        self._news.set()

    async def more(self, reports: int, within_seconds: float = 60) -> None:
        """Waits until so many more reports are acknowledged."""
        target = self.count + reports
        async with asyncio.timeout(within_seconds):
            while self.count < target:
                self._news.clear()
                await self._news.wait()

    async def differences(self, desk: Desk, board: Counter[Change] | None = None) -> list[str]:
        """Compares with the log, and with what an open board was told if that is given. An empty
        list means that the books balance.
        """
        now = SystemClock().now()
        found: list[str] = []
        for agent, told in self.acknowledged.items():
            logged = Counter(await desk.log_ids(agent, now))
            lost = [event for event in told if not logged[event]]
            twice = [event for event, times in logged.items() if times > 1]
            strange = sorted(set(logged) - set(self.sent[agent]))
            found += [f"{agent}: {event} was acknowledged and is lost" for event in lost]
            found += [f"{agent}: {event} is there more than once" for event in twice]
            found += [f"{agent}: {event} was never sent" for event in strange]
        return found if board is None else found + self._differences_on(board)

    def _differences_on(self, board: Counter[Change]) -> list[str]:
        changes = [change for told in self.acknowledged.values() for change in told.values()]
        times = [(change, board[change]) for change in changes]
        return [f"the board was told {n} times of {change}" for change, n in times if n != 1]


@asynccontextmanager
async def reporting(desk: Desk, agents: Sequence[str]) -> AsyncIterator[Ledger]:
    """Reports states of all agents without a pause, and repeats what was not acknowledged."""
    ledger = Ledger()
    tasks = {asyncio.create_task(_report_on(desk, agent, ledger)) for agent in agents}
    try:
        yield ledger
    finally:
        await cancel_all(tasks)
    for task in tasks:
        # Whoever stopped by herself has something to say.
        if not task.cancelled():
            task.result()


async def _report_on(desk: Desk, agent: str, ledger: Ledger) -> None:
    ledger.sent[agent], ledger.acknowledged[agent] = [], {}
    run = SystemClock().now().strftime("%H%M%S%f")
    for number in count():
        event_id, time = f"{agent}-{run}-{number}", SystemClock().now()
        report = partial(desk.report, agent, _STATES[number % len(_STATES)], time, event_id)
        ledger.sent[agent].append(event_id)
        outcome = await until_taken(report, ledger.failures)
        assert outcome in _RECORDED, outcome
        ledger.acknowledge(agent, event_id, Change(f"agents/{agent}", milliseconds_of(time)))
