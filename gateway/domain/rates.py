"""How often somebody may call: a token bucket, kept as one instant."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tokens a second, and so many at once after a rest."""

    per_second: float
    burst: float


def take(paid_until: float, now: float, tokens: float, rate: Rate) -> tuple[float, float]:
    """Takes tokens, if there are enough, from a bucket that is full again at `paid_until`.

    Returns when it is full again after that, and zero; or the same instant as before, and the
    seconds to wait. What costs more than a whole burst is let through when the bucket is full.
    """
    full_at = max(paid_until, now) + tokens / rate.per_second
    wait = full_at - now - max(rate.burst, tokens) / rate.per_second
    return (paid_until, wait) if wait > 0 else (full_at, 0.0)
