"""How long a call may still take, known to everything that is done for it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.rpc.call import Call, Proceed

CALL_LIMIT = timedelta(seconds=10)
"""What a call gets whose caller set no deadline."""

STREAM_LIMIT = timedelta(minutes=5)
"""What a stream gets whose caller set none: the age of a connection. Streams resume by cursor."""

MARGIN = timedelta(milliseconds=50)
"""What a process keeps of its caller's time when it calls others, to answer in time itself."""

_end: ContextVar[float] = ContextVar("deadline")


def remaining() -> timedelta | None:
    """What is left of the present call's time, zero at least; None outside a call."""
    end = _end.get(None)
    return None if end is None else timedelta(seconds=max(0.0, end - time.monotonic()))


@contextmanager
def bind_deadline(span: timedelta) -> Iterator[None]:
    """Gives the block that long, or what is left of an outer deadline if that is less."""
    left = remaining()
    span = span if left is None else min(span, left)
    token = _end.set(time.monotonic() + span.total_seconds())
    try:
        yield
    finally:
        _end.reset(token)


def time_for_call(asked_seconds: float | None, usual: timedelta) -> float:
    """The seconds that a call to somebody else gets: as asked or as usual, within our own time.

    Refuses with DEADLINE_PASSED if nothing is left.
    """
    seconds = usual.total_seconds() if asked_seconds is None else asked_seconds
    left = remaining()
    if left is not None:
        seconds = min(seconds, (left - MARGIN).total_seconds())
    if seconds <= 0:
        raise deadline_passed()
    return seconds


class DeadlineLayer:
    """Ends a call at its deadline. A call without one gets ten seconds, a stream five minutes."""

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        """Answers in time or refuses with DEADLINE_PASSED."""
        limit = STREAM_LIMIT if call.answers_with_stream else CALL_LIMIT
        if call.remaining_seconds is not None:
            limit = timedelta(seconds=call.remaining_seconds)
        try:
            async with asyncio.timeout(limit.total_seconds()) as running:
                with bind_deadline(limit):
                    return await proceed()
        except TimeoutError:
            if running.expired():
                raise deadline_passed() from None
            raise


def deadline_passed() -> Refusal:
    """Refuses because the time is up."""
    message = "the deadline passed before the answer was ready"
    return Refusal(Code.DEADLINE_EXCEEDED, "DEADLINE_PASSED", message, domain=SHARED_DOMAIN)
