"""Who works when on a day of the floor."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from simulator.floor.people import FloorAgent


@dataclass(frozen=True, slots=True)
class Pause:
    """A planned break of a shift."""

    start_time: datetime
    length: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift as planned, with its pauses in the order of time."""

    start_time: datetime
    end_time: datetime
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, slots=True)
class _Rota:
    start: time
    hours: int


_EARLY, _DAY = _Rota(time(6), 8), _Rota(time(9), 8)
_LATE, _NIGHT = _Rota(time(14), 8), _Rota(time(22), 8)
_ROTAS = (_EARLY, _DAY, _LATE, _NIGHT)
_AWAY_RATIO = 0.07
_MEETING_RATIO = 0.2


def works_nights(agent: FloorAgent) -> bool:
    """Tells whether the agent's shifts go past midnight."""
    return _rota_of(agent) is _NIGHT


def plan_shift(agent: FloorAgent, day: date, zone: ZoneInfo, random: Random) -> Shift | None:
    """Plans the agent's shift that starts on a day; None if the agent is off."""
    if random.random() < _AWAY_RATIO:
        return None
    rota = _rota_of(agent)
    start_time = datetime.combine(day, rota.start, zone).astimezone(UTC)
    # Some log in with a quarter of an hour between them, so that the board is no staircase.
    start_time += timedelta(minutes=15 * (agent.number % 3))
    return Shift(
        start_time=start_time,
        end_time=start_time + timedelta(hours=rota.hours),
        pauses=_plan_pauses(start_time, random),
    )


def _rota_of(agent: FloorAgent) -> _Rota:
    # Each team has all rotas.
    return _ROTAS[(agent.number + agent.number // len(_ROTAS)) % len(_ROTAS)]


def _plan_pauses(start_time: datetime, random: Random) -> tuple[Pause, ...]:
    plan = [("short-break", 105, 15), ("meal", 225, 40), ("short-break", 375, 15)]
    if random.random() < _MEETING_RATIO:
        plan.append((random.choice(("training", "meeting", "coaching")), 300, 45))
    return tuple(
        Pause(
            start_time=start_time + timedelta(minutes=minutes + random.randint(-20, 20)),
            length=timedelta(minutes=length),
            reason=reason,
        )
        for reason, minutes, length in sorted(plan, key=lambda pause: pause[1])
    )
