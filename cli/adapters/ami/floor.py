"""What the events of Asterisk's manager interface (AMI) say about agents, calls and queues."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from muster.dispatch.v1 import contact_pb2 as contact
from muster.presence.v1 import presence_service_pb2 as presence
from muster.presence.v1 import state_pb2 as state

from cli.importing.asterisk.lines import Lines
from cli.importing.queue_log.naming import id_of

Event = Mapping[str, str]
Change = presence.StateReport | contact.ContactEvent
"""A change without its event id, which whoever sends it deals."""

TECHNICAL = "technical"
UNNAMED_PAUSE = "break"
# Device states of a telephone that cannot be called: invalid and unavailable.
_OUT_OF_REACH = frozenset({"4", "5"})
_NO_ACTIVITY = state.ACTIVITY_UNSPECIFIED
_Kind = contact.ContactEvent


@dataclass(slots=True)
class _Membership:
    paused: bool
    reason: str
    reachable: bool


@dataclass(slots=True)
class _Line:
    """A channel of an agent: it is in hand from dialling or from joining somebody on."""

    agent: str
    call: str
    dialled: bool = False
    answered: bool = False
    held: bool = False

    @property
    def in_hand(self) -> bool:
        return self.dialled or self.answered


@dataclass(frozen=True, slots=True)
class _Look:
    """What can be seen of an agent; state and activity are numbers of the wire."""

    state: int = state.STATE_OFFLINE
    reason: str = ""
    activity: int = _NO_ACTIVITY
    contacts: tuple[str, ...] = ()


@dataclass(slots=True)
class Floor:
    """Follows the events of one Asterisk and tells what they change, each change once.

    An agent is OFFLINE while she is a member of no queue; BUSY while a call of hers is in hand,
    which ringing is not; on BREAK while she is paused in all her queues or her telephone is out of
    reach; else ONLINE.
    """

    lines: Lines
    reasons: Mapping[str, str] = field(default_factory=dict)
    _members: dict[tuple[str, str], _Membership] = field(default_factory=dict)
    _channels: dict[str, _Line] = field(default_factory=dict)
    _told: dict[str, _Look] = field(default_factory=dict)
    _waiting: dict[str, str] = field(default_factory=dict)
    _left: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _queue_of: dict[str, str] = field(default_factory=dict)
    _without_caller: set[str] = field(default_factory=set)

    def begin_anew(self) -> None:
        """Forgets members and channels, which the answers after a new connection tell again."""
        self._members.clear()
        self._channels.clear()

    def tell_all(self, at: datetime) -> list[Change]:
        """Tells how everybody stands: after a new connection, all that changed unseen included."""
        agents = {agent for _, agent in self._members} | set(self._told)
        self._told.clear()
        return [change for agent in sorted(agents) for change in self._tell(agent, at)]

    def tell(self, agent: str, at: datetime) -> list[Change]:
        """Tells how one agent stands, told before or not."""
        self._told.pop(agent, None)
        return list(self._tell(agent, at))

    def apply(self, event: Event, at: datetime) -> list[Change]:
        """Takes one event over and returns what it changes; unknown events change nothing."""
        handler = HANDLERS.get(event.get("Event", ""))
        return list(handler(self, event, at)) if handler else []

    def _agent_of_member(self, event: Event) -> str | None:
        for name in ("Interface", "Location", "StateInterface", "MemberName", "Name"):
            if agent := self.lines.agent_of(event.get(name, "")):
                return agent
        return None

    def _member(self, event: Event, at: datetime) -> Iterator[Change]:
        agent = self._agent_of_member(event)
        if agent is None:
            return
        reason = event.get("PausedReason") or event.get("Reason") or ""
        self._members[event.get("Queue", ""), agent] = _Membership(
            paused=event.get("Paused") == "1",
            reason=reason,
            reachable=event.get("Status") not in _OUT_OF_REACH,
        )
        if event["Event"] != "QueueMember":
            yield from self._tell(agent, at)

    def _member_removed(self, event: Event, at: datetime) -> Iterator[Change]:
        agent = self._agent_of_member(event)
        if agent is not None:
            self._members.pop((event.get("Queue", ""), agent), None)
            yield from self._tell(agent, at)

    def _channel_listed(self, event: Event, _at: datetime) -> Iterator[Change]:
        line = self._line_of(event)
        if line is not None and event.get("BridgeId"):
            line.answered = True
        yield from ()

    def _dialled(self, event: Event, at: datetime) -> Iterator[Change]:
        line = self._line_of(event)
        if line is not None and not line.in_hand:
            line.dialled = True
            yield from self._tell(line.agent, at)

    def _joined(self, event: Event, at: datetime) -> Iterator[Change]:
        line = self._line_of(event)
        if line is None or line.answered:
            return
        line.answered = True
        if line.call not in self._queue_of and line.call not in self._waiting:
            answer = self._fact(event, at, _Kind.KIND_ANSWERED, line.agent, call=line.call)
            answer.direction = self._direction_of(line)
            yield answer
        yield from self._tell(line.agent, at)

    def _held(self, event: Event, at: datetime) -> Iterator[Change]:
        line = self._line_of(event)
        if line is not None and line.in_hand:
            line.held = event["Event"] == "Hold"
            kind = _Kind.KIND_HELD if line.held else _Kind.KIND_RESUMED
            yield self._fact(event, at, kind, line.agent, call=line.call)
            yield from self._tell(line.agent, at)

    def _hung_up(self, event: Event, at: datetime) -> Iterator[Change]:
        line = self._channels.pop(event.get("Uniqueid", ""), None)
        if line is not None and line.in_hand:
            if line.answered and line.call not in self._queue_of:
                yield self._fact(event, at, _Kind.KIND_LEG_ENDED, line.agent, call=line.call)
            yield from self._tell(line.agent, at, ended=line.call)
        call = line.call if line else _call_of(event)
        if event.get("Uniqueid") == call:
            yield from self._passed_on(event, at)
            if call in self._queue_of or call in self._waiting or line is not None:
                self._without_caller.add(call)
        if call in self._without_caller and not self._is_in_hand(call):
            self._without_caller.discard(call)
            self._queue_of.pop(call, None)
            self._waiting.pop(call, None)
            yield self._fact(event, at, _Kind.KIND_ENDED, call=call)

    def _entered_queue(self, event: Event, at: datetime) -> Iterator[Change]:
        yield from self._passed_on(event, at)
        self._waiting[_call_of(event)] = event.get("Queue", "")
        yield self._fact(event, at, _Kind.KIND_ENQUEUED, in_queue=True)

    def _left_queue(self, event: Event, at: datetime) -> Iterator[Change]:
        # Whether somebody answered is told afterwards, that the caller gave up before.
        if queue := self._waiting.get(_call_of(event)):
            self._left[_call_of(event)] = queue, at
        yield from ()

    def _gave_up(self, event: Event, at: datetime) -> Iterator[Change]:
        self._waiting.pop(_call_of(event), None)
        yield self._fact(event, at, _Kind.KIND_ABANDONED, in_queue=True)

    def _rings(self, event: Event, at: datetime) -> Iterator[Change]:
        if agent := self._agent_of_member(event):
            yield self._fact(event, at, _Kind.KIND_RINGING, agent, in_queue=True)

    def _missed(self, event: Event, at: datetime) -> Iterator[Change]:
        if agent := self._agent_of_member(event):
            yield self._fact(event, at, _Kind.KIND_LEG_ENDED, agent, in_queue=True)

    def _connected(self, event: Event, at: datetime) -> Iterator[Change]:
        call = _call_of(event)
        self._waiting.pop(call, None)
        self._left.pop(call, None)
        self._queue_of[call] = event.get("Queue", "")
        if agent := self._agent_of_member(event):
            yield self._fact(event, at, _Kind.KIND_ANSWERED, agent, in_queue=True)

    def _completed(self, event: Event, at: datetime) -> Iterator[Change]:
        if agent := self._agent_of_member(event):
            yield self._fact(event, at, _Kind.KIND_LEG_ENDED, agent, in_queue=True)

    def _passed_on(self, event: Event, at: datetime) -> Iterator[Change]:
        """Tells that a queue was left without an answer: by time-out, a key, or an empty queue."""
        call = _call_of(event)
        left = self._left.pop(call, None)
        if left is not None and self._waiting.pop(call, None) is not None:
            queue, left_at = left
            self._queue_of.setdefault(call, queue)
            yield self._fact({"Queue": queue}, left_at, _Kind.KIND_OVERFLOWED, call=call)

    def _line_of(self, event: Event) -> _Line | None:
        unique_id = event.get("Uniqueid", "")
        if unique_id not in self._channels:
            agent = self.lines.agent_of(event.get("Channel", ""))
            if agent is None or not unique_id:
                return None
            self._channels[unique_id] = _Line(agent, _call_of(event))
        return self._channels[unique_id]

    def _direction_of(self, line: _Line) -> contact.Direction:
        ends = [one for one in self._channels.values() if one.call == line.call and one.in_hand]
        if not any(one.dialled for one in ends):
            return contact.DIRECTION_INBOUND
        others = {one.agent for one in ends} - {line.agent}
        return contact.DIRECTION_INTERNAL if others else contact.DIRECTION_OUTBOUND

    def _is_in_hand(self, call: str) -> bool:
        return any(line.call == call and line.in_hand for line in self._channels.values())

    def _fact(
        self,
        event: Event,
        at: datetime,
        kind: contact.ContactEvent.Kind,
        agent: str = "",
        *,
        call: str = "",
        in_queue: bool = False,
    ) -> contact.ContactEvent:
        fact = contact.ContactEvent(
            contact_id=call or _call_of(event),
            kind=kind,
            agent=f"agents/{agent}" if agent else "",
            channel=contact.CHANNEL_CALL,
            queue_id=id_of(event.get("Queue", "")),
        )
        if in_queue:
            fact.direction = contact.DIRECTION_INBOUND
        fact.occurred_time.FromDatetime(at)
        for name, length in (("HoldTime", fact.wait), ("TalkTime", fact.talk)):
            if name in _STATED.get(event.get("Event", ""), ()) and event.get(name, "").isdigit():
                length.FromTimedelta(timedelta(seconds=int(event[name])))
        return fact

    def _tell(self, agent: str, at: datetime, ended: str = "") -> Iterator[Change]:
        look = self._look_of(agent)
        if self._told.get(agent) == look:
            return
        self._told[agent] = look
        report = presence.StateReport(
            agent=f"agents/{agent}",
            state=look.state,  # type: ignore[arg-type]  # the wire's number
            reason=look.reason,
            activity=look.activity,  # type: ignore[arg-type]  # the wire's number
            contacts=look.contacts,
        )
        if ended and look.state == state.STATE_ONLINE:
            report.ended_contacts.append(ended)
            report.queue = id_of(self._queue_of.get(ended, ""))
        report.occurred_time.FromDatetime(at)
        yield report

    def _look_of(self, agent: str) -> _Look:
        in_hand = [one for one in self._channels.values() if one.agent == agent and one.in_hand]
        if in_hand:
            contacts = tuple(sorted({line.call for line in in_hand}))
            return _Look(state.STATE_BUSY, "", _activity_of(in_hand), contacts)
        own = [member for (_, name), member in self._members.items() if name == agent]
        if not own:
            return _Look()
        if not any(member.reachable for member in own):
            return _Look(state.STATE_BREAK, TECHNICAL)
        if all(member.paused for member in own):
            named = next((member.reason for member in own if member.reason), "")
            return _Look(state.STATE_BREAK, self._reason_of(named))
        return _Look(state.STATE_ONLINE)

    def _reason_of(self, named: str) -> str:
        return self.reasons.get(named) or id_of(named) or UNNAMED_PAUSE


def _activity_of(lines: list[_Line]) -> int:
    if all(line.held for line in lines):
        return state.ACTIVITY_HOLD
    talking = [line for line in lines if not line.held]
    return (
        state.ACTIVITY_OUTBOUND if all(line.dialled for line in talking) else state.ACTIVITY_TALKING
    )


def _call_of(event: Event) -> str:
    return event.get("Linkedid") or event.get("Uniqueid", "")


# Which seconds of an event are the caller's wait and the agent's talk.
_STATED = {
    "AgentConnect": ("HoldTime",),
    "QueueCallerAbandon": ("HoldTime",),
    "AgentComplete": ("TalkTime",),
}
_Handler = Callable[[Floor, Event, datetime], Iterator[Change]]
HANDLERS: dict[str, _Handler] = {
    "QueueMember": Floor._member,
    "QueueMemberAdded": Floor._member,
    "QueueMemberPause": Floor._member,
    "QueueMemberStatus": Floor._member,
    "QueueMemberRemoved": Floor._member_removed,
    "CoreShowChannel": Floor._channel_listed,
    "DialBegin": Floor._dialled,
    "BridgeEnter": Floor._joined,
    "Hold": Floor._held,
    "Unhold": Floor._held,
    "Hangup": Floor._hung_up,
    "QueueCallerJoin": Floor._entered_queue,
    "QueueCallerLeave": Floor._left_queue,
    "QueueCallerAbandon": Floor._gave_up,
    "AgentCalled": Floor._rings,
    "AgentRingNoAnswer": Floor._missed,
    "AgentConnect": Floor._connected,
    "AgentComplete": Floor._completed,
}
