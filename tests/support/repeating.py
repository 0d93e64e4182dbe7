"""Repeating a call until it is taken, as every source is told to."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

_PAUSE_SECONDS = 0.1

T = TypeVar("T")


async def until_taken(call: Callable[[], Awaitable[T]], failures: list[str] | None = None) -> T:
    """Repeats while Muster or the way to it is away; what else goes wrong is the caller's."""
    while True:
        try:
            return await call()
        except httpx.HTTPStatusError as error:
            if not error.response.is_server_error:
                raise
            failure = str(error)
        except httpx.TransportError as error:
            failure = repr(error)
        if failures is not None:
            failures.append(failure)
        await asyncio.sleep(_PAUSE_SECONDS)
