"""From the legs of a call to the events that dispatch takes."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from types import MappingProxyType

from muster.dispatch.v1 import contact_pb2 as pb

from cli.importing.queue_log.facts import Leg
from cli.importing.queue_log.naming import Ids

_Kind = pb.ContactEvent.Kind
_UNANSWERED = MappingProxyType(
    {
        "abandoned": pb.ContactEvent.KIND_ABANDONED,
        "timeout": pb.ContactEvent.KIND_TIMED_OUT,
    }
)
_PARTIES = MappingProxyType({"COMPLETEAGENT": pb.PARTY_AGENT, "COMPLETECALLER": pb.PARTY_CUSTOMER})


@dataclass(frozen=True, slots=True)
class _Moment:
    kind: _Kind
    at: float
    wait_s: float | None = None
    talk_s: float | None = None
    ended_by: pb.Party = pb.PARTY_UNSPECIFIED


def contact_events(legs: Iterable[Leg], agents: Ids, queues: Ids) -> Iterator[pb.ContactEvent]:
    """Yields the events of calls; their legs come together and in order.

    The event id follows from the content and from the how-manieth of equal events it is. A call
    that leaves its last queue for elsewhere ends there unless it is told again, so nothing else
    says that it ended: it may yet enter another queue.
    """
    for _, own in groupby(legs, key=lambda leg: leg.contact):
        calls_legs = list(own)
        seen: Counter[str] = Counter()
        order = 0
        for leg in calls_legs:
            for moment in _moments(leg, is_last=leg is calls_legs[-1]):
                order += 1
                event = _event(leg, moment, agents, queues)
                event.source_sequence = order
                seen[event.event_id] += 1
                event.event_id += f"-{seen[event.event_id]}"
                yield event


def _moments(leg: Leg, *, is_last: bool) -> Iterator[_Moment]:
    if leg.enter is not None and not leg.is_outbound:
        yield _Moment(pb.ContactEvent.KIND_ENQUEUED, leg.enter)
    answered = _answer_time(leg)
    if answered is not None:
        yield _Moment(pb.ContactEvent.KIND_ANSWERED, answered, wait_s=leg.wait_s)
    if leg.end is None:
        return
    yield _end_of(leg, leg.end, is_answered=answered is not None, is_last=is_last)


def _answer_time(leg: Leg) -> float | None:
    """Returns when the agent answered; of a conversation without its begin, by its seconds."""
    if leg.connect is None and leg.end is not None and leg.agent is not None:
        return leg.end - (leg.talk_s or 0)
    return leg.connect


def _end_of(leg: Leg, at: float, *, is_answered: bool, is_last: bool) -> _Moment:
    if not is_answered:
        kind = _UNANSWERED.get(leg.outcome or "", pb.ContactEvent.KIND_OVERFLOWED)
        return _Moment(kind, at, wait_s=leg.wait_s)
    if leg.outcome == "transferred":
        return _Moment(pb.ContactEvent.KIND_TRANSFERRED, at, talk_s=leg.talk_s)
    if not is_last or leg.outcome == "requeued":
        return _Moment(pb.ContactEvent.KIND_LEG_ENDED, at, talk_s=leg.talk_s)
    party = _PARTIES.get(leg.ended_by, pb.PARTY_UNSPECIFIED)
    return _Moment(pb.ContactEvent.KIND_ENDED, at, talk_s=leg.talk_s, ended_by=party)


def _event(leg: Leg, moment: _Moment, agents: Ids, queues: Ids) -> pb.ContactEvent:
    has_agent = leg.agent is not None and moment.kind != pb.ContactEvent.KIND_ENQUEUED
    agent = f"agents/{agents[leg.agent]}" if has_agent and leg.agent else ""
    event = pb.ContactEvent(
        event_id=_event_id(leg, moment, agent),
        contact_id=leg.contact,
        kind=moment.kind,
        queue_id=queues[leg.queue],
        agent=agent,
        channel=pb.CHANNEL_CALL,
        direction=pb.DIRECTION_OUTBOUND if leg.is_outbound else pb.DIRECTION_INBOUND,
        ended_by=moment.ended_by,
    )
    event.occurred_time.FromDatetime(datetime.fromtimestamp(moment.at, UTC))
    if moment.wait_s is not None:
        event.wait.FromTimedelta(timedelta(seconds=moment.wait_s))
    if moment.talk_s is not None:
        event.talk.FromTimedelta(timedelta(seconds=moment.talk_s))
    return event


def _event_id(leg: Leg, moment: _Moment, agent: str) -> str:
    content = (leg.contact, leg.queue, agent, str(moment.kind), f"{moment.at:.6f}")
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32]
