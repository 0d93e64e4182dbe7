"""The log of contacts in PostgreSQL, to write: one transaction a call."""

from collections.abc import Container, Sequence
from datetime import timedelta
from time import perf_counter

from chassis.clock import Clock
from chassis.database import Connection, Database, lock_head
from services.dispatch.app.ports import Recorded
from services.dispatch.domain.event import ContactKey, Place
from services.dispatch.domain.messages import split_contacts, split_queues
from services.dispatch.domain.queue import Queue
from services.dispatch.domain.recording import Arrival, Decision, decide_recording
from services.dispatch.domain.report import Origin
from services.dispatch.store.commit import Change, Encode, Teller
from services.dispatch.store.contacts import write_contacts
from services.dispatch.store.events import append_events, read_events
from services.dispatch.store.queue_rows import discover_queues
from services.dispatch.telemetry import DispatchTelemetry

_FORGET = """
WITH old AS (
    SELECT id FROM contact WHERE recorded_time < %(before)s ORDER BY id LIMIT %(limit)s
), stays AS (DELETE FROM queue_stay USING old WHERE contact = old.id
), legs AS (DELETE FROM leg USING old WHERE contact = old.id
), recordings AS (DELETE FROM recording USING old WHERE contact = old.id
), events AS (DELETE FROM contact_event USING old WHERE contact = old.id)
DELETE FROM contact USING old WHERE contact.id = old.id
"""
_FORGET_ACCESSES = "DELETE FROM recording_access WHERE access_time < %(before)s"
_FORGET_ROWS = 1_000


class PostgresContactLog:
    """Records events and what their contacts amount to with them."""

    def __init__(
        self, database: Database, clock: Clock, telemetry: DispatchTelemetry, encode: Encode
    ) -> None:
        self._database = database
        self._clock = clock
        self._telemetry = telemetry
        self._encode = encode

    async def record(self, origin: Origin, arrivals: Sequence[Arrival]) -> Recorded:
        """Records events as the port says; raises Refusal UNAVAILABLE without a database."""
        start = perf_counter()
        async with self._database.transaction() as connection:
            # The head is locked first: nobody else changes contacts of the site meanwhile.
            head = await lock_head(connection, origin.site)
            known = await read_events(connection, {arrival.key for arrival in arrivals})
            decision = decide_recording(arrivals, known)
            place = Place(head.site, head.epoch, head.seq)
            new_queues: list[Queue] = []
            if decision.recorded:
                teller = Teller(connection, head, self._clock.now(), self._encode)
                new_queues = await discover_queues(connection, origin.site, decision.queues)
                async with connection.pipeline():
                    place, now = teller.next_place, teller.recorded_time
                    await append_events(connection, decision.recorded, origin, place, now)
                    place = await _tell(connection, teller, decision, known, new_queues)
        self._telemetry.commit_seconds.observe(perf_counter() - start)
        return Recorded(place, decision.fates, len(new_queues))

    async def forget(self, age: timedelta) -> int:
        """Deletes old contacts as the port says, some at a time."""
        values = {"before": self._clock.now() - age, "limit": _FORGET_ROWS}
        total, deleted = 0, _FORGET_ROWS
        while deleted == _FORGET_ROWS:
            async with self._database.transaction() as connection:
                deleted = (await connection.execute(_FORGET, values)).rowcount
            total += deleted
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET_ACCESSES, values)
        return total


async def _tell(
    connection: Connection,
    teller: Teller,
    decision: Decision,
    known: Container[ContactKey],
    new_queues: Sequence[Queue],
) -> Place:
    """Writes contacts at the places at which they are told."""
    place = teller.next_place
    changes = [Change(queues=part) for part in split_queues(new_queues)]
    for contacts in split_contacts(decision.contacts):
        told = place._replace(seq=place.seq + len(changes))
        await write_contacts(connection, contacts, known, told, teller.recorded_time)
        changes.append(Change(contacts=contacts))
    return await teller.tell(changes)
