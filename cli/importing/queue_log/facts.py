"""What a queue log tells, in pieces: spans of people, legs of calls, counts."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple


class Kind(IntEnum):
    """What a span is of. At one instant the greatest one shows on the timeline."""

    OFFLINE = 0
    ONLINE = 1
    BREAK = 2
    WRAP_UP = 3
    BUSY = 4


@dataclass(slots=True)
class Span:
    """A stretch of one person's time, from a line's clock to another one's.

    `end` is None as long as no line ended it. `until` is when it ends if nothing ends it earlier.
    `seconds` is its length as the log states it, None if only the clock tells. Inferred is being
    online where no line says so but the person's own activity.
    """

    person: str
    kind: Kind
    start: float
    end: float | None = None
    until: float | None = None
    seconds: float | None = None
    reason: str = ""
    contact: str = ""
    inferred: bool = False


@dataclass(slots=True)
class Leg:
    """One stay of a call in a queue, with the conversation that it led to.

    `number` orders the legs of the log. Times are of lines and None where no line tells; seconds
    are those that the log states, and by the clock where its version states none.
    """

    number: int
    contact: str
    queue: str
    enter: float | None
    connect: float | None = None
    end: float | None = None
    wait_s: float | None = None
    talk_s: float | None = None
    agent: str | None = None
    outcome: str | None = None
    is_outbound: bool = False
    ended_by: str = ""
    cut_short: "Leg | None" = None

    @property
    def is_open(self) -> bool:
        """Whether no line ended it."""
        return self.end is None


class Count(NamedTuple):
    """So much of something at an instant, of a person or of a queue."""

    at: float
    of: Literal["person", "queue"]
    name: str
    what: str
    amount: float = 1


Fact = Span | Leg | Count
"""A span or leg is told when it begins, changes and ends."""
