"""Who calls when, with how much patience: a Poisson stream whose rate follows the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, prod
from random import Random
from zoneinfo import ZoneInfo

from simulator.twin.setting import Place, Queue, Surge

# The share of the busiest hour, by hour of the place's clock: peaks in the morning and afternoon.
_SHAPE = (
    0.03, 0.02, 0.02, 0.02, 0.02, 0.03, 0.06, 0.2, 0.42, 0.8, 1.0, 1.0,
    0.9, 0.86, 0.95, 0.98, 0.9, 0.66, 0.4, 0.34, 0.28, 0.14, 0.06, 0.04,
)  # fmt: skip
# Of a queue's people so many are on shift and at work at the busiest hour.
_PRESENT_RATIO = 0.5
_WEEKEND_RATIO = 0.8
_SATURDAY = 5
_HELD_RATIO, _RECORDED_RATIO = 0.12, 0.3
_SPREAD = 0.6


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who wants something: when she comes, how long she waits, how long it takes."""

    contact: str
    arrive_time: datetime
    patience_seconds: float
    handle_seconds: float
    wrap_up_seconds: float
    is_held: bool
    is_recorded: bool


class Demand:
    """The customers of one queue, one after another, from an instant on."""

    def __init__(
        self, place: Place, queue: Queue, agent_count: int, seed: str, surges: Sequence[Surge]
    ) -> None:
        self._zone = ZoneInfo(place.zone)
        self._queue = queue
        self._random = Random(f"{seed}/{queue.id}/demand")
        self.surges = [surge for surge in surges if surge.queue == queue.id]
        handled_seconds = _mean(queue.handle_seconds) + _mean(queue.wrap_up_seconds)
        erlangs = agent_count * _PRESENT_RATIO * queue.load_ratio * queue.at_once
        self._peak_per_second = erlangs / handled_seconds
        self._minute, self._usual = datetime.min.replace(tzinfo=UTC), 0.0

    def customers(self, start_time: datetime) -> Iterator[Customer]:
        """Yields customers for ever. A surge that is added applies to those not yet drawn."""
        # Thinning (Lewis and Shedler 1979): drawn at the highest rate, kept by the present one.
        at = start_time
        while True:
            most = self._most_factor(at)
            gap_seconds = self._random.expovariate(self._peak_per_second * most)
            at += timedelta(milliseconds=max(round(gap_seconds * 1000), 1))
            if self._random.random() * most < self._factor(at):
                yield self._draw(at)

    def _factor(self, at: datetime) -> float:
        minute = at.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute, self._usual = minute, _usual_factor(minute.astimezone(self._zone))
        factor = self._usual
        for surge in self.surges:
            if surge.start_time <= at < surge.start_time + surge.length:
                factor *= surge.factor
        return factor

    def _most_factor(self, at: datetime) -> float:
        ahead = (it.factor for it in self.surges if at < it.start_time + it.length)
        return prod(max(factor, 1.0) for factor in ahead)

    def _draw(self, at: datetime) -> Customer:
        queue, random = self._queue, self._random
        return Customer(
            # By the time alone, of which no two have the same: a surge that a floor that starts
            # again knows nothing of gives no other customer this one's name.
            f"{queue.id}-{at:%Y%m%d-%H%M%S}{at.microsecond // 1000:03d}",
            at.astimezone(UTC),
            3 + random.expovariate(1 / queue.patience_seconds),
            min(queue.handle_seconds * random.lognormvariate(0, _SPREAD), 3_600),
            min(queue.wrap_up_seconds * random.lognormvariate(0, _SPREAD), 900),
            random.random() < _HELD_RATIO,
            random.random() < _RECORDED_RATIO,
        )


def _usual_factor(local: datetime) -> float:
    """The share of the busiest hour's demand at an instant of the place's clock, between hours
    along a line.
    """
    share, ahead = _SHAPE[local.hour], _SHAPE[(local.hour + 1) % len(_SHAPE)]
    factor = share + (ahead - share) * local.minute / 60
    return factor * (_WEEKEND_RATIO if local.weekday() >= _SATURDAY else 1)


def _mean(median: float) -> float:
    """The mean of the lognormal spread about a median."""
    return median * exp(_SPREAD**2 / 2)
