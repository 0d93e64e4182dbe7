"""What the lines of a call's life come to."""

from collections.abc import Generator, Iterator, Mapping

from cli.importing.queue_log.events import Event
from cli.importing.queue_log.facts import Count, Fact, Leg
from cli.importing.queue_log.legs import Legs
from cli.importing.queue_log.person import Person

_LEAVING = {
    "ABANDON": "abandoned",
    "EXITWITHTIMEOUT": "timeout",
    "EXITEMPTY": "exit-empty",
    "LEAVEEMPTY": "exit-empty",
    "EXITWITHKEY": "exit-key",
    "WITHDRAW": "withdrawn",
}
_COUNTED = frozenset({"abandoned", "timeout"})


class Calls:
    """Follows each call through its queues and conversations."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self._legs = Legs()

    def enter(self, event: Event) -> Iterator[Fact]:
        """A call enters a queue, or is dialled for one."""
        leg = yield from self._begin(event, event.at)
        leg.is_outbound = event.name == "CALLOUTBOUND"
        if not leg.is_outbound:
            yield Count(event.at, "queue", event.queue, "received")
        yield leg

    def connect(self, event: Event, agent: Person) -> Iterator[Fact]:
        """An agent answers; a repetition of the line counts nothing."""
        leg = self._leg_of(event)
        if leg is not None and leg.connect is not None:
            if leg.agent == agent.name:
                return
            leg = None
        if leg is None:
            leg = yield from self._begin(event)
        leg.connect, leg.agent, leg.outcome = event.at, agent.name, "answered"
        yield Count(event.at, "queue", event.queue, "answered")
        yield Count(event.at, "person", agent.name, "answered")
        yield from self._state_wait(leg, event)
        yield leg
        yield from agent.begin_talk(event.at, event.call)

    def complete(self, event: Event, agent: Person) -> Iterator[Fact]:
        """A conversation ends by hanging up or by a transfer."""
        leg = self._cut_short(event, agent)
        if leg is not None:
            yield from self._told_end(leg, event)
            return
        leg = self._leg_of(event)
        if leg is None:
            if self._is_repeated(event):
                return
            leg = yield from self._begin(event)
        if leg.agent is not None:
            agent = self._people[leg.agent]
        leg.agent = agent.name
        yield from self._state_wait(leg, event)
        self._legs.end(leg, event.at, "answered")
        yield from self._told_end(leg, event)
        yield from agent.end_talk(event.at, event.call, leg.talk_s)

    def leave(self, event: Event) -> Iterator[Fact]:
        """A caller leaves the queue unanswered."""
        leg = self._leg_of(event)
        if leg is None:
            if self._is_repeated(event):
                return
            leg = yield from self._begin(event)
        outcome = _LEAVING[event.name]
        yield from self._state_wait(leg, event)
        yield from self._end_talk(leg, event.at)
        self._legs.end(leg, event.at, outcome)
        leg.ended_by = event.name
        if outcome in _COUNTED:
            yield Count(event.at, "queue", event.queue, outcome)
        yield leg

    def drop(self, event: Event) -> Iterator[Fact]:
        """The system drops a call whose channels do not fit; Asterisk writes ABANDON after it."""
        leg = self._leg_of(event)
        if leg is not None:
            leg.outcome = "dropped"
            yield leg

    def lose(self, contact: str, at: float) -> Iterator[Fact]:
        """A conversation turns out to have ended with a restart."""
        leg = self._legs.latest(contact)
        if leg is not None and leg.is_open:
            self._legs.end(leg, at, "lost")
            yield leg

    def open_legs(self) -> list[Leg]:
        """Returns the legs that no line ended."""
        return self._legs.open_legs()

    def _leg_of(self, event: Event) -> Leg | None:
        leg = self._legs.latest(event.call)
        fits = leg is not None and leg.is_open and leg.queue == event.queue
        return leg if fits else None

    def _is_repeated(self, event: Event) -> bool:
        leg = self._legs.latest(event.call)
        return leg is not None and not leg.is_open and leg.queue == event.queue

    def _told_end(self, leg: Leg, event: Event) -> Iterator[Fact]:
        assert leg.agent is not None  # noqa: S101 - it was a conversation
        leg.talk_s = event.length if event.length is not None else _between(leg.connect, event.at)
        leg.outcome = "transferred" if event.name.endswith("TRANSFER") else "answered"
        leg.ended_by = event.name
        yield Count(event.at, "person", leg.agent, "completed")
        yield Count(event.at, "queue", event.queue, "talk_sum_s", leg.talk_s or 0)
        yield leg

    def _cut_short(self, event: Event, agent: Person) -> Leg | None:
        # Asterisk may write how a conversation ended after the call entered the next queue.
        last = self._legs.latest(event.call)
        leg = last.cut_short if last is not None else None
        if last is None or leg is None or last.agent == agent.name:
            return None
        fits = leg.outcome == "requeued" and (leg.queue, leg.agent) == (event.queue, agent.name)
        return leg if fits else None

    def _begin(self, event: Event, enter: float | None = None) -> Generator[Fact, None, Leg]:
        # A call waits in one queue and talks with one agent, so a new leg ends the one before.
        former = self._legs.latest(event.call)
        cut_short = None
        if former is not None and former.is_open:
            yield from self._end_talk(former, event.at)
            self._legs.end(former, event.at, "requeued")
            yield former
            former.cut_short = None
            cut_short = former if former.connect is not None else None
        leg = self._legs.begin(event.call, event.queue, enter)
        leg.cut_short = cut_short
        return leg

    def _end_talk(self, leg: Leg, at: float) -> Iterator[Fact]:
        if leg.agent is not None:
            yield from self._people[leg.agent].end_talk(at, leg.contact, None)

    def _state_wait(self, leg: Leg, event: Event) -> Iterator[Fact]:
        if leg.wait_s is not None:
            return
        leg.wait_s = event.wait if event.wait is not None else _between(leg.enter, event.at)
        if leg.wait_s is not None:
            yield Count(event.at, "queue", event.queue, "wait_sum_s", leg.wait_s)


def _between(start: float | None, end: float) -> float | None:
    return None if start is None else max(end - start, 0)
