"""The newest changes of one site, kept within a bound, for readers who follow them."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

RING_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in one site's order."""

    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Reads `<epoch>:<seq>`; raises ValueError for anything else."""
        epoch, colon, seq = text.partition(":")
        if not (colon and epoch.isascii() and seq.isascii() and epoch.isdigit() and seq.isdigit()):
            raise ValueError(f"not <epoch>:<seq>: {text[:40]!r}")
        if len(epoch) > 9 or len(seq) > 18:
            raise ValueError("a number is too long")
        return cls(int(epoch), int(seq))


class Change(NamedTuple):
    """What one entry made of its agent, all her sources considered; names as on the wire.

    No agent means everybody of the site. `revised` tells that it altered what was before, and
    `capacity_left` that she is busy and could take more.
    """

    agent: str
    state: str
    reason: str
    activity: str
    occurred_time_ms: int
    marks: int
    since_time_ms: int
    revised: bool
    capacity_left: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one link or of several in a row."""

    position: Position
    changes: tuple[Change, ...]

    @property
    def size(self) -> int:
        """About how many bytes the changes take in a frame."""
        return 100 + sum(100 + len(change.agent) + len(change.reason) for change in self.changes)

    def only(self, seen: Callable[[Change], bool]) -> "Changes":
        """Returns the changes of agents that are seen, and those that concern everybody."""
        kept = (change for change in self.changes if not change.agent or seen(change))
        return Changes(self.position, tuple(kept))


def merge(links: Iterable[Changes]) -> Changes:
    """Joins the changes of consecutive links, of which there is at least one."""
    parts = tuple(links)
    return Changes(parts[-1].position, tuple(chain.from_iterable(part.changes for part in parts)))


@dataclass(slots=True)
class Ring:
    """Consecutive links of one site up to the newest, the oldest dropped when they exceed the
    bound.
    """

    start: Position
    limit: int = RING_BYTES
    _links: deque[Changes] = field(default_factory=deque)
    _size: int = 0

    @property
    def end(self) -> Position:
        """The newest place."""
        return self._links[-1].position if self._links else self.start

    def append(self, link: Changes) -> None:
        """Adds the next link. A link of another epoch, or one that does not follow, begins the ring
        anew.
        """
        if link.position != Position(self.end.epoch, self.end.seq + 1):
            self._links.clear()
            self._size = 0
            self.start = Position(link.position.epoch, link.position.seq - 1)
        self._links.append(link)
        self._size += link.size
        while self._size > self.limit and len(self._links) > 1:
            oldest = self._links.popleft()
            self._size -= oldest.size
            self.start = oldest.position

    def holds(self, position: Position) -> bool:
        """Tells whether everything after the position is here; so it is for a position ahead of the
        newest.
        """
        return position.epoch == self.start.epoch and position.seq >= self.start.seq

    def after(self, position: Position, until: Position) -> tuple[Changes, ...]:
        """Returns the links after one place up to and including another."""
        return tuple(link for link in self._links if position < link.position <= until)
