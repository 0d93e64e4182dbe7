"""What an agent can be, as numbers that the wire and the log share."""

from enum import IntEnum


class State(IntEnum):
    """The state of an agent; she is in exactly one at any instant."""

    ONLINE = 1
    BUSY = 2
    WRAP_UP = 3
    BREAK = 4
    OFFLINE = 5
    UNOBSERVED = 6


class Activity(IntEnum):
    """What a busy agent does; UNSPECIFIED where the source does not tell and for other states."""

    UNSPECIFIED = 0
    RINGING = 1
    TALKING = 2
    HOLD = 3
    OUTBOUND = 4
    CHATTING = 5
    TRAVELLING = 6
    ON_SITE = 7
    WORKING = 8


class SourceKind(IntEnum):
    """Who says that a state changed."""

    AGENT = 1
    SUPERVISOR = 2
    TELEPHONY = 3
    SYSTEM = 4
    IMPORT = 5


class EntryKind(IntEnum):
    """What an entry of the log says."""

    CHANGE = 1
    LIMIT = 2
    LOSS = 3
    AMENDMENT = 4
    ACCEPTANCE = 5
    GAP = 6
    OUTAGE = 7


class LossScope(IntEnum):
    """How much was lost with a source."""

    NOTHING = 0
    CLIENT = 1
    SOURCE = 2
    SITE = 3


class Mark(IntEnum):
    """What is remarkable about a stretch of a timeline; several are a sum.

    An entry itself is INFERRED or CLAIMED; the others come from what lies beside it.
    """

    INFERRED = 1
    CLAIMED = 2
    GAP = 4
    OUTAGE = 8
    AMENDED = 16
    OVERRUN = 32
