"""What becomes of a report. The reasons are names of `muster.presence.v1.ErrorReason`."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """The stable name of a refusal."""

    INVALID_FIELD = "INVALID_FIELD"
    UNKNOWN_AGENT = "UNKNOWN_AGENT"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    TOO_OLD = "TOO_OLD"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    OVERLOADED = "OVERLOADED"
    NOT_IN_WRAP_UP = "NOT_IN_WRAP_UP"
    POLICY_CHANGED = "POLICY_CHANGED"
    UNKNOWN_POLICY_VERSION = "UNKNOWN_POLICY_VERSION"
    UNKNOWN_ENTRY = "UNKNOWN_ENTRY"
    NOT_A_CLAIM = "NOT_A_CLAIM"
    REQUEST_ID_REUSED = "REQUEST_ID_REUSED"
    LOG_DISAGREES = "LOG_DISAGREES"
    UNKNOWN_SITE = "UNKNOWN_SITE"
    NO_DAILY_ROOT = "NO_DAILY_ROOT"
    ONLY_OWN_BUTTON = "ONLY_OWN_BUTTON"


@dataclass(frozen=True, slots=True)
class Refused:
    """The fate of a report that is not recorded, with what its sender can do."""

    reason: Reason
    message: str


class Outcome(StrEnum):
    """The fate of a report that is in the log."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already_recorded"


Fate = Outcome | Refused
