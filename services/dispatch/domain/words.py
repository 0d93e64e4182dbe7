"""The words for contacts, as numbers that the wire and the log share."""

from enum import IntEnum


class Channel(IntEnum):
    """The way in which customer and operation talk."""

    UNSPECIFIED = 0
    CALL = 1
    CHAT = 2
    MAIL = 3


class Direction(IntEnum):
    """Who began a contact."""

    UNSPECIFIED = 0
    INBOUND = 1
    OUTBOUND = 2
    INTERNAL = 3


class Priority(IntEnum):
    """How urgent a contact is."""

    UNSPECIFIED = 0
    URGENT = 1
    HIGH = 2
    NORMAL = 3
    LOW = 4


class Party(IntEnum):
    """Who ended a contact."""

    UNSPECIFIED = 0
    CUSTOMER = 1
    AGENT = 2
    SYSTEM = 3


class Consent(IntEnum):
    """Whether the customer agreed to being recorded; UNSPECIFIED if nothing was reported."""

    UNSPECIFIED = 0
    GIVEN = 1
    REFUSED = 2
    UNKNOWN = 3


class SourceKind(IntEnum):
    """Who says what happened."""

    TELEPHONY = 1
    SYSTEM = 2
    IMPORT = 3


class Kind(IntEnum):
    """What happened. Of events at one instant, those with smaller numbers come first."""

    ENQUEUED = 1
    RINGING = 2
    ANSWERED = 3
    HELD = 4
    RESUMED = 5
    TRANSFERRED = 6
    LEG_ENDED = 7
    ABANDONED = 8
    TIMED_OUT = 9
    OVERFLOWED = 10
    CALLBACK = 11
    ENDED = 12
    WRAPPED_UP = 13
    RECORDED = 14


class StayOutcome(IntEnum):
    """How a stay in a queue ended; WAITING until it has."""

    WAITING = 0
    ANSWERED = 1
    ABANDONED = 2
    TIMED_OUT = 3
    OVERFLOWED = 4
    CALLBACK = 5


class ContactState(IntEnum):
    """Where a contact stands."""

    BEGUN = 1
    WAITING = 2
    RINGING = 3
    TALKING = 4
    ON_HOLD = 5
    ENDED = 6


class ContactOutcome(IntEnum):
    """What became of a contact; NONE until it has ended."""

    NONE = 0
    ANSWERED = 1
    ABANDONED = 2
    TIMED_OUT = 3
    OVERFLOWED = 4
    CALLBACK = 5
    UNANSWERED = 6
