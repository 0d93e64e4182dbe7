"""A message's place in the order of its site."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Self


@dataclass(frozen=True, slots=True)
class Position:
    """The place of one commit: the site's bare id, its epoch, and the number within it."""

    site: str
    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.site}:{self.epoch}:{self.seq}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what str() wrote; raise ValueError for anything else."""
        site, epoch, seq = text.split(":")
        return cls(site, int(epoch), int(seq))


class Step(Enum):
    """What a message means to somebody who has come as far as a known position."""

    REPEATED = auto()
    NEXT = auto()
    GAP = auto()
    NEW_EPOCH = auto()


def decide_step(known: Position, arrived: Position) -> Step:
    """Tell whether what arrived is old, the next message, or shows that some are missing."""
    if arrived.epoch != known.epoch:
        return Step.NEW_EPOCH if arrived.epoch > known.epoch else Step.REPEATED
    if arrived.seq <= known.seq:
        return Step.REPEATED
    return Step.NEXT if arrived.seq == known.seq + 1 else Step.GAP
