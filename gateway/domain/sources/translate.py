"""Translates a vendor's event by a mapping. Pure: the same event and mapping give the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from gateway.domain.sources.expressions import Expression, ExpressionFailedError
from gateway.domain.sources.instants import UnreadableInstantError, read_instant
from gateway.domain.sources.mapping import (
    ContactMeaning,
    ContactRule,
    SourceMapping,
    StateMeaning,
    StateRule,
)
from gateway.domain.sources.texts import id_of, ids_of, shown, text_of
from gateway.domain.sources.understood import ContactChange, StateChange, Understood, Unknown

MOST_EVENTS = 1000
"""How many events one message may hold."""

LARGEST_SEQUENCE = 2**62

_PASSED_ON = frozenset({"TRANSFERRED", "OVERFLOWED"})
_IN_HAND = frozenset({"BUSY", "WRAP_UP"})

_Meaning = TypeVar("_Meaning")

Tried = Sequence[tuple[int, Understood]]
"""Events with the number of the message that each came in, from 1."""


def translate(mapping: SourceMapping, message: object) -> tuple[Understood, ...]:
    """Returns what each event of a message says. Nothing is guessed: a value that is in no table
    is unknown, whatever else the event says.
    """
    try:
        events = _events(mapping, message)
    except ExpressionFailedError as error:
        return (Understood(faults=(f"events.each: {error}",)),)
    return tuple(_Translation(mapping, event).understood() for event in events)


def try_messages(mapping: SourceMapping, messages: Iterable[object]) -> Tried:
    """Translates messages to look at what comes of them."""
    return [
        (number, event)
        for number, message in enumerate(messages, start=1)
        for event in translate(mapping, message)
    ]


def find_event_id(mapping: SourceMapping, message: object) -> str:
    """Returns the vendor's id of a message that is one event; empty if it has none."""
    if mapping.events.each is not None:
        return ""
    try:
        return id_of(mapping.events.id.search(message))
    except ExpressionFailedError:
        return ""


def _events(mapping: SourceMapping, message: object) -> list[object]:
    if mapping.events.each is None:
        return [message]
    found = mapping.events.each.search(message)
    if not isinstance(found, list):
        raise ExpressionFailedError("finds no list")
    if len(found) > MOST_EVENTS:
        raise ExpressionFailedError(f"finds more than {MOST_EVENTS} events")
    return found


class _FaultError(Exception):
    """Something that every event must have cannot be read."""


