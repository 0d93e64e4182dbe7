"""More to tell at once than the line to a reader holds: breaks of all agents, each for another
reason than the one before.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from chassis.clock import SystemClock
from tests.support.desk import Change, milliseconds_of

_ROUNDS_OF_A_BATCH = 10


class Burst:
    """Rounds of reports, each with one of every agent, a millisecond apart, up to now."""

    def __init__(self, agents: Sequence[str], rounds: int, source: str) -> None:
        self._agents, self._rounds, self._source = agents, rounds, source
        self._start = SystemClock().now() - timedelta(milliseconds=rounds)
        self.last_reason = _reason(rounds - 1)

    @property
    def changes(self) -> Counter[Change]:
        """What a reader who has read everything was told, once each."""
        start_ms = milliseconds_of(self._start)
        return Counter(
            Change(f"agents/{agent}", start_ms + number)
            for number in range(self._rounds)
            for agent in self._agents
        )

    def requests(self) -> Iterator[dict[str, Any]]:
        """Yields the bodies to report it with, one after the other."""
        for first in range(0, self._rounds, _ROUNDS_OF_A_BATCH):
            numbers = range(first, min(first + _ROUNDS_OF_A_BATCH, self._rounds))
            yield {
                "source": self._source,
                "sourceKind": "SOURCE_KIND_TELEPHONY",
                "reports": [self._report(agent, it) for it in numbers for agent in self._agents],
            }

    def _report(self, agent: str, number: int) -> dict[str, Any]:
        time = self._start + timedelta(milliseconds=number)
        return {
            "eventId": f"{agent}-{number}",
            "agent": f"agents/{agent}",
            "state": "STATE_BREAK",
            "reason": _reason(number),
            "occurredTime": time.isoformat(),
        }


def _reason(number: int) -> str:
    # As long as it may be.
    return f"{number:-<63}"
