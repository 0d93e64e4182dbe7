"""Who works in the twin, where, and in which rota."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import count

from simulator.twin.setting import Place, Queue, Setting


class Rota(Enum):
    """A daily shift: its start in minutes after midnight, its length in minutes."""

    EARLY = (7 * 60, 8 * 60)
    DAY = (9 * 60, 8 * 60 + 30)
    LATE = (14 * 60, 8 * 60)
    NIGHT = (22 * 60, 9 * 60)

    @property
    def start_minutes(self) -> int:
        """When it starts, in minutes after midnight."""
        return self.value[0]

    @property
    def length_minutes(self) -> int:
        """How long it lasts by the clock on the wall, in minutes."""
        return self.value[1]


# Of twenty agents: five come early, nine by day, five late, one by night.
_ROTAS = (
    *(Rota.EARLY, Rota.DAY, Rota.DAY, Rota.LATE) * 4,
    *(Rota.EARLY, Rota.DAY, Rota.LATE, Rota.NIGHT),
)
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Worker:
    """One agent, `number` from 1 within the place."""

    place: Place
    queue: Queue
    number: int

    @property
    def name(self) -> str:
        """The agent's name, `agents/{site}-{number}`."""
        return f"agents/{self.place.site}-{self.number:04d}"

    @property
    def rota(self) -> Rota:
        """The rota the agent is in."""
        return _ROTAS[self.number % len(_ROTAS)]

    def is_off(self, day: date) -> bool:
        """Tells whether it is one of the agent's two free days, one after the other."""
        return (day.toordinal() + self.number) % _DAYS_A_WEEK < 2


def workers_of(setting: Setting) -> tuple[Worker, ...]:
    """Returns all agents, place by place and queue by queue."""
    workers: list[Worker] = []
    reached = 0.0
    for place in setting.places:
        numbers = count(1)
        for queue in place.queues:
            reached += setting.agent_count * place.agent_ratio * queue.agent_ratio
            # Rounded where the sum stands, so that all together are as many as the setting says.
            while len(workers) < round(reached):
                workers.append(Worker(place, queue, next(numbers)))
    return tuple(workers)