class _Translation:
    """One event on its way; collects what is unknown."""

    def __init__(self, mapping: SourceMapping, event: object) -> None:
        self._mapping = mapping
        self._event = event
        self._unknowns: list[Unknown] = []
        self._event_id = ""
        self._time: datetime | None = None
        self._sequence = 0

    def understood(self) -> Understood:
        """Returns all that can be known."""
        try:
            return self._understood()
        except (_FaultError, ExpressionFailedError, UnreadableInstantError) as error:
            return self._result(faults=(str(error),))

    def _understood(self) -> Understood:
        rule = self._mapping.events
        if rule.ignore is not None and rule.ignore.holds(self._event):
            return Understood(id_of(rule.id.search(self._event)), ignored=True)
        self._event_id = id_of(rule.id.search(self._event))
        if not self._event_id:
            raise _FaultError(f"events.id: {rule.id.text} finds nothing")
        self._event_time()
        self._sequence = self._read_sequence()
        states = tuple(self._states())
        contacts = tuple(self._contacts())
        if not (states or contacts or self._unknowns or self._applies()):
            self._unknowns.append(Unknown("events", "no rule applies"))
        return self._result(states=states, contacts=contacts)

    def _result(
        self,
        *,
        states: tuple[StateChange, ...] = (),
        contacts: tuple[ContactChange, ...] = (),
        faults: tuple[str, ...] = (),
    ) -> Understood:
        unknowns = tuple(dict.fromkeys(self._unknowns))
        return Understood(self._event_id, self._time, states, contacts, unknowns, faults)

    def _states(self) -> Iterator[StateChange]:
        for number, rule in enumerate(self._mapping.states):
            if rule.when is None or rule.when.holds(self._event):
                change = self._state(rule, f"states.{number}")
                if change is not None:
                    yield change
                return

    def _state(self, rule: StateRule, field: str) -> StateChange | None:
        meaning: StateMeaning | None = self._look_up(
            rule.values, rule.value.search(self._event), f"{field}.values"
        )
        agent = self._agent()
        if meaning is None or not agent:
            return None
        in_hand = meaning.state in _IN_HAND
        contacts = rule.contacts.search(self._event) if rule.contacts and in_hand else None
        return StateChange(
            event_id=self._event_id,
            agent=agent,
            occurred_time=self._event_time(),
            sequence=self._sequence,
            state=meaning.state,
            reason=meaning.reason,
            activity=meaning.activity,
            contacts=ids_of(contacts),
            queue=(self._queue(rule.queue, self._event) or "") if in_hand else "",
        )

    def _contacts(self) -> Iterator[ContactChange]:
        for number, rule in enumerate(self._mapping.contacts):
            if rule.when is None or rule.when.holds(self._event):
                for item in self._items(rule):
                    change = self._contact(rule, item, f"contacts.{number}")
                    if change is not None:
                        yield change

    def _items(self, rule: ContactRule) -> list[object]:
        if rule.each is None:
            return [self._event]
        found = rule.each.search(self._event)
        return found[:MOST_EVENTS] if isinstance(found, list) else []

    def _contact(self, rule: ContactRule, item: object, field: str) -> ContactChange | None:
        value = rule.value.search(item)
        if text_of(value) in rule.ignored:
            return None
        meaning: ContactMeaning | None = self._look_up(rule.values, value, f"{field}.values")
        contact_id = id_of(rule.id.search(item))
        if not contact_id:
            self._unknowns.append(Unknown(f"{field}.id", shown(None)))
        agent = self._agent() if rule.with_agent else ""
        if meaning is None or not contact_id or (rule.with_agent and not agent):
            return None
        return self._contact_change(rule, item, field, meaning, (contact_id, agent))

    def _contact_change(
        self,
        rule: ContactRule,
        item: object,
        field: str,
        meaning: ContactMeaning,
        names: tuple[str, str],
    ) -> ContactChange | None:
        contact_id, agent = names
        queue = self._queue(rule.queue, item)
        passed_on = meaning.kind in _PASSED_ON
        target_queue = self._queue(rule.target_queue, item) if passed_on else ""
        if queue is None or target_queue is None:
            # Told without its queue it could never be put right: what is recorded stays.
            return None
        key = id_of(rule.key.search(item)) if rule.key is not None else ""
        return ContactChange(
            event_id=id_of(f"{key or self._event_id}:{meaning.kind.lower()}"),
            contact_id=contact_id,
            kind=meaning.kind,
            occurred_time=self._contact_time(rule, item),
            sequence=self._sequence,
            agent=agent,
            queue=queue,
            target_queue=target_queue,
            channel=self._optional(rule.channel, rule.channels, item, f"{field}.channels"),
            direction=self._optional(rule.direction, rule.directions, item, f"{field}.directions"),
            ended_by=meaning.ended_by,
        )

    def _applies(self) -> bool:
        """Tells whether some rule had to do with the event, though it says nothing new."""
        conditions = (
            *(rule.when for rule in self._mapping.states),
            *(rule.when for rule in self._mapping.contacts),
        )
        return any(one is None or one.holds(self._event) for one in conditions)

    def _agent(self) -> str:
        """Returns the agent's id; empty, and noted as unknown, if it names nobody."""
        value = self._mapping.agents.id.search(self._event)
        name = None if value is None else self._mapping.agents.find(text_of(value))
        if name is None:
            self._unknowns.append(Unknown("agents.aliases", shown(value)))
        return name or ""

    def _queue(self, query: Expression | None, item: object) -> str | None:
        """Returns the queue's id; empty if none is told, and None, and noted as unknown, if it is
        not known.
        """
        value = None if query is None else query.search(item)
        if value is None or value == "":
            return ""
        name = self._mapping.queues.find(text_of(value))
        if name is None:
            self._unknowns.append(Unknown("queues.aliases", shown(value)))
        return name

    def _optional(
        self, query: Expression | None, table: Mapping[str, str], item: object, field: str
    ) -> str:
        value = None if query is None else query.search(item)
        return "" if value is None else self._look_up(table, value, field) or ""

    def _look_up(self, table: Mapping[str, _Meaning], value: object, field: str) -> _Meaning | None:
        meaning = table.get(text_of(value))
        if meaning is None:
            self._unknowns.append(Unknown(field, shown(value)))
        return meaning

    def _event_time(self) -> datetime:
        if self._time is None:
            rule = self._mapping.events
            value = rule.time.search(self._event)
            self._time = read_instant(value, rule.time_format, rule.time_zone)
        return self._time

    def _contact_time(self, rule: ContactRule, item: object) -> datetime:
        if rule.time is None:
            return self._event_time()
        events = self._mapping.events
        time_format = rule.time_format or events.time_format
        return read_instant(rule.time.search(item), time_format, events.time_zone)

    def _read_sequence(self) -> int:
        rule = self._mapping.events.sequence
        value = None if rule is None else rule.search(self._event)
        if value is None:
            return 0
        text = text_of(value)
        if not text.isdecimal() or len(text) > 19 or int(text) > LARGEST_SEQUENCE:
            raise _FaultError(f"events.sequence: {shown(value)} is no whole number")
        return int(text)
