"""Contacts, queues and figures as messages."""

from collections.abc import Iterable
from datetime import datetime

from google.type.date_pb2 import Date
from muster.dispatch.v1 import contact_pb2, events_pb2, queue_pb2

from services.dispatch.app.ports import KeptContact, SiteFigures
from services.dispatch.domain.contact import Contact, Leg, QueueStay
from services.dispatch.domain.event import Place
from services.dispatch.domain.figures import QueueFigures
from services.dispatch.domain.queue import Queue, QueueKey
from services.dispatch.wire.spans import duration_of, timestamp_of


def cursor_of(place: Place) -> contact_pb2.Cursor:
    """Returns the cursor that points to a place."""
    return contact_pb2.Cursor(site=f"sites/{place.site}", epoch=place.epoch, seq=place.seq)


def contact_of(kept: KeptContact) -> contact_pb2.Contact:
    """Returns a contact with all that is known of it."""
    contact = kept.contact
    name = f"contacts/{contact.key.id}"
    return contact_pb2.Contact(
        name=name,
        site=f"sites/{contact.key.site}",
        source=contact.key.source,
        contact_id=contact.key.contact_id,
        channel=contact.channel.value,  # type: ignore[arg-type]  # the wire's number
        direction=contact.direction.value,  # type: ignore[arg-type]  # the wire's number
        priority=contact.priority.value,  # type: ignore[arg-type]  # the wire's number
        state=contact.state.value,  # type: ignore[arg-type]  # the wire's number
        outcome=contact.outcome.value,  # type: ignore[arg-type]  # the wire's number
        ended_by=contact.ended_by.value,  # type: ignore[arg-type]  # the wire's number
        start_time=timestamp_of(contact.start_time),
        end_time=timestamp_of(contact.end_time),
        stays=[_stay_of(contact, stay) for stay in contact.stays],
        legs=map(_leg_of, contact.legs),
        consent_status=contact.consent.value,  # type: ignore[arg-type]  # the wire's number
        recordings=[
            contact_pb2.Recording(
                name=f"{name}/recordings/{it.id}", record_time=timestamp_of(it.record_time)
            )
            for it in contact.recordings
        ],
        cursor=cursor_of(kept.place),
    )


def queue_of(queue: Queue) -> queue_pb2.Queue:
    """Returns a queue."""
    return queue_pb2.Queue(
        name=queue.key.name,
        display_names=queue.display_names,
        channel=queue.channel.value,  # type: ignore[arg-type]  # the wire's number
        target=duration_of(queue.target),
        short_abandon=duration_of(queue.short_abandon),
        service_level_policy=queue.policy.value,
        includes_other_leavers=queue.includes_other_leavers,
        applied=queue.applied,
        longest_wait=duration_of(queue.longest_wait),
    )


def figures_of(figures: SiteFigures) -> queue_pb2.SiteQueueFigures:
    """Returns the figures of a site."""
    date = figures.day.date
    return queue_pb2.SiteQueueFigures(
        cursor=cursor_of(figures.place),
        day=Date(year=date.year, month=date.month, day=date.day),
        time_zone=figures.day.zone,
        figures=map(_queue_figures_of, figures.figures),
    )


def changed_of(
    place: Place, recorded_time: datetime, contacts: Iterable[Contact], queues: Iterable[Queue]
) -> events_pb2.ContactsChanged:
    """Returns the event that tells of contacts and queues as they are at a place."""
    return events_pb2.ContactsChanged(
        cursor=cursor_of(place),
        recorded_time=timestamp_of(recorded_time),
        contacts=[contact_of(KeptContact(contact, place)) for contact in contacts],
        queues=map(queue_of, queues),
    )


def _stay_of(contact: Contact, stay: QueueStay) -> contact_pb2.QueueStay:
    return contact_pb2.QueueStay(
        queue=QueueKey(contact.key.site, stay.queue).name,
        enqueue_time=timestamp_of(stay.enqueue_time),
        leave_time=timestamp_of(stay.leave_time),
        outcome=stay.outcome.value,  # type: ignore[arg-type]  # the wire's number
        wait=duration_of(stay.wait),
    )


def _leg_of(leg: Leg) -> contact_pb2.Leg:
    return contact_pb2.Leg(
        agent=leg.agent,
        ring_time=timestamp_of(leg.ring_time),
        answer_time=timestamp_of(leg.answer_time),
        end_time=timestamp_of(leg.end_time),
        talk=duration_of(leg.talk),
        hold=duration_of(leg.hold),
        wrap_up=duration_of(leg.wrap_up),
    )


def _queue_figures_of(figures: QueueFigures) -> queue_pb2.QueueFigures:
    counts = figures.counts
    return queue_pb2.QueueFigures(
        queue=figures.queue.key.name,
        waiting_count=figures.waiting,
        oldest_enqueue_time=timestamp_of(figures.oldest_enqueue_time),
        answered_count=counts.answered,
        answered_in_time_count=counts.answered_in_time,
        abandoned_count=counts.abandoned,
        short_abandoned_count=counts.short_abandoned,
        timed_out_count=counts.timed_out,
        overflowed_count=counts.overflowed,
        callback_count=counts.callback,
        service_level_ratio=figures.service_level_ratio,
        service_level_policy=figures.queue.policy.value,
        includes_other_leavers=figures.queue.includes_other_leavers,
        lost_count=figures.lost,
    )
