"""What becomes of the time that an agent's own source claims."""

from datetime import datetime, timedelta
from typing import NamedTuple

TAKEN_WITHIN = timedelta(seconds=2)
"""How far a claimed time may lie from its receipt, the skew taken off, to be taken as it is."""


class ClaimedTime(NamedTuple):
    """The time that an entry gets, and whether it is a mere claim until somebody accepts it."""

    occurred_time: datetime
    is_claim: bool


def judge_claim(source_time: datetime, skew: timedelta, received_time: datetime) -> ClaimedTime:
    """Returns the time of a report of an agent's own source, by our clock.

    A report that reaches us at once is taken. One that comes later, or says so, is kept and is a
    claim: a button pressed without a connection, or a clock that was moved.
    """
    occurred_time = source_time - skew
    is_claim = abs(received_time - occurred_time) > TAKEN_WITHIN
    return ClaimedTime(occurred_time, is_claim)
