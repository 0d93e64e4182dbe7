"""Virtual time: what is to happen, in order."""

from collections.abc import Callable
from heapq import heappop, heappush

Action = Callable[[], None]


class Agenda:
    """Things to do at instants, as milliseconds since 1970. Those of one instant keep their
    order.
    """

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms
        self._entries: list[tuple[int, int, Action]] = []
        self._count = 0

    def put(self, at_ms: int, action: Action) -> None:
        """Enters something; what would lie in the past is done next."""
        self._count += 1
        heappush(self._entries, (max(at_ms, self.now_ms), self._count, action))

    def run(self, until_ms: int) -> None:
        """Does everything up to and including an instant."""
        while self._entries and self._entries[0][0] <= until_ms:
            self.now_ms, _, action = heappop(self._entries)
            action()
        self.now_ms = max(self.now_ms, until_ms)
