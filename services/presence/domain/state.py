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
