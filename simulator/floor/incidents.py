"""What people make happen on the floor, as long as it goes on."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class Kind(Enum):
    """What an incident is."""

    SURGE = auto()
    OUTAGE = auto()
    SIGN_IN = auto()


@dataclass(frozen=True, slots=True)
class Incident:
    """Something at a site over `[start_time, end_time)`. `subject` is the name of a surge's queue,
    the source of an outage, and empty for a sign-in, which is the whole site's.
    """

    kind: Kind
    site: str
    subject: str
    start_time: datetime
    end_time: datetime
    factor: int = 0


class Incidents:
    """The incidents that were started. They are forgotten once they are over, or when the floor
    begins anew.
    """

    def __init__(self) -> None:
        self._all: list[Incident] = []

    def add(self, incident: Incident) -> None:
        """Begins one."""
        self._all.append(incident)

    def clear(self) -> None:
        """Forgets all."""
        self._all = []

    def going_on(self, now: datetime) -> tuple[Incident, ...]:
        """Returns those that go on, what is over soonest first."""
        self._all = sorted(
            (it for it in self._all if now < it.end_time), key=lambda it: it.end_time
        )
        return tuple(self._all)

    def sources_away(self, now: datetime) -> frozenset[str]:
        """Returns the sources that tell nothing."""
        return frozenset(it.subject for it in self.going_on(now) if it.kind is Kind.OUTAGE)
