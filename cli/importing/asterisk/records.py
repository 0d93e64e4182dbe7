"""What the call records of Asterisk come to: connections between two ends, line by line."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Reason(Enum):
    """Why a line tells of no connection."""

    MALFORMED = "another number of cells than the first line"
    UNREADABLE_TIME = "a time that cannot be read"
    NEGATIVE_SPAN = "ends before it starts"
    NO_CALL_ID = "no uniqueid, so that the call cannot be told from others"
    NEVER_ENDED = "a channel whose end the files do not tell"
    NO_OTHER_END = "nobody was dialled: a feature code, a menu, voice mail"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that comes to nothing, and why."""

    line: int
    reason: Reason
    file: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """One end's part in a call, `[start_time, end_time)`.

    `is_caller` tells that this end dialled; it takes part from dialling on, the other end from its
    answer on: ringing occupies nobody. `answer_time` is None if nobody answered. A call that went
    `through_queue` is told by the queue log as well, and better.
    """

    call: str
    channel: str
    start_time: datetime
    end_time: datetime
    answer_time: datetime | None
    is_caller: bool
    through_queue: bool
    line: int


Judged = Connection | LeftOut
