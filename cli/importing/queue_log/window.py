"""The stretch of time that is asked for."""

from dataclasses import dataclass

from cli.importing.queue_log.facts import Span


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, `[start, end)`."""

    start: float
    end: float

    def holds(self, at: float) -> bool:
        """Tells whether an instant lies in it."""
        return self.start <= at < self.end

    def overlap(self, start: float, end: float) -> float:
        """Returns how many seconds of a span lie in it; none of one that ends before it starts."""
        return max(min(end, self.end) - max(start, self.start), 0)

    def seconds_of(self, span: Span) -> float:
        """Returns the seconds of an ended span that lie in it: as stated, else by the clock."""
        assert span.end is not None  # noqa: S101 - callers end spans first
        start = span.start if span.seconds is None else span.end - span.seconds
        return self.overlap(start, span.end)


ALWAYS = Window(float("-inf"), float("inf"))
