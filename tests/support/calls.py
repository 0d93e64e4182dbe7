"""Counts calls in and finds them again: each acknowledged event has left its mark, once, and the
figures of the queue say what the calls say.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from chassis.cancelling import cancel_all
from chassis.clock import SystemClock
from tests.support.desk import Desk
from tests.support.repeating import until_taken

QUEUE = "support"
_STEPS = ("ENQUEUED", "ANSWERED", "ENDED")
_RECORDED = {"OUTCOME_RECORDED", "OUTCOME_ALREADY_RECORDED"}
_STATES = ("", "STATE_WAITING", "STATE_TALKING", "STATE_ENDED")


@dataclass
class CallLedger:
    """How far each call of a site was acknowledged; the one in hand may be a step further."""

    site: str
    steps: dict[str, int] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def count(self) -> int:
        """How many events were acknowledged."""
        return sum(self.steps.values())

    def acknowledge(self, call: str) -> None:
        """Notes that the next step of a call was acknowledged."""
        self.steps[call] += 1
        self._news.set()

    async def more(self, events: int, within_seconds: float = 60) -> None:
        """Waits until so many more events are acknowledged."""
        target = self.count + events
        async with asyncio.timeout(within_seconds):
            while self.count < target:
                self._news.clear()
                await self._news.wait()

    async def differences(self, desk: Desk) -> list[str]:
        """Compares with what dispatch tells; an empty list means that the books balance."""
        contacts = await desk.contacts(self.site, SystemClock().now())
        known = {contact["contactId"]: contact for contact in contacts}
        listed = Counter(contact["contactId"] for contact in contacts)
        found = [f"{call} is listed {n} times" for call, n in listed.items() if n > 1]
        found += [f"{call} was never sent" for call in known.keys() - self.steps.keys()]
        for call, step in self.steps.items():
            found += _differences_of(call, step, known.get(call))
        return found + await self._differences_of_figures(desk, contacts)

    async def _differences_of_figures(
        self, desk: Desk, contacts: list[dict[str, Any]]
    ) -> list[str]:
        answer = await desk.get(f"/v1/sites/{self.site}/queueFigures")
        (figures,) = answer["figures"]
        told = (figures.get("waitingCount", 0), figures.get("answeredCount", 0))
        steps = [_step_of(contact) for contact in contacts]
        counted = (sum(step == 1 for step in steps), sum(step > 1 for step in steps))
        if told == counted:
            return []
        return [f"figures tell (waiting, answered) {told}, the calls {counted}"]


@asynccontextmanager
async def calling(desk: Desk, site: str, agent: str) -> AsyncIterator[CallLedger]:
    """Reports calls of a site one after the other, and repeats what was not acknowledged."""
    ledger = CallLedger(site)
    task = asyncio.create_task(_call_on(desk, agent, ledger))
    try:
        yield ledger
    finally:
        await cancel_all({task})
    if not task.cancelled():
        task.result()


async def _call_on(desk: Desk, agent: str, ledger: CallLedger) -> None:
    for number in count():
        call = f"call-{number}"
        ledger.steps[call] = 0
        for step in _STEPS:
            event = _event(call, step, agent)
            outcome = await until_taken(partial(desk.report_contact, ledger.site, event))
            assert outcome in _RECORDED, outcome
            ledger.acknowledge(call)


def _event(call: str, step: str, agent: str) -> dict[str, Any]:
    who = {"queueId": QUEUE} if step == "ENQUEUED" else {"agent": f"agents/{agent}"}
    return {
        "eventId": step.lower(),
        "contactId": call,
        "kind": f"KIND_{step}",
        "occurredTime": SystemClock().now().isoformat(),
        **who,
    }


def _differences_of(call: str, step: int, contact: dict[str, Any] | None) -> list[str]:
    if contact is None:
        return [f"{call} is lost"] if step else []
    reached = _step_of(contact)
    found = [] if reached in (step, step + 1) else [f"{call}: {step} steps, {reached} are there"]
    marks = (len(contact.get("stays", [])), len(contact.get("legs", [])))
    return found if marks == (1, min(reached - 1, 1)) else [*found, f"{call}: stays, legs {marks}"]


def _step_of(contact: dict[str, Any]) -> int:
    return _STATES.index(contact["state"])
