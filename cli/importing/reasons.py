"""Why a row of a file of calls is not imported."""

from enum import Enum


class Reason(Enum):
    """The one reason for which a row is refused: the first that applies, in this order."""

    MALFORMED_ROW = "more or fewer cells than the header"
    NOT_SERVED = "not a served call"
    IDENTICAL_LINE = "letter for letter an earlier line"
    NO_AGENT = "served, but by nobody who is named"
    UNUSABLE_AGENT = "no agent id of [a-z0-9-]{1,63} can be made"
    UNUSABLE_CONTACT = "no contact id, or one of over 128 characters"
    NO_START = "served, but no time of start"
    UNREADABLE_TIME = "a date, time or length that cannot be read"
    NO_SUCH_TIME = "a time that the clock skipped on that day"
    ENDS_BEFORE_START = "ends before it starts, and not by passing midnight"
    TOO_LONG = "longer than the longest call of the mapping"
    LENGTH_CONTRADICTS = "a length that start and end contradict"
    NO_LENGTH = "served, but for no time at all"
    REFUSED_BY_SERVER = "refused by the server"


class RowRefusedError(Exception):
    """Says that a row is not imported, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
