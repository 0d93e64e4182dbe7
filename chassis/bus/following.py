"""What both kinds of consumer share: reading a message, its trace, and applying it under both."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from nats.aio.msg import Msg
from nats.js.api import Header
from opentelemetry.trace import SpanKind

from chassis.bus.metrics import ConsumerMetrics
from chassis.bus.position import Position
from chassis.telemetry import Telemetry, context_of

Apply: TypeAlias = Callable[[Position, bytes, Mapping[str, str]], Awaitable[None]]
"""Takes in one message: its place, its payload, its headers (none when it was replayed)."""

Replay: TypeAlias = Callable[[Position], AsyncIterator[tuple[Position, bytes]]]
"""Asks the owner for what follows a position, in order, as much as it has or at least some of it.

Raises a Refusal with OUT_OF_RANGE when the owner does not keep that any more.
"""

Expired: TypeAlias = Callable[[str], Awaitable[Position | None]]
"""Takes the site (its bare id) in anew, because the owner no longer keeps what was missed.

Returns how far the new copy has come, or None when there is nothing to copy and whatever comes next
is right.
"""


class Watch:
    """The telemetry of one consumer of an event."""

    def __init__(self, telemetry: Telemetry, owner: str, event: str) -> None:
        """Declare the consumer's metrics on first use."""
        metrics = telemetry.metrics(ConsumerMetrics)
        self._tracer = telemetry.tracer
        self.log = telemetry.log.bind(destination=f"muster.{owner}.v1.{event}")
        self._destination = f"muster.{owner}.v1.{event}"
        self._messages = {
            outcome: metrics.messages.labels(owner, event, outcome)
            for outcome in ("applied", "replayed", "repeated")
        }
        self._seconds = metrics.seconds.labels(owner, event)
        self.gaps = metrics.gaps.labels(owner, event)
        self.expirations = metrics.expirations.labels(owner, event)
        self.pending = metrics.pending.labels(owner, event)

    def skipped(self) -> None:
        """Count a message that was applied before."""
        self._messages["repeated"].inc()

    @contextmanager
    def applying(self, headers: Mapping[str, str]) -> Iterator[None]:
        """Make a span under the publisher's, and measure, while one message is applied."""
        outcome, name = ("applied", "process") if headers else ("replayed", "replay")
        begun = time.perf_counter()
        with self._tracer.start_as_current_span(
            f"{name} {self._destination}", context=context_of(headers), kind=SpanKind.CONSUMER
        ):
            yield
        self._seconds.observe(time.perf_counter() - begun)
        self._messages[outcome].inc()


def position_of(message: Msg) -> Position | None:
    """Return the message's place, which is its message id; None when no outbox sent it."""
    try:
        return Position.parse((message.headers or {}).get(Header.MSG_ID, ""))
    except ValueError:
        return None
