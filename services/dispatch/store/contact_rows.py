"""Rows of contacts, and of what belongs to them, as contacts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from chassis.database import Connection
from services.dispatch.app.ports import KeptContact
from services.dispatch.domain.contact import Contact, Leg, QueueStay, Recording
from services.dispatch.domain.event import ContactKey, Place
from services.dispatch.domain.words import (
    Channel,
    Consent,
    ContactOutcome,
    ContactState,
    Direction,
    Party,
    Priority,
    StayOutcome,
)
from services.dispatch.store.spans import span_of

CONTACT_COLUMNS = (
    "contact.id, contact.site, contact.source, contact.contact_id, contact.channel,"
    " contact.direction, contact.priority, contact.state, contact.outcome, contact.ended_by,"
    " contact.consent, contact.start_time, contact.end_time, contact.event_count, contact.epoch,"
    " contact.seq"
)
_STAYS = """
SELECT contact, queue, enqueue_time, leave_time, outcome, wait_us
FROM queue_stay WHERE contact = ANY (%s) ORDER BY contact, position
"""
_LEGS = """
SELECT contact, agent, ring_time, answer_time, end_time, talk_us, hold_us, wrap_up_us
FROM leg WHERE contact = ANY (%s) ORDER BY contact, position
"""
_RECORDINGS = """
SELECT contact, reference, record_time
FROM recording WHERE contact = ANY (%s) ORDER BY contact, record_time, id
"""

Row = Sequence[Any]


async def complete_contacts(connection: Connection, rows: Sequence[Row]) -> list[KeptContact]:
    """Returns the contacts of rows of `CONTACT_COLUMNS`, in their order, with what is theirs."""
    ids = [row[0] for row in rows]
    stays = _by_contact(await _select(connection, _STAYS, ids))
    legs = _by_contact(await _select(connection, _LEGS, ids))
    recordings = _by_contact(await _select(connection, _RECORDINGS, ids))
    return [_contact_of(row, stays[row[0]], legs[row[0]], recordings[row[0]]) for row in rows]


async def _select(connection: Connection, query: str, ids: list[str]) -> list[Row]:
    cursor = await connection.execute(query, (ids,), binary=True)
    return list(await cursor.fetchall())


def _by_contact(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    by_contact: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_contact[row[0]].append(row)
    return by_contact


def _contact_of(
    row: Row, stays: Iterable[Row], legs: Iterable[Row], recordings: Iterable[Row]
) -> KeptContact:
    contact = Contact(
        key=ContactKey(row[1], row[2], row[3]),
        channel=Channel(row[4]),
        direction=Direction(row[5]),
        priority=Priority(row[6]),
        state=ContactState(row[7]),
        outcome=ContactOutcome(row[8]),
        ended_by=Party(row[9]),
        consent=Consent(row[10]),
        start_time=row[11],
        end_time=row[12],
        event_count=row[13],
        stays=tuple(map(_stay_of, stays)),
        legs=tuple(map(_leg_of, legs)),
        recordings=tuple(Recording(it[1], it[2]) for it in recordings),
    )
    return KeptContact(contact, Place(row[1], row[14], row[15]))


def _stay_of(row: Row) -> QueueStay:
    _, queue, enqueue_time, leave_time, outcome, wait_us = row
    return QueueStay(queue, enqueue_time, leave_time, StayOutcome(outcome), span_of(wait_us))


def _leg_of(row: Row) -> Leg:
    _, agent, ring_time, answer_time, end_time, *spans = row
    return Leg(agent, ring_time, answer_time, end_time, *map(span_of, spans))
