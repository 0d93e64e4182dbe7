"""From calls to the events of contacts that they tell of."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from muster.dispatch.v1 import contact_pb2 as pb

from cli.importing.calls import Call

_KIND = pb.ContactEvent.Kind


def contact_events(calls: Iterable[Call], activity: str) -> Iterator[pb.ContactEvent]:
    """Yields the events of contacts: each call is answered and ends, the last one with the contact.

    The event ids follow from the content alone: the same file gives the same ids.
    """
    by_contact: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_contact[call.contact].append(call)
    for legs in by_contact.values():
        last = max(legs, key=lambda leg: (leg.span.end_time, leg.row))
        for leg in legs:
            yield _event(leg, _KIND.KIND_ANSWERED, leg.span.start_time, activity)
            if leg is not last:
                yield _event(leg, _KIND.KIND_LEG_ENDED, leg.span.end_time, activity)
        yield _event(last, _KIND.KIND_ENDED, last.span.end_time, activity)


def _event(call: Call, kind: _KIND, at: datetime, activity: str) -> pb.ContactEvent:
    content = (call.contact, _KIND.Name(kind), call.agent.id, at.isoformat())
    event = pb.ContactEvent(
        event_id=hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32],
        contact_id=call.contact,
        kind=kind,
        agent=f"agents/{call.agent.id}",
        channel=pb.CHANNEL_CHAT if activity == "CHATTING" else pb.CHANNEL_CALL,
        direction=pb.DIRECTION_OUTBOUND if activity == "OUTBOUND" else pb.DIRECTION_UNSPECIFIED,
    )
    event.occurred_time.FromDatetime(at)
    return event
