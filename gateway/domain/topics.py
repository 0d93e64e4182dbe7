"""What a push stream can follow, and the places at which its reader stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gateway.domain.feed import Position

_FORM = re.compile(r"(board|waiting|roster)/(sites/[a-z0-9-]{1,63})")
_NO_PLACE = "-"


class Kind(StrEnum):
    """What a topic tells of its site."""

    BOARD = "board"
    WAITING = "waiting"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of news of one site, written `board/sites/x`."""

    kind: Kind
    site: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.site}"

    @classmethod
    def parse(cls, text: str) -> "Topic":
        """Reads `<kind>/sites/<site>`; raises ValueError for anything else."""
        form = _FORM.fullmatch(text)
        if form is None:
            raise ValueError(f"no topic: {text[:80]!r}")
        return cls(Kind(form[1]), form[2])


def write_places(places: Iterable[Position | None]) -> str:
    """Returns the places of a stream's topics, in their order: `1:42,-,1:9`."""
    return ",".join(_NO_PLACE if place is None else str(place) for place in places)


def read_places(text: str) -> Sequence[Position | None]:
    """Reads what `write_places` wrote; raises ValueError for anything else."""
    return tuple(None if part == _NO_PLACE else Position.parse(part) for part in text.split(","))
