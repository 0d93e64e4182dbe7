"""How much one caller may ask for: tokens over time, and a few heavy calls at once.

In the memory of a replica: a caller who spreads over several has that many times as much.
"""

import asyncio
from collections import Counter as Counts
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from prometheus_client import Counter

from chassis.access import access_of, current_caller
from chassis.errors import Code, Refusal
from gateway.api.catalogue import Method
from gateway.api.costs import TOGETHER, TOKENS, Cost, cost_of
from gateway.api.invoke import Through
from gateway.domain.rates import Rate, take

MOST_TOGETHER = 4
"""How many heavy calls of one caller may be in hand at once; the next one waits outside."""

REMEMBERED = 20_000
"""Whoever was forgotten has a full bucket again."""

_HEAVY_RETRY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a caller may call, and an address whose callers did not say who they are."""

    caller: Rate
    address: Rate


class Limiting:
    """Lets calls through that their callers may make now."""

    def __init__(
        self,
        rates: Rates,
        address: Callable[[], str],
        refused: Counter,
        now: Callable[[], float] | None = None,
    ) -> None:
        self._rates = rates
        self._address = address
        self._refused = refused
        self._now = now or asyncio.get_running_loop().time
        self._paid_until: dict[str, float] = {}
        self._together: Counts[str] = Counts()

    @asynccontextmanager
    async def through(self, method: Method, _request: bytes | None) -> AsyncIterator[None]:
        """Runs the block, which makes the call, or refuses with RATE_LIMITED."""
        cost = cost_of(method)
        if access_of(method.path).anonymous:
            self._take(self._address(), cost, self._rates.address)
            yield
            return
        subject = current_caller().identity.subject
        self._take(subject, cost, self._rates.caller)
        with self._one_of_few(subject, cost):
            yield

    def charge(self, cost: Cost, count: int) -> None:
        """Takes the tokens of so many calls of the present caller, or refuses with RATE_LIMITED.

        For what is no method of the API.
        """
        self._take(current_caller().identity.subject, cost, self._rates.caller, count)

    def before(self, further: Through) -> Through:
        """Returns the gate that has this one in front of another one."""

        @asynccontextmanager
        async def through(method: Method, request: bytes | None) -> AsyncIterator[None]:
            async with self.through(method, request), further(method, request):
                yield

        return through

    def _take(self, key: str, cost: Cost, rate: Rate, count: int = 1) -> None:
        now, tokens = self._now(), TOKENS[cost] * count
        paid_until, wait = take(self._paid_until.pop(key, now), now, tokens, rate)
        self._remember(key, paid_until)
        if wait > 0:
            raise self._refusal(cost, wait, "comes too often")

    def _remember(self, key: str, paid_until: float) -> None:
        while len(self._paid_until) >= REMEMBERED:
            del self._paid_until[next(iter(self._paid_until))]
        self._paid_until[key] = paid_until

    @contextmanager
    def _one_of_few(self, subject: str, cost: Cost) -> Iterator[None]:
        if cost not in TOGETHER:
            yield
            return
        if self._together[subject] >= MOST_TOGETHER:
            raise self._refusal(cost, _HEAVY_RETRY_SECONDS, f"has {MOST_TOGETHER} others in hand")
        self._together[subject] += 1
        try:
            yield
        finally:
            self._together[subject] -= 1
            if not self._together[subject]:
                del self._together[subject]

    def _refusal(self, cost: Cost, wait_seconds: float, why: str) -> Refusal:
        self._refused.labels(cost).inc()
        return Refusal(
            Code.RESOURCE_EXHAUSTED,
            "RATE_LIMITED",
            f"this caller {why} with calls of class {cost}; wait {wait_seconds:.3g} s",
            metadata={"class": cost},
            retry_after=timedelta(seconds=wait_seconds),
        )
