"""What latencies were lately, from histograms that count since a process started."""

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

WINDOW = timedelta(minutes=5)
_MEDIAN, _P99 = 0.5, 0.99


@dataclass(frozen=True, slots=True)
class Latency:
    """What was measured within a window; no seconds where nothing was."""

    median_seconds: float | None
    p99_seconds: float | None
    measured_count: int
    window: timedelta


class RecentCounts:
    """The counts of one histogram as they were read, the oldest within the window first."""

    def __init__(self, start_time: datetime) -> None:
        self.start_time = start_time
        self._read: deque[tuple[datetime, Sequence[int]]] = deque()

    def latency(self, bounds: Sequence[float], counts: Sequence[int], now: datetime) -> Latency:
        """Notes a reading and returns what happened since the oldest one in the window, or since
        the process started if there is none.
        """
        while len(self._read) > 1 and self._read[1][0] <= now - WINDOW:
            self._read.popleft()
        since, former = self._read[0] if self._read else (self.start_time, [0] * len(counts))
        self._read.append((now, counts))
        lately = [count - before for count, before in zip(counts, former, strict=True)]
        return Latency(
            quantile(bounds, lately, _MEDIAN),
            quantile(bounds, lately, _P99),
            sum(lately),
            now - since,
        )


def quantile(bounds: Sequence[float], counts: Sequence[int], share: float) -> float | None:
    """Returns what that share of the measurements took at most, None of none.

    Within a bucket they are taken to lie evenly; what lies beyond the last bound is that bound.
    """
    total = sum(counts)
    if not total or not bounds:
        return None
    upto = list(accumulate(counts))
    rank = share * total
    bucket = bisect_left(upto, rank)
    if bucket >= len(bounds):
        return bounds[-1]
    low = bounds[bucket - 1] if bucket else 0.0
    into = (rank - (upto[bucket] - counts[bucket])) / counts[bucket]
    return low + (bounds[bucket] - low) * into
