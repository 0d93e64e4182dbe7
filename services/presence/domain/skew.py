"""How far a source's clock is ahead of ours, from what it wrote when it sent and when we got it."""

from collections.abc import Sequence
from datetime import timedelta

MOST_SAMPLES = 20
"""How many samples of a source are kept, the latest ones."""

# So many samples in a row, all lower by so much, are no delay: the clock was set back.
_RUN = 3
_SET_BACK = timedelta(seconds=5)
_MICROSECOND = timedelta(microseconds=1)

MOST_SKEW = timedelta(hours=24)
"""What a clock may be off, ahead or behind; beyond that it tells no time at all."""

Samples = tuple[int, ...]
"""Microseconds by which what was sent is ahead of its receipt, oldest first."""


def sample_of(sent_ahead: timedelta) -> int:
    """Returns the sample of a message that was sent so much after, by its clock, it was received.

    A message that took its time gives a lower one, never a higher one.
    """
    return sent_ahead // _MICROSECOND


def is_sensible(sample: int) -> bool:
    """Tells whether a sample may be a clock's skew."""
    return abs(sample) <= MOST_SKEW // _MICROSECOND


def estimate_skew(samples: Sequence[int]) -> timedelta:
    """Returns by how much the clock is ahead of ours; nothing if that was never measured, or the
    latest sample is no skew: such a clock is not corrected, and what it tells stays a claim.

    Delay only lowers a sample, so the greatest is the truest. A clock that was set forward shows at
    once, one that was set back after three samples.
    """
    if not samples or not is_sensible(samples[-1]):
        return timedelta(0)
    sensible = [sample for sample in samples if is_sensible(sample)]
    greatest = max(sensible)
    if len(sensible) > _RUN:
        lately = max(sensible[-_RUN:])
        if greatest - lately > _SET_BACK // _MICROSECOND:
            greatest = lately
    return timedelta(microseconds=greatest)
