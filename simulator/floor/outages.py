"""What is told while sources are away, and what afterwards."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from simulator.floor.incidents import Incidents
from simulator.floor.sources import Sources
from simulator.twin.happenings import ContactMoment, Happening


class Outages:
    """Lets through what sources tell that are not away.

    What happens to agents meanwhile nobody ever hears. What becomes of contacts is kept, as by a
    telephone system whose line is cut, or they would wait for ever.
    """

    def __init__(self, sources: Sources, incidents: Incidents) -> None:
        self._sources = sources
        self._incidents = incidents
        self._away: frozenset[str] = frozenset()
        self._kept: list[ContactMoment] = []

    def judge(self, now: datetime) -> frozenset[str]:
        """Returns the sources that are back, and takes those for away that are from now on."""
        before, self._away = self._away, self._incidents.sources_away(now)
        return before - self._away

    def present(self) -> Sequence[str]:
        """Returns the sources that are not away."""
        return [name for name in self._sources.names if name not in self._away]

    def let_through(self, happenings: Iterable[Happening]) -> list[Happening]:
        """Returns what is told now."""
        told: list[Happening] = []
        for happening in happenings:
            if self._sources.of(happening) not in self._away:
                told.append(happening)
            elif isinstance(happening, ContactMoment):
                self._kept.append(happening)
        return told

    def release(self) -> list[ContactMoment]:
        """Returns what was kept of sources that are back, once."""
        back = [it for it in self._kept if self._sources.of(it) not in self._away]
        self._kept = [it for it in self._kept if self._sources.of(it) in self._away]
        return back

    def forget(self) -> None:
        """Forgets what was started and kept: the floor begins anew."""
        self._incidents.clear()
        self._away = frozenset()
        self._kept = []

    def is_of(self, happening: Happening, sources: frozenset[str]) -> bool:
        """Tells whether some of the sources tell what happened."""
        return self._sources.of(happening) in sources
