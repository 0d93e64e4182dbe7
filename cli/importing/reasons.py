"""Why a row of a file is not imported."""

from enum import Enum

_LONGEST_CELL = 60


class Reason(Enum):
    """The one reason for which a row is refused: the first that applies, in this order."""

    MALFORMED_ROW = "more or fewer cells than the header"
    NOT_SERVED = "not a served call"
    IGNORED_STATE = "a state that the mapping ignores"
    DAY_OFF = "no shift: a day off"
    IDENTICAL_LINE = "letter for letter an earlier line"
    NO_AGENT = "nobody is named"
    UNUSABLE_AGENT = "no agent id of [a-z0-9-]{1,63} can be made"
    REPEATED_AGENT = "an agent of an earlier line, told otherwise"
    UNKNOWN_TEAM = "a team that the mapping does not name"
    UNKNOWN_SKILL = "a skill that the mapping does not name, or no level of 1 to 5"
    UNKNOWN_STATE = "a state that the mapping does not name"
    UNKNOWN_CODE = "a shift code that the mapping does not name"
    UNUSABLE_CONTACT = "no contact id, or one of over 128 characters"
    UNUSABLE_QUEUE = "no queue, or no id of [a-z0-9-]{1,63} can be made of it"
    UNUSABLE_ID = "no shift id of [a-z0-9-]{1,63} can be made"
    UNUSABLE_NAME = "no name of 1 to 200 printable characters"
    NO_START = "no time of start"
    UNREADABLE_TIME = "a date, time or length that cannot be read"
    NO_SUCH_TIME = "a time that the clock skipped on that day"
    ENDS_BEFORE_START = "ends before it starts, and not by passing midnight"
    TOO_LONG = "longer than the longest that the mapping believes"
    LENGTH_CONTRADICTS = "a length that start and end contradict"
    NO_LENGTH = "starts and ends at the same time"
    OUTSIDE_SHIFT = "an activity that does not lie within its shift, or overlaps another one"
    OVERLAPS = "overlaps another shift of the agent in the file"
    REFUSED_BY_SERVER = "refused by the server"


class RowRefusedError(Exception):
    """Says that a row is not imported, why, and which cell is to blame."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


def cell_told(column: str, cell: str) -> str:
    """Returns a column with its cell as a message shows them."""
    shown = cell if len(cell) <= _LONGEST_CELL else cell[: _LONGEST_CELL - 1] + "…"
    return f"{column}: {shown!r}"
