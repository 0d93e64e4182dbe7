"""The past that is imported, the newest part first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.twin.happenings import ContactMoment, Happening, StateChange

# Reaches back over a weekend to the sign-outs before it, which tell where everybody was last night.
_STRETCH = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the past, to be imported by two calls at most."""

    states: tuple[StateChange, ...]
    moments: tuple[ContactMoment, ...]

    @property
    def count(self) -> int:
        """How much of it there is."""
        return len(self.states) + len(self.moments)


class History:
    """What happened before the floor began to play, until all of it is told.

    It is told backwards, stretch by stretch: what is not told yet is unobserved, rather than a
    state that seems to last for days, and the board of today is full first. Within a stretch it is
    told agent by agent: what is late has presence look at all of an agent's last day again, so that
    few agents a call take a tenth of the time of all.
    """

    def __init__(self, happenings: Sequence[Happening]) -> None:
        self._rest = _ordered(happenings)

    @property
    def is_told(self) -> bool:
        """Tells whether nothing is left."""
        return not self._rest

    def next_part(self, most: int) -> Part | None:
        """Returns what comes next, the same until it is told; None if nothing is left."""
        if not self._rest:
            return None
        chosen = self._rest[-most:]
        return Part(
            tuple(it for it in chosen if isinstance(it, StateChange)),
            tuple(it for it in chosen if isinstance(it, ContactMoment)),
        )

    def told(self, part: Part) -> None:
        """Leaves behind what was told."""
        del self._rest[-part.count :]


def _ordered(happenings: Sequence[Happening]) -> list[Happening]:
    if not happenings:
        return []
    newest = max(it.occurred_time for it in happenings)

    def place(happening: Happening) -> tuple[int, str, datetime]:
        time = happening.occurred_time
        who = happening.agent if isinstance(happening, StateChange) else ""
        return -((newest - time) // _STRETCH), who, time

    return sorted(happenings, key=place)
