"""Waiting for what happens by itself, without guessing how long it takes."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

_STEP_SECONDS = 0.01


async def eventually(
    condition: Callable[[], object | Awaitable[object]], *, within_seconds: float = 30.0
) -> None:
    """Returns once the condition is true, and fails when it does not become so in time."""
    try:
        async with asyncio.timeout(within_seconds):
            while not await _holds(condition):  # noqa: ASYNC110 (no event tells us)
                await asyncio.sleep(_STEP_SECONDS)
    except TimeoutError:
        raise AssertionError(
            f"this did not come true within {within_seconds:g} s:\n{inspect.getsource(condition)}"
        ) from None


async def _holds(condition: Callable[[], object | Awaitable[object]]) -> bool:
    answer = condition()
    return bool(await answer if inspect.isawaitable(answer) else answer)
