"""Ending tasks for sure.

One cancellation may get lost: in Python 3.11 `asyncio.wait_for`, on which the clients of database
and bus wait, returns an answer that comes at the very instant of the cancellation and drops that.
"""

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any

_AGAIN_SECONDS = 0.2


async def cancel_all(
    tasks: Collection[asyncio.Task[None]], again_seconds: float = _AGAIN_SECONDS
) -> None:
    """Cancels tasks, and again those that did not notice, until all of them are gone."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=again_seconds)


async def run_together(*duties: Coroutine[Any, Any, None]) -> None:
    """Runs duties that never end, until cancelled or until one fails, which is raised."""
    tasks = [asyncio.create_task(duty) for duty in duties]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        await cancel_all(tasks)
