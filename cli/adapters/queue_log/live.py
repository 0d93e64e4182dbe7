"""What each new line of a queue log changes, told as it happens."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from muster.dispatch.v1 import contact_pb2
from muster.presence.v1 import presence_service_pb2 as presence

from cli.importing.queue_log.contact_events import contact_events
from cli.importing.queue_log.events import EVENTS, Event
from cli.importing.queue_log.facts import Kind, Leg, Span
from cli.importing.queue_log.fold import Fold
from cli.importing.queue_log.naming import Ids
from cli.importing.queue_log.reports import STATES, code_of
from cli.importing.queue_log.rules import Rules

Change = presence.StateReport | contact_pb2.ContactEvent
MOST_CALLS = 20_000
"""How many calls are remembered, so that what was told of one is not told again."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What can be seen of a person."""

    kind: Kind = Kind.OFFLINE
    reason: str = ""
    contacts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Call:
    legs: list[Leg] = field(default_factory=list)
    told: set[str] = field(default_factory=set)


class LiveLog:
    """The state of a log that grows, and the changes that each line brings.

    The same lines give the same changes with the same event ids, so that whoever begins anew may
    tell again what was told.
    """

    def __init__(self, rules: Rules, codes: Mapping[str, str]) -> None:
        self._fold = Fold(rules)
        self._codes = codes
        self._agents = Ids("the person", "give them other names with --alias")
        self._queues = Ids("the queue", "rename one of them", in_any_case=True)
        self._told: dict[str, _Look] = {}
        self._calls: OrderedDict[str, _Call] = OrderedDict()
        self._ends: dict[str, float] = {}

    def feed(self, event: Event) -> list[Change]:
        """Takes one event over and returns what it changes.

        Raises CommandError if a name in it would be the id of another one.
        """
        changes: list[Change] = list(self.wake(event.at))
        people: dict[str, None] = {}
        for fact in self._fold.feed(event) if event.name in EVENTS else ():
            if isinstance(fact, Span):
                people[fact.person] = None
            elif isinstance(fact, Leg):
                changes += self._tell_call(fact)
        for name in people:
            changes += self._tell(name, event.at)
        return changes

    def wake(self, at: float) -> Iterator[Change]:
        """Yields the ends, up to an instant, of wrap-ups that no line ends."""
        for name, end in sorted(self._ends.items(), key=lambda item: item[1]):
            if end <= at:
                del self._ends[name]
                yield from self._tell(name, end)

    def stand_of(self, agent: str, at: float) -> list[Change]:
        """Returns how an agent stands, given as `agents/{agent}`; nothing of a stranger."""
        for name, look in self._told.items():
            if f"agents/{self._agents[name]}" == agent:
                return [self._report(name, look, at)]
        return []

    def stands(self, at: float) -> list[Change]:
        """Returns how everybody stands."""
        return [self._report(name, look, at) for name, look in self._told.items()]

    def _tell(self, name: str, at: float) -> Iterator[Change]:
        spans = [
            span for span in self._fold.spans_of(name) if span.until is None or at < span.until
        ]
        look = _look_of(spans)
        if self._told.get(name) != look:
            # Of somebody who can have no id nothing is noted: she is left out again each time.
            report = self._report(name, look, at)
            self._told[name] = look
            yield report
        ends = [span.until for span in spans if span.until is not None]
        self._ends.pop(name, None)
        if ends:
            self._ends[name] = min(ends)

    def _report(self, name: str, look: _Look, at: float) -> presence.StateReport:
        busy = look.kind is Kind.BUSY
        content = (self._agents[name], f"{at:.6f}", look.kind.name, look.reason, *look.contacts)
        report = presence.StateReport(
            event_id=hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32],
            agent=f"agents/{self._agents[name]}",
            state=f"STATE_{STATES[look.kind]}",
            reason=code_of(look.reason, self._codes) if look.kind is Kind.BREAK else "",
            activity="ACTIVITY_TALKING" if busy else "ACTIVITY_UNSPECIFIED",
            contacts=look.contacts if look.kind >= Kind.WRAP_UP else (),
        )
        report.occurred_time.FromDatetime(datetime.fromtimestamp(at, UTC))
        return report

    def _tell_call(self, leg: Leg) -> Iterator[Change]:
        call = self._calls.setdefault(leg.contact, _Call())
        self._calls.move_to_end(leg.contact)
        if leg not in call.legs:
            call.legs.append(leg)
        for event in contact_events(call.legs, self._agents, self._queues):
            if event.event_id not in call.told:
                call.told.add(event.event_id)
                yield event
        while len(self._calls) > MOST_CALLS:
            self._calls.popitem(last=False)


def _look_of(spans: Sequence[Span]) -> _Look:
    if not spans:
        return _Look()
    kind = max(span.kind for span in spans)
    shown = [span for span in spans if span.kind is kind]
    return _Look(kind, shown[0].reason, _contacts_of(shown))


def _contacts_of(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.contact for span in spans if span.contact))
