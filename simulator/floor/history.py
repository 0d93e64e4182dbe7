"""The past that is imported, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.twin.happenings import ContactMoment, Happening, StateChange


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

    It is told backwards: what is not told yet is unobserved, rather than a state that seems to last
    for days, and the board of today is full first.
    """

    def __init__(self, happenings: Sequence[Happening]) -> None:
        self._rest = list(happenings)

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
