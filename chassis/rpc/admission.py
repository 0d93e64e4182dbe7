"""Keeps a server from taking more calls than it can answer in time."""

from datetime import timedelta
from typing import Any

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.rpc.call import Call, Proceed

MOST_OPEN_CALLS = 1_000
RETRY_AFTER = timedelta(seconds=1)


class AdmissionLayer:
    """Refuses a call with OVERLOADED and a retry hint while too many are in hand."""

    def __init__(self, limit: int = MOST_OPEN_CALLS) -> None:
        self._limit = limit
        self._open = 0

    async def __call__(self, _call: Call, proceed: Proceed) -> Any:
        """Answers if there is room."""
        if self._open >= self._limit:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                "OVERLOADED",
                f"{self._limit} calls are in hand",
                retry_after=RETRY_AFTER,
                domain=SHARED_DOMAIN,
            )
        self._open += 1
        try:
            return await proceed()
        finally:
            self._open -= 1
