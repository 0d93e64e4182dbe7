"""Contacts in PostgreSQL: writing those of a commit over what was known of them."""

from collections.abc import Container, Sequence
from datetime import datetime

from chassis.database import Connection
from services.dispatch.domain.contact import Contact
from services.dispatch.domain.event import ContactKey, Place
from services.dispatch.store.columns import Row, upsert_statement, write_rows
from services.dispatch.store.spans import span_us
from services.dispatch.store.tables import CONTACT, LEG, QUEUE_STAY, RECORDING

_WRITE_CONTACTS = upsert_statement(CONTACT)
_WRITE_STAYS = upsert_statement(QUEUE_STAY)
_WRITE_LEGS = upsert_statement(LEG)
_WRITE_RECORDINGS = upsert_statement(RECORDING)
# A late event may show that two stays were one.
_DELETE_REST = """
DELETE FROM {table} USING unnest(%b::text[], %b::integer[]) AS kept (contact, count)
WHERE {table}.contact = kept.contact AND {table}.position >= kept.count
"""
_DELETE_STAYS = _DELETE_REST.format(table="queue_stay")
_DELETE_LEGS = _DELETE_REST.format(table="leg")


async def write_contacts(
    connection: Connection,
    contacts: Sequence[Contact],
    known: Container[ContactKey],
    place: Place,
    recorded_time: datetime,
) -> None:
    """Writes contacts, of which some are known, as they are at a place with all that is theirs."""
    rows = [_contact_row(contact, place, recorded_time) for contact in contacts]
    await write_rows(connection, _WRITE_CONTACTS, rows)
    await _delete_rest(connection, [it for it in contacts if it.key in known])
    await write_rows(connection, _WRITE_STAYS, [row for it in contacts for row in _stay_rows(it)])
    await write_rows(connection, _WRITE_LEGS, [row for it in contacts for row in _leg_rows(it)])
    await write_rows(
        connection, _WRITE_RECORDINGS, [row for it in contacts for row in _recording_rows(it)]
    )


async def _delete_rest(connection: Connection, contacts: Sequence[Contact]) -> None:
    if contacts:
        ids = [contact.key.id for contact in contacts]
        await connection.execute(_DELETE_STAYS, (ids, [len(it.stays) for it in contacts]))
        await connection.execute(_DELETE_LEGS, (ids, [len(it.legs) for it in contacts]))


def _contact_row(contact: Contact, place: Place, recorded_time: datetime) -> Row:
    return (
        contact.key.id,
        contact.key.site,
        contact.key.source,
        contact.key.contact_id,
        contact.channel.value,
        contact.direction.value,
        contact.priority.value,
        contact.state.value,
        contact.outcome.value,
        contact.ended_by.value,
        contact.consent.value,
        contact.start_time,
        contact.end_time,
        contact.event_count,
        recorded_time,
        place.epoch,
        place.seq,
    )


def _stay_rows(contact: Contact) -> list[Row]:
    return [
        (
            contact.key.id,
            position,
            contact.key.site,
            stay.queue,
            stay.enqueue_time,
            stay.leave_time,
            stay.outcome.value,
            span_us(stay.wait),
        )
        for position, stay in enumerate(contact.stays)
    ]


def _leg_rows(contact: Contact) -> list[Row]:
    return [
        (
            contact.key.id,
            position,
            leg.agent,
            leg.start_time,
            leg.until_time,
            leg.ring_time,
            leg.answer_time,
            leg.end_time,
            span_us(leg.talk),
            span_us(leg.hold),
            span_us(leg.wrap_up),
        )
        for position, leg in enumerate(contact.legs)
    ]


def _recording_rows(contact: Contact) -> list[Row]:
    return [(contact.key.id, it.id, it.reference, it.record_time) for it in contact.recordings]
