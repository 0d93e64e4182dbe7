"""Timelines of many agents as presence packs them: read, chosen from, put together, packed again.

timeline_service.proto describes the form: a zlib stream of all lowest bytes, then all next higher
ones, and so on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

from gateway.domain.heatmap import Place

Integers = NDArray[np.int64]
Planes = NDArray[np.uint8]

STATE_COUNT = 7
"""How many State numbers there are, zero included."""
INFERRED_MARK = 1
"""The mark of what a mapping inferred: no line of the source says it."""
LENGTH_BYTES = 4
# ISA-L takes a fifth of the time of zlib for as good a result.
_LEVEL = 2
_BYTE = 256


class Look(NamedTuple):
    """How an interval looks; `capacity_left` tells of a busy agent that she could take more."""

    state: int
    activity: int = 0
    reason: str = ""
    marks: int = 0
    capacity_left: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Timelines:
    """Timelines of agents over a span; those of an agent's intervals tile it.

    Lengths are in units of `unit_ms`; `last_changes_ms` tells when each agent's last interval
    began, be it before the span.
    """

    places: tuple[Place, ...]
    start_ms: int
    end_ms: int
    agents: tuple[str, ...]
    counts: Integers
    last_changes_ms: Integers
    unit_ms: int
    lengths_packed: bytes
    looks: tuple[Look, ...]
    look_indexes_packed: bytes

    @property
    def look_bytes(self) -> int:
        """How many bytes an index of a look takes."""
        return 1 if len(self.looks) <= _BYTE else 2

    def look_indexes(self) -> Integers:
        """The look of each interval."""
        return unpack_numbers(self.look_indexes_packed, self.look_bytes)

    def states(self) -> Integers:
        """The State number of each interval."""
        indexes = self.look_indexes()
        return self._states_of_looks()[indexes] if self.looks else indexes

    def lengths_ms(self) -> Integers:
        """How long each interval is."""
        return unpack_numbers(self.lengths_packed, LENGTH_BYTES) * self.unit_ms

    def last_states(self) -> Integers:
        """The State number of each agent's last interval: now, or at the span's end."""
        last = self.look_indexes()[np.cumsum(self.counts) - 1]
        return self._states_of_looks()[last] if self.looks else last

    def take(self, rows: Integers) -> "Timelines":
        """Returns the timelines of some agents, by their places here, in that order."""
        counts = self.counts[rows]
        firsts = np.cumsum(self.counts) - self.counts
        places = _spread(firsts[rows], counts)
        return replace(
            self,
            agents=tuple(self.agents[row] for row in rows.tolist()),
            counts=counts,
            last_changes_ms=self.last_changes_ms[rows],
            lengths_packed=_taken(self.lengths_packed, LENGTH_BYTES, places),
            look_indexes_packed=_taken(self.look_indexes_packed, self.look_bytes, places),
        )

    def _states_of_looks(self) -> Integers:
        return np.array([look.state for look in self.looks], np.int64)


def join_timelines(parts: Sequence[Timelines]) -> Timelines:
    """Returns the timelines of several sites over one span as one; there is at least one."""
    if len(parts) == 1:
        return parts[0]
    unit_ms = min(part.unit_ms for part in parts)
    looks = tuple(dict.fromkeys(look for part in parts for look in part.looks))
    number = {look: index for index, look in enumerate(looks)}
    indexes = [
        np.array([number[look] for look in part.looks], np.int64)[part.look_indexes()]
        for part in parts
        if part.looks
    ]
    lengths = [part.lengths_ms() // unit_ms for part in parts]
    return replace(
        parts[0],
        places=tuple(place for part in parts for place in part.places),
        agents=tuple(agent for part in parts for agent in part.agents),
        counts=np.concatenate([part.counts for part in parts]),
        last_changes_ms=np.concatenate([part.last_changes_ms for part in parts]),
        unit_ms=unit_ms,
        lengths_packed=pack_numbers(np.concatenate(lengths), LENGTH_BYTES),
        looks=looks,
        look_indexes_packed=pack_numbers(
            np.concatenate([*indexes, np.zeros(0, np.int64)]), 1 if len(looks) <= _BYTE else 2
        ),
    )


def pack_numbers(numbers: Integers, width: int) -> bytes:
    """Packs numbers of so many bytes each."""
    narrow = numbers.astype(f"<u{width}")
    return _packed(narrow.view(np.uint8).reshape(-1, width).T)


def unpack_numbers(packed: bytes, width: int) -> Integers:
    """Reads packed numbers of so many bytes each."""
    whole = np.ascontiguousarray(_planes(packed, width).T).view(f"<u{width}").ravel()
    numbers: Integers = whole.astype(np.int64)
    return numbers


def _taken(packed: bytes, width: int, places: Integers) -> bytes:
    return _packed(_planes(packed, width)[:, places])


def _planes(packed: bytes, width: int) -> Planes:
    """Reads the bytes of packed numbers: a row the lowest ones, a row the next higher ones."""
    return np.frombuffer(isal_zlib.decompress(packed), np.uint8).reshape(width, -1)


def _packed(planes: Planes) -> bytes:
    return isal_zlib.compress(planes.tobytes(), _LEVEL)


def _spread(starts: Integers, counts: Integers) -> Integers:
    """Returns start, start + 1 and so on, `count` numbers for each start."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    numbers: Integers = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers
