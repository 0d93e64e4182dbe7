"""Takes what a source pushes: proven, then kept, and only then answered."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from gateway.app.manage_sources import unknown_source
from gateway.app.mappings import Mappings
from gateway.app.source_ports import SourceEvents, SourceMetrics, Sources
from gateway.domain.sources.body import BodyRefusedError, message_text, split_body
from gateway.domain.sources.mapping import SourceMapping
from gateway.domain.sources.signing import (
    ReplayRefusedError,
    SignatureRefusedError,
    Signing,
    check_proof,
)
from gateway.domain.sources.source import NewEvent, Secrets
from gateway.domain.sources.texts import digest_of
from gateway.domain.sources.translate import find_event_id

MOST_PENDING = 50_000
"""Events of one source that may wait: some minutes of a large centre."""

_SOURCE_ID = re.compile(r"[a-z0-9-]{1,63}")
_RETRY_AFTER = timedelta(seconds=30)
_NOBODYS = Secrets("nobody has this secret")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a push. Both counts together are the events in it."""

    new_count: int
    repeated_count: int


class ReceiveEvents:
    """Receives pushes. What it answers for is durable."""

    def __init__(
        self,
        sources: Sources,
        events: SourceEvents,
        mappings: Mappings,
        metrics: SourceMetrics,
        clock: Clock,
        wake: Callable[[], None],
    ) -> None:
        self._sources = sources
        self._events = events
        self._mappings = mappings
        self._metrics = metrics
        self._clock = clock
        self._wake = wake

    async def __call__(
        self, source_id: str, headers: Mapping[str, str], content: bytes
    ) -> Received:
        """Keeps the events of a body, or refuses it whole."""
        version = await self._prove(source_id, headers, content)
        mapping = await self._mappings.find(source_id, version) if version else None
        count, new = await asyncio.to_thread(_new_events, content, mapping)
        added = await self._events.add_events(source_id, new, MOST_PENDING, self._clock.now())
        if added is None:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_PENDING",
                f"{MOST_PENDING} events of {source_id} wait to be translated",
                retry_after=_RETRY_AFTER,
            )
        received = Received(added, count - added)
        self._metrics.received(received.new_count, received.repeated_count)
        self._wake()
        return received

    async def _prove(self, source_id: str, headers: Mapping[str, str], content: bytes) -> int:
        """Returns the active version of the source. One that does not exist costs as much time as a
        wrong signature.
        """
        is_id = _SOURCE_ID.fullmatch(source_id)
        found = await self._sources.find_secrets(source_id) if is_id else None
        signing, secrets = (found[0].signing, found[1]) if found else (Signing(), _NOBODYS)
        now = self._clock.now()
        try:
            check_proof(signing, secrets.valid(now), headers, content, now)
        except SignatureRefusedError as error:
            if found is not None:
                raise Refusal(Code.UNAUTHENTICATED, "SIGNATURE_REFUSED", str(error)) from None
        except ReplayRefusedError:
            raise Refusal(
                Code.UNAUTHENTICATED,
                "SIGNATURE_EXPIRED",
                "the signed time lies over five minutes from now",
                metadata={"now": now.isoformat()},
            ) from None
        if found is None:
            raise unknown_source(source_id)
        return found[0].active_version


def _new_events(content: bytes, mapping: SourceMapping | None) -> tuple[int, Sequence[NewEvent]]:
    """Returns how many messages a body holds, and those that differ."""
    try:
        messages = split_body(content)
    except BodyRefusedError as error:
        raise invalid_fields([FieldViolation("body", str(error))]) from None
    events = {}
    for message in messages:
        body = message_text(message)
        vendors_id = find_event_id(mapping, message) if mapping else ""
        dedupe_id = vendors_id or digest_of(body)
        events[dedupe_id] = NewEvent(dedupe_id, body)
    return len(messages), list(events.values())
