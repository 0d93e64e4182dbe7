"""From agents' parts in calls to the events of contacts."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from muster.dispatch.v1 import contact_pb2 as pb

from cli.importing.asterisk.busy import AgentPart, Busy


def contact_events(busy: Busy) -> Iterator[pb.ContactEvent]:
    """Yields the events of the calls that did not go through a queue, call by call.

    Those that did are left to the queue log, which knows their waits and outcomes.
    """
    by_call: defaultdict[str, list[AgentPart]] = defaultdict(list)
    for part in busy.parts:
        by_call[part.call.contact].append(part)
    for call, parts in by_call.items():
        if call not in busy.queued_calls:
            yield from _events_of(call, parts)


def _events_of(call: str, parts: Iterable[AgentPart]) -> Iterator[pb.ContactEvent]:
    last = None
    for part in sorted(parts, key=lambda part: (part.call.span.start_time, part.call.agent.id)):
        span, answered = part.call.span, part.answer_time
        if answered is not None:
            yield _event(part, pb.ContactEvent.KIND_ANSWERED, max(answered, span.start_time))
            yield _event(part, pb.ContactEvent.KIND_LEG_ENDED, span.end_time)
        if last is None or span.end_time > last.call.span.end_time:
            last = part
    if last is not None:
        yield _event(last, pb.ContactEvent.KIND_ENDED, last.call.span.end_time)


def _event(part: AgentPart, kind: pb.ContactEvent.Kind, at: datetime) -> pb.ContactEvent:
    call = part.call
    content = (call.contact, str(kind), call.agent.id, at.isoformat())
    event = pb.ContactEvent(
        event_id=hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32],
        contact_id=call.contact,
        kind=kind,
        agent=f"agents/{call.agent.id}",
        channel=pb.CHANNEL_CALL,
        direction=f"DIRECTION_{part.direction}",
    )
    event.occurred_time.FromDatetime(at)
    return event
