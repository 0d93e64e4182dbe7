"""Calls to the gateway that outlast its restarts."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import grpc
from tenacity import (
    AsyncRetrying,
    retry_if_exception,
    stop_after_delay,
    wait_random_exponential,
)

from chassis.rpc.channel import refusal_from

LONGEST_CALL_SECONDS = 30.0
LONGEST_OUTAGE_SECONDS = 120.0
_PASSING = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
    }
)

_Answer = TypeVar("_Answer")


async def call_patiently(
    method: Callable[..., Awaitable[_Answer]], request: object, *, patience: float | None = None
) -> _Answer:
    """Calls a method that may be repeated, and again while the trouble is one that passes.

    Gives up after two minutes, or `patience` seconds, and raises what the peer said as a Refusal.
    """
    attempts = AsyncRetrying(
        retry=retry_if_exception(_passes),
        wait=wait_random_exponential(multiplier=0.2, max=5),
        stop=stop_after_delay(LONGEST_OUTAGE_SECONDS if patience is None else patience),
        reraise=True,
    )
    try:
        return await attempts(_call, method, request)
    except grpc.aio.AioRpcError as error:
        raise refusal_from(error) from error


async def _call(method: Callable[..., Awaitable[Any]], request: object) -> Any:
    return await method(request, timeout=LONGEST_CALL_SECONDS)


def _passes(error: BaseException) -> bool:
    return isinstance(error, grpc.aio.AioRpcError) and error.code() in _PASSING
