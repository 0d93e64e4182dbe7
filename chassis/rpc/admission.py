"""Keeps a server from taking more calls than it can answer in time."""

from datetime import timedelta
from typing import Any

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.rpc.call import Call, Proceed

MOST_OPEN_CALLS = 1_000
MOST_OPEN_STREAMS = 5_000
"""Streams are counted apart: they stay for minutes and mostly wait."""

RETRY_AFTER = timedelta(seconds=1)


class AdmissionLayer:
    """Refuses a call with OVERLOADED and a retry hint while too many are in hand."""

    def __init__(self, limit: int = MOST_OPEN_CALLS, stream_limit: int = MOST_OPEN_STREAMS) -> None:
        self._calls = _Room(limit, "calls")
        self._streams = _Room(stream_limit, "streams")

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        """Answers if there is room."""
        with self._streams if call.answers_with_stream else self._calls:
            return await proceed()


class _Room:
    """So many at once and no more."""

    def __init__(self, limit: int, what: str) -> None:
        self._limit = limit
        self._what = what
        self._open = 0

    def __enter__(self) -> None:
        if self._open >= self._limit:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                "OVERLOADED",
                f"{self._limit} {self._what} are in hand",
                retry_after=RETRY_AFTER,
                domain=SHARED_DOMAIN,
            )
        self._open += 1

    def __exit__(self, *_error: object) -> None:
        self._open -= 1
