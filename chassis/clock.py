"""The one place that reads the clock. Everything else takes the time as an argument."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may


class ManualClock:
    """A clock that stands still until it is moved, for tests and for time that is simulated."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("the start of a clock must be an aware instant")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The instant to which the clock was last moved."""
        return self._now

    def advance(self, step: timedelta) -> None:
        """Moves the clock forward. It never goes back."""
        if step < timedelta(0):
            raise ValueError("a clock is only moved forward")
        self._now += step
