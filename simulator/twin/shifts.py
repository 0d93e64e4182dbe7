"""The plan: who is on shift when, with breaks in waves."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from simulator.twin.people import Rota, Worker

_MINUTE = timedelta(minutes=1)
# Meals are taken in three waves, the first of them so many minutes after the shift begins.
_FIRST_MEAL = {Rota.EARLY: 205, Rota.DAY: 170, Rota.LATE: 205, Rota.NIGHT: 205}
_MEAL_WAVES, _MEAL_MINUTES = 3, 40
_BREAK_WAVES, _BREAK_MINUTES = 6, 15
BREAK_LENGTHS = {"short-break": _BREAK_MINUTES * _MINUTE, "meal": _MEAL_MINUTES * _MINUTE}
"""How long breaks are planned to last, by their reason."""
_TRAINING_EVERY = 9
_LEAVE_RATIO = 0.05


@dataclass(frozen=True, slots=True)
class Pause:
    """A planned pause of a shift, by its reason."""

    reason: str
    start_time: datetime
    length: timedelta


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """One agent's shift, `[start_time, end_time)`, with its pauses in the order of time. It belongs
    to the day on which it starts.
    """

    agent: str
    day: date
    start_time: datetime
    end_time: datetime
    pauses: tuple[Pause, ...]

    def is_due(self, at: datetime) -> bool:
        """Tells whether the agent should be here at an instant."""
        return self.start_time <= at < self.end_time


def plan_shift(worker: Worker, day: date, seed: str) -> PlannedShift | None:
    """Plans the shift that starts on a day of the place's zone; None on a free day or on leave.

    Start and end are times of the clock on the wall: where it is put on or back in between, the
    shift is an hour shorter or longer.
    """
    if worker.is_off(day) or Random(f"{seed}/{worker.name}/{day}/leave").random() < _LEAVE_RATIO:
        return None
    rota = worker.rota
    start_time = _instant(worker, day, rota.start_minutes)
    end_time = _instant(worker, day, rota.start_minutes + rota.length_minutes)
    return PlannedShift(worker.name, day, start_time, end_time, _pauses(worker, day, start_time))


def _pauses(worker: Worker, day: date, start_time: datetime) -> tuple[Pause, ...]:
    meal_wave, break_wave = worker.number % _MEAL_WAVES, worker.number // 2 % _BREAK_WAVES
    meal = _FIRST_MEAL[worker.rota] + _MEAL_MINUTES * meal_wave
    plan = [
        ("short-break", 75 + _BREAK_MINUTES * break_wave, _BREAK_MINUTES),
        ("meal", meal, _MEAL_MINUTES),
        ("short-break", 365 + _BREAK_MINUTES * break_wave, _BREAK_MINUTES),
    ]
    if (worker.number + day.toordinal()) % _TRAINING_EVERY == 0:
        plan.append(("training", 325, 40))
    return tuple(
        Pause(reason, start_time + minutes * _MINUTE, length * _MINUTE)
        for reason, minutes, length in sorted(plan, key=lambda pause: pause[1])
    )


def _instant(worker: Worker, day: date, minutes: int) -> datetime:
    days, minutes = divmod(minutes, 24 * 60)
    wall = datetime.combine(day + timedelta(days=days), time(minutes // 60, minutes % 60))
    return wall.replace(tzinfo=ZoneInfo(worker.place.zone)).astimezone(UTC)
