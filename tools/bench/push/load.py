"""How often changes come, and when each of them left and arrived."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field

_PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Load:
    """Calls at a steady pace, each with some changes."""

    calls_per_second: float
    changes_per_call: int
    call_count: int

    def __str__(self) -> str:
        rate = f"{self.calls_per_second:g} calls/s"
        return f"{rate} of {self.changes_per_call} changes, {self.call_count} calls"


STEADY = Load(calls_per_second=20, changes_per_call=10, call_count=400)
"""What 100,000 agents on shift do to a cell: 200 changes a second."""

ALONE = Load(calls_per_second=2.5, changes_per_call=1, call_count=100)
"""So seldom that a change meets no tick of an earlier one."""


CROWD_AT_ONCE = Load(calls_per_second=3, changes_per_call=33, call_count=60)
"""100 changes a second, so far apart that none waits for a tick."""

CROWD_STEADY = Load(calls_per_second=20, changes_per_call=5, call_count=300)
"""100 changes a second, of which each waits for the next tick."""


@dataclass(slots=True)
class Stopwatch:
    """Times the way of each call, known by a mark that travels with it."""

    expected_count: int
    seconds: list[float] = field(default_factory=list)
    left: dict[str, float] = field(default_factory=dict)

    def leave(self, mark: str) -> None:
        """Notes that a change sets out."""
        self.left[mark] = asyncio.get_running_loop().time()

    @property
    def is_done(self) -> bool:
        """Tells whether every call has arrived."""
        return len(self.seconds) >= self.expected_count

    def arrive(self, marks: Iterable[str]) -> None:
        """Notes that changes are there; marks of others are passed over."""
        now = asyncio.get_running_loop().time()
        for mark in marks:
            if mark in self.left:
                self.seconds.append(now - self.left.pop(mark))


async def keep_pace(load: Load, call: Callable[[int], Awaitable[object]]) -> None:
    """Makes the calls when they are due, whether or not earlier ones have returned."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    async with asyncio.TaskGroup() as tasks:
        for number in range(load.call_count):
            await asyncio.sleep(begin + number / load.calls_per_second - loop.time())
            tasks.create_task(_call(call, number))


async def timed(
    load: Load,
    call: Callable[[int], Awaitable[object]],
    heard: AsyncIterator[Iterable[str]],
    stopwatch: Stopwatch,
) -> None:
    """Makes the calls, and returns when all of their marks were heard.

    Raises AssertionError, or what ended the reader, if one was not.
    """
    span = load.call_count / load.calls_per_second
    try:
        async with asyncio.timeout(span + _PATIENCE_SECONDS), asyncio.TaskGroup() as tasks:
            tasks.create_task(_hear(heard, stopwatch))
            await keep_pace(load, call)
    except TimeoutError:
        raise AssertionError(f"these calls were not heard: {sorted(stopwatch.left)[:5]}") from None


async def _hear(heard: AsyncIterator[Iterable[str]], stopwatch: Stopwatch) -> None:
    while not stopwatch.is_done:
        stopwatch.arrive(await anext(heard))


async def _call(call: Callable[[int], Awaitable[object]], number: int) -> None:
    await call(number)
