"""From calls to the events of contacts that they tell of."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from muster.dispatch.v1 import contact_pb2 as pb

from cli.importing.calls import Abandoned, Call, Stay

_KIND = pb.ContactEvent.Kind


def contact_events(
    calls: Iterable[Call], abandoned: Iterable[Abandoned], activity: str
) -> Iterator[pb.ContactEvent]:
    """Yields the events of contacts: each call is answered and ends, the last one with the contact;
    who left a queue is told at once.

    The event ids follow from the content alone: the same file gives the same ids.
    """
    by_contact: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_contact[call.contact].append(call)
    for legs in by_contact.values():
        last = max(legs, key=lambda leg: (leg.span.end_time, leg.row))
        for leg in legs:
            yield _of_call(leg, _KIND.KIND_ANSWERED, leg.span.start_time, activity)
            if leg is not last:
                yield _of_call(leg, _KIND.KIND_LEG_ENDED, leg.span.end_time, activity)
        yield _of_call(last, _KIND.KIND_ENDED, last.span.end_time, activity)
    for each in abandoned:
        event = _event(each.contact, _KIND.KIND_ABANDONED, each.left_time, activity)
        _put_stay(event, each.stay)
        yield event


def _of_call(call: Call, kind: _KIND, at: datetime, activity: str) -> pb.ContactEvent:
    agent = f"agents/{call.agent.id}"
    event = _event(call.contact, kind, at, activity, agent)
    if kind == _KIND.KIND_ANSWERED and call.stay is not None:
        _put_stay(event, call.stay)
    return event


def _event(
    contact: str, kind: _KIND, at: datetime, activity: str, agent: str = ""
) -> pb.ContactEvent:
    content = (contact, _KIND.Name(kind), agent, at.isoformat())
    event = pb.ContactEvent(
        event_id=hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32],
        contact_id=contact,
        kind=kind,
        agent=agent,
        channel=pb.CHANNEL_CHAT if activity == "CHATTING" else pb.CHANNEL_CALL,
        direction=pb.DIRECTION_OUTBOUND if activity == "OUTBOUND" else pb.DIRECTION_UNSPECIFIED,
    )
    event.occurred_time.FromDatetime(at)
    return event


def _put_stay(event: pb.ContactEvent, stay: Stay) -> None:
    event.queue_id = stay.queue
    if stay.wait is not None:
        event.wait.FromTimedelta(stay.wait)
