"""What a commit records: which events are new, and what their contacts amount to now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.dispatch.domain.contact import Contact
from services.dispatch.domain.event import ContactKey, Event
from services.dispatch.domain.fate import Fate, Outcome, Reason, Refused
from services.dispatch.domain.fold import fold_contact

MOST_EVENTS = 500

_TOO_MANY = Refused(
    Reason.TOO_MANY_EVENTS,
    f"contact_id: the contact has {MOST_EVENTS} events; give another conversation another id.",
)


class Arrival(NamedTuple):
    """An event that passed the checks, with the contact that it is of."""

    key: ContactKey
    event: Event


@dataclass(frozen=True, slots=True)
class Decision:
    """The fate of each arrival, the new ones, and their contacts as they are with them."""

    fates: tuple[Fate, ...]
    recorded: tuple[Arrival, ...]
    contacts: tuple[Contact, ...]

    @property
    def queues(self) -> tuple[str, ...]:
        """The ids of the queues that the new events name, in order."""
        events = (arrival.event for arrival in self.recorded)
        named = {queue for event in events for queue in (event.queue, event.target_queue)}
        return tuple(sorted(named - {""}))


def decide_recording(
    arrivals: Sequence[Arrival], known: Mapping[ContactKey, Sequence[Event]]
) -> Decision:
    """Decides by the events that are known of each contact; of those with one id the first counts.

    Contacts come in the order in which they are first named.
    """
    events = {arrival.key: list(known.get(arrival.key, ())) for arrival in arrivals}
    ids = {key: {event.event_id for event in of_contact} for key, of_contact in events.items()}
    fates: list[Fate] = []
    recorded: list[Arrival] = []
    for arrival in arrivals:
        key, event = arrival
        fate = _fate(event.event_id, ids[key])
        fates.append(fate)
        if fate is Outcome.RECORDED:
            ids[key].add(event.event_id)
            events[key].append(event)
            recorded.append(arrival)
    changed = dict.fromkeys(arrival.key for arrival in recorded)
    contacts = tuple(fold_contact(key, events[key]) for key in changed)
    return Decision(tuple(fates), tuple(recorded), contacts)


def _fate(event_id: str, known: set[str]) -> Fate:
    if event_id in known:
        return Outcome.ALREADY_RECORDED
    return _TOO_MANY if len(known) >= MOST_EVENTS else Outcome.RECORDED
