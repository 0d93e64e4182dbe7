"""When readers are told that something moved."""

import asyncio
from collections.abc import Callable


class Listeners:
    """Those who are woken when something moved; they come themselves for what they lack, so that
    nothing is queued for anybody.
    """

    def __init__(self) -> None:
        self._wakes: set[asyncio.Event] = set()

    def __bool__(self) -> bool:
        return bool(self._wakes)

    def add(self, wake: asyncio.Event) -> None:
        """Sets the event whenever something moved from now on."""
        self._wakes.add(wake)

    def remove(self, wake: asyncio.Event) -> None:
        """Leaves the event alone from now on."""
        self._wakes.discard(wake)

    def tell(self) -> None:
        """Wakes everybody."""
        for wake in self._wakes:
            wake.set()


class Tick:
    """Does something soon after it is asked for: at once after a quiet time, and once in so many
    seconds at most.
    """

    def __init__(self, seconds: float, act: Callable[[], None]) -> None:
        self._seconds = seconds
        self._act = act
        self._acted_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Sees to it that it is done."""
        if self._timer is None:
            due = self._acted_at + self._seconds
            self._timer = asyncio.get_running_loop().call_at(due, self.act)

    def act(self) -> None:
        """Does it now."""
        self.cancel()
        self._acted_at = asyncio.get_running_loop().time()
        self._act()

    def cancel(self) -> None:
        """Forgets that it was asked for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
