"""What is wrong with queues that somebody wants to have applied."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from services.dispatch.domain.queue import (
    DEFAULT_SHORT_ABANDON,
    DEFAULT_TARGET,
    Queue,
    QueueKey,
    default_longest_wait,
)
from services.dispatch.domain.report import is_printable
from services.dispatch.domain.service_level import Policy
from services.dispatch.domain.words import Channel

MOST_LANGUAGES = 20
LONGEST_NAME = 200
LONGEST_SPAN = timedelta(days=1)
LEAST_LONGEST_WAIT, GREATEST_LONGEST_WAIT = timedelta(minutes=1), timedelta(days=31)

_NAME = re.compile(r"sites/([a-z0-9-]{1,63})/queues/([a-z0-9-]{1,63})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_POLICIES = {policy.value: policy for policy in Policy}
_CHANNELS = {channel.value: channel for channel in Channel}


class RequestedQueue(NamedTuple):
    """A queue as somebody wants it; what is absent takes the default."""

    name: str
    display_names: Mapping[str, str]
    channel: int
    target: timedelta | None
    short_abandon: timedelta | None
    policy: str
    includes_other_leavers: bool
    longest_wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be applied: its field, such as `queues[3].target`, and what is wrong."""

    field: str
    description: str


def queue_key_of(name: str) -> QueueKey | None:
    """Returns the key in a queue's name, or None if it has not the form of one."""
    match = _NAME.fullmatch(name)
    return None if match is None else QueueKey(match[1], match[2])


def check_queues(requested: Sequence[RequestedQueue]) -> tuple[Fault, ...]:
    """Returns the first fault of each faulty row, in the order of the request."""
    seen: set[str] = set()
    faults = []
    for index, queue in enumerate(requested):
        fault = next(_faults_of(queue, seen), None)
        if fault is not None:
            faults.append(Fault(f"queues[{index}].{fault[0]}", fault[1]))
        seen.add(queue.name)
    return tuple(faults)


def queue_of(requested: RequestedQueue) -> Queue:
    """Returns the queue of a row that `check_queues` has passed."""
    key = queue_key_of(requested.name)
    assert key is not None  # noqa: S101 - passed the check
    target, short_abandon = requested.target, requested.short_abandon
    channel, longest_wait = _CHANNELS[requested.channel], requested.longest_wait
    return Queue(
        key=key,
        display_names=dict(sorted(requested.display_names.items())),
        channel=channel,
        target=DEFAULT_TARGET if target is None else target,
        short_abandon=DEFAULT_SHORT_ABANDON if short_abandon is None else short_abandon,
        policy=_POLICIES[requested.policy or Policy.OF_OFFERED],
        includes_other_leavers=requested.includes_other_leavers,
        applied=True,
        longest_wait=default_longest_wait(channel) if longest_wait is None else longest_wait,
    )


def _faults_of(queue: RequestedQueue, seen: set[str]) -> Iterator[tuple[str, str]]:
    if queue_key_of(queue.name) is None:
        yield "name", "is no name such as sites/north/queues/support, the ids of [a-z0-9-]{1,63}"
    if queue.name in seen:
        yield "name", "comes twice in the request"
    yield from _name_faults(queue.display_names)
    if queue.channel not in _CHANNELS:
        yield "channel", "is none of the named channels"
    for field, span in (("target", queue.target), ("short_abandon", queue.short_abandon)):
        if span is not None and not timedelta(0) <= span <= LONGEST_SPAN:
            yield field, "must be 0 seconds to a day"
    longest = queue.longest_wait
    if longest is not None and not LEAST_LONGEST_WAIT <= longest <= GREATEST_LONGEST_WAIT:
        yield "longest_wait", "must be a minute to 31 days"
    if queue.policy and queue.policy not in _POLICIES:
        yield "service_level_policy", f"must be one of {', '.join(_POLICIES)}"


def _name_faults(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if len(names) > MOST_LANGUAGES:
        yield "display_names", f"has {len(names)} languages; at most {MOST_LANGUAGES}"
    if any(_LANGUAGE.fullmatch(language) is None for language in names):
        yield "display_names", "has a key that is no language such as en or zh-Hans"
    if not all(is_printable(name, LONGEST_NAME) for name in names.values()):
        yield "display_names", f"must have 1 to {LONGEST_NAME} printable characters each"
