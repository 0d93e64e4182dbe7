"""How long to wait before a child that died is started again."""

from dataclasses import dataclass
from datetime import timedelta

FIRST_DELAY = timedelta(milliseconds=200)
LONGEST_DELAY = timedelta(seconds=10)
STEADY_AFTER = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Failures:
    """The deaths of a child in a row, without a steady run between them."""

    count: int = 0

    def after_death(self, ran: timedelta) -> "Failures":
        """Counts a death; one after a steady run counts as the first."""
        return Failures(1 if ran >= STEADY_AFTER else self.count + 1)

    def delay(self) -> timedelta:
        """Doubles with each death in a row, up to a bound."""
        if self.count == 0:
            return timedelta(0)
        doublings = min(self.count - 1, 16)
        return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)
