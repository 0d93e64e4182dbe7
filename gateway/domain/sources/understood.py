"""What a translation makes of an event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class StateChange:
    """An agent's change of state, in the words of presence without their prefixes."""

    event_id: str
    agent: str
    occurred_time: datetime
    sequence: int
    state: str
    reason: str
    activity: str
    contacts: tuple[str, ...]
    queue: str


@dataclass(frozen=True, slots=True)
class ContactChange:
    """An event of a contact, in the words of dispatch without their prefixes."""

    event_id: str
    contact_id: str
    kind: str
    occurred_time: datetime
    sequence: int
    agent: str
    queue: str
    target_queue: str
    channel: str
    direction: str
    ended_by: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that no table of the mapping has, with the setting whose table it is."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What one event says: what is not in here it does not say, or nobody knows.

    Faults tell in English what cannot be read at all.
    """

    event_id: str = ""
    occurred_time: datetime | None = None
    states: tuple[StateChange, ...] = ()
    contacts: tuple[ContactChange, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    faults: tuple[str, ...] = ()
    ignored: bool = False

    @property
    def fate(self) -> Literal["UNDERSTOOD", "UNKNOWN", "REFUSED", "IGNORED"]:
        """What becomes of it: refused if it cannot be read, unknown if a part of it is."""
        if self.ignored:
            return "IGNORED"
        if self.faults:
            return "REFUSED"
        return "UNKNOWN" if self.unknowns else "UNDERSTOOD"

    @property
    def agents(self) -> frozenset[str]:
        """The agents of whom it says something."""
        told = (*(one.agent for one in self.states), *(one.agent for one in self.contacts))
        return frozenset(agent for agent in told if agent)
