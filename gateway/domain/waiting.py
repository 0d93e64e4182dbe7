"""How queues stand together: sums, and the service level over all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

OF_OFFERED = "of_offered.v1"
OF_OFFERED_WITHOUT_SHORT_ABANDONS = "of_offered_without_short_abandons.v1"
OF_ANSWERED = "of_answered.v1"
OF_OFFERED_SHORT_ABANDONS_IN_TIME = "of_offered_short_abandons_in_time.v1"


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue as dispatch tells of it, and what it says packed, unread here."""

    waiting: int
    oldest_time: datetime | None
    answered: int
    answered_in_time: int
    abandoned: int
    short_abandoned: int
    other_leavers: int
    policy: str
    includes_other_leavers: bool
    packed_figures: bytes = b""
    packed_queue: bytes = b""


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of queues; no service level where they are figured apart, or of nothing."""

    waiting: int
    oldest_time: datetime | None
    answered: int
    abandoned: int
    service_level_ratio: float | None
    policy: str


def totals_of(queues: Sequence[Queue]) -> Totals:
    """Returns the sums of queues: of a day it is sum over sum, never a mean of shares."""
    ratio = _service_level(queues)
    return Totals(
        waiting=sum(one.waiting for one in queues),
        oldest_time=min((one.oldest_time for one in queues if one.oldest_time), default=None),
        answered=sum(one.answered for one in queues),
        abandoned=sum(one.abandoned for one in queues),
        service_level_ratio=ratio,
        policy=queues[0].policy if ratio is not None else "",
    )


def _service_level(queues: Sequence[Queue]) -> float | None:
    rules = {(one.policy, one.includes_other_leavers) for one in queues}
    if len(rules) != 1 or queues[0].policy not in _FORMULAS:
        return None
    shares = [_FORMULAS[one.policy](one) for one in queues]
    in_time, of = (sum(share) for share in zip(*shares, strict=True))
    return in_time / of if of else None


def _offered(queue: Queue) -> int:
    others = queue.other_leavers if queue.includes_other_leavers else 0
    return queue.answered + queue.abandoned + others


_FORMULAS: Mapping[str, Callable[[Queue], tuple[int, int]]] = {
    OF_OFFERED: lambda one: (one.answered_in_time, _offered(one)),
    OF_OFFERED_WITHOUT_SHORT_ABANDONS: lambda one: (
        one.answered_in_time,
        _offered(one) - one.short_abandoned,
    ),
    OF_ANSWERED: lambda one: (one.answered_in_time, one.answered),
    OF_OFFERED_SHORT_ABANDONS_IN_TIME: lambda one: (
        one.answered_in_time + one.short_abandoned,
        _offered(one),
    ),
}
