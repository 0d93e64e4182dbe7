"""The log of events in PostgreSQL: rows of it as events, and back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from chassis.database import Connection
from services.dispatch.domain.event import ContactKey, Event, Place
from services.dispatch.domain.recording import Arrival
from services.dispatch.domain.report import Origin
from services.dispatch.domain.words import Channel, Consent, Direction, Kind, Party, Priority
from services.dispatch.store.columns import insert_statement, write_rows
from services.dispatch.store.spans import span_of, span_us
from services.dispatch.store.tables import CONTACT_EVENT

_COLUMNS = ", ".join(column.name for column in CONTACT_EVENT.columns)
# OFFSET 0 makes it one look into the index for each contact, whatever the planner knows of a table
# that has just begun to grow.
_SELECT = f"""
SELECT {_COLUMNS} FROM unnest(%b::text[]) AS wanted (id)
CROSS JOIN LATERAL (SELECT * FROM contact_event WHERE contact = wanted.id OFFSET 0) AS event
"""  # noqa: S608 - names of columns
_INSERT = insert_statement(CONTACT_EVENT)


async def read_events(
    connection: Connection, keys: Iterable[ContactKey]
) -> Mapping[ContactKey, Sequence[Event]]:
    """Returns the events of each contact that has some."""
    key_of = {key.id: key for key in keys}
    cursor = await connection.execute(_SELECT, (list(key_of),), binary=True)
    events: dict[ContactKey, list[Event]] = {}
    for row in await cursor.fetchall():
        events.setdefault(key_of[row[0]], []).append(_event_of(row))
    return events


async def append_events(
    connection: Connection,
    arrivals: Sequence[Arrival],
    origin: Origin,
    place: Place,
    recorded_time: datetime,
) -> None:
    """Appends new events to the log."""
    recording = (
        origin.source_kind.value,
        origin.actor,
        recorded_time,
        place.epoch,
        place.seq,
    )
    rows = [(it.key.id, *_values(it.event), *recording) for it in arrivals]
    await write_rows(connection, _INSERT, rows)


def _values(event: Event) -> tuple[object, ...]:
    return (
        event.event_id,
        event.occurred_time,
        event.source_sequence,
        event.kind.value,
        event.channel.value,
        event.direction.value,
        event.priority.value,
        event.ended_by.value,
        event.consent.value,
        event.queue,
        event.target_queue,
        event.agent,
        event.target_agent,
        event.recording_reference,
        span_us(event.wait),
        span_us(event.talk),
        span_us(event.hold),
        span_us(event.wrap_up),
    )


def _event_of(row: Sequence[Any]) -> Event:
    return Event(
        event_id=row[1],
        occurred_time=row[2],
        source_sequence=row[3],
        kind=Kind(row[4]),
        channel=Channel(row[5]),
        direction=Direction(row[6]),
        priority=Priority(row[7]),
        ended_by=Party(row[8]),
        consent=Consent(row[9]),
        queue=row[10],
        target_queue=row[11],
        agent=row[12],
        target_agent=row[13],
        recording_reference=row[14],
        wait=span_of(row[15]),
        talk=span_of(row[16]),
        hold=span_of(row[17]),
        wrap_up=span_of(row[18]),
    )
