"""Service level: the share that was answered in time, by named policies."""

from dataclasses import dataclass
from enum import StrEnum


class Policy(StrEnum):
    """The formulas, by the ids that every figure carries."""

    OF_OFFERED = "of_offered.v1"
    OF_OFFERED_WITHOUT_SHORT_ABANDONS = "of_offered_without_short_abandons.v1"
    OF_ANSWERED = "of_answered.v1"
    OF_OFFERED_SHORT_ABANDONS_IN_TIME = "of_offered_short_abandons_in_time.v1"


@dataclass(frozen=True, slots=True)
class StayCounts:
    """Stays by how they ended; those in time and the short ones are part of their outcome's."""

    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    short_abandoned: int = 0
    timed_out: int = 0
    overflowed: int = 0
    callback: int = 0


def service_level_ratio(
    counts: StayCounts, policy: Policy, *, includes_other_leavers: bool
) -> float | None:
    """Returns the share in time, 0 to 1, or None if there is nothing to divide by.

    Other leavers are those by time-out, overflow and call back; they count as abandoned, and none
    of them is short.
    """
    others = counts.timed_out + counts.overflowed + counts.callback
    left = counts.abandoned + (others if includes_other_leavers else 0)
    in_time, offered = counts.answered_in_time, counts.answered + left
    match policy:
        case Policy.OF_OFFERED:
            shares = in_time, offered
        case Policy.OF_OFFERED_WITHOUT_SHORT_ABANDONS:
            shares = in_time, offered - counts.short_abandoned
        case Policy.OF_ANSWERED:
            shares = in_time, counts.answered
        case Policy.OF_OFFERED_SHORT_ABANDONS_IN_TIME:
            shares = in_time + counts.short_abandoned, offered
    return shares[0] / shares[1] if shares[1] else None
