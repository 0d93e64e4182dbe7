"""One event in the life of a contact, and its place among the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from services.dispatch.domain.words import Channel, Consent, Direction, Kind, Party, Priority

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_EPOCH = 1
"""The epoch of a site that was never restored."""
_MICROSECOND = timedelta(microseconds=1)
_ID_DIGITS = 32


def microseconds_of(instant: datetime) -> int:
    """Returns the microseconds from 1970-01-01 UTC to an aware instant."""
    return (instant - EPOCH) // _MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """Returns the instant so many microseconds after 1970-01-01 UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


# A contact's is asked for some times in each commit.
@lru_cache(maxsize=2**14)
def derived_id(*parts: str) -> str:
    """Returns the id of what is known by texts of any characters: 32 hexadecimal digits."""
    content = b"".join(len(raw).to_bytes(4) + raw for raw in (part.encode() for part in parts))
    return sha256(content).hexdigest()[:_ID_DIGITS]


class Place(NamedTuple):
    """A place in the order of one site: everything up to and including commit `seq` of `epoch`."""

    site: str
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class ContactKey:
    """What makes a contact the same one: its site's id, its source and the source's id for it."""

    site: str
    source: str
    contact_id: str

    @property
    def id(self) -> str:
        """The id in the contact's name."""
        return derived_id(self.site, self.source, self.contact_id)


class Event(NamedTuple):
    """One event as it was reported; agents are `agents/{agent}`, absent texts are empty.

    A tuple, because a contact is folded from its events again with each that comes.
    """

    event_id: str
    kind: Kind
    occurred_time: datetime
    source_sequence: int = 0
    queue: str = ""
    target_queue: str = ""
    agent: str = ""
    target_agent: str = ""
    channel: Channel = Channel.UNSPECIFIED
    direction: Direction = Direction.UNSPECIFIED
    priority: Priority = Priority.UNSPECIFIED
    wait: timedelta | None = None
    talk: timedelta | None = None
    hold: timedelta | None = None
    wrap_up: timedelta | None = None
    ended_by: Party = Party.UNSPECIFIED
    recording_reference: str = ""
    consent: Consent = Consent.UNSPECIFIED

    @property
    def order(self) -> tuple[datetime, int, Kind, str]:
        """The place among the contact's events; total, since no two have the same id."""
        return self.occurred_time, self.source_sequence, self.kind, self.event_id


def in_order(events: Iterable[Event]) -> list[Event]:
    """Returns events in the order in which they count."""
    return sorted(events, key=lambda event: event.order)
