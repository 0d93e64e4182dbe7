"""What a commit tells: its messages, each with a place of its own, and the head that follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.database import Connection, Head, OutboxRow, append_outbox, move_head
from services.dispatch.domain.contact import Contact
from services.dispatch.domain.event import Place
from services.dispatch.domain.queue import Queue

SUBJECT = "muster.dispatch.v1.contacts_changed."


@dataclass(frozen=True, slots=True)
class Change:
    """One message: contacts or queues as they are now."""

    contacts: tuple[Contact, ...] = ()
    queues: tuple[Queue, ...] = ()


Encode = Callable[[Place, datetime, Sequence[Contact], Sequence[Queue]], bytes]


class Teller:
    """Lays out the messages of a commit and moves the head of its site, which is locked."""

    def __init__(self, connection: Connection, head: Head, now: datetime, encode: Encode) -> None:
        self._connection = connection
        self._head = head
        self.recorded_time = now
        self._encode = encode

    @property
    def next_place(self) -> Place:
        """The place of the message that is told next."""
        return Place(self._head.site, self._head.epoch, self._head.seq + 1)

    async def tell(self, changes: Sequence[Change]) -> Place:
        """Tells changes in order; returns the last one's place."""
        place = Place(self._head.site, self._head.epoch, self._head.seq)
        for change in changes:
            place = self.next_place
            row = OutboxRow(
                site=place.site,
                epoch=place.epoch,
                seq=place.seq,
                subject=SUBJECT + place.site,
                payload=self._encode(place, self.recorded_time, change.contacts, change.queues),
                recorded_time=self.recorded_time,
            )
            await append_outbox(self._connection, row)
            self._head = replace(self._head, seq=place.seq)
        await move_head(self._connection, self._head, self.recorded_time)
        return place
