"""What becomes of an event. The reasons are names of `muster.dispatch.v1.ErrorReason`."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """The stable name of a refusal."""

    INVALID_FIELD = "INVALID_FIELD"
    UNKNOWN_SITE = "UNKNOWN_SITE"
    UNKNOWN_AGENT = "UNKNOWN_AGENT"
    UNKNOWN_CONTACT = "UNKNOWN_CONTACT"
    UNKNOWN_RECORDING = "UNKNOWN_RECORDING"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    TOO_OLD = "TOO_OLD"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    TOO_MANY_EVENTS = "TOO_MANY_EVENTS"
    NO_CONSENT = "NO_CONSENT"
    OVERLOADED = "OVERLOADED"


@dataclass(frozen=True, slots=True)
class Refused:
    """The fate of an event that is not recorded, with what its sender can do."""

    reason: Reason
    message: str


class Outcome(StrEnum):
    """The fate of an event that is in the log."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already_recorded"


Fate = Outcome | Refused
