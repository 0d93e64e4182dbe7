"""What happens on the floor, as Muster takes it."""

from collections.abc import Iterable
from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from muster.dispatch.v1 import contact_pb2, contact_service_pb2
from muster.presence.v1 import presence_service_pb2, state_pb2

from simulator.twin.happenings import ContactMoment, StateChange

PAST_SOURCE = "demo-history"


def states_request(
    source: str, changes: Iterable[StateChange], *, is_past: bool
) -> presence_service_pb2.ReportStatesRequest:
    """Makes the request that reports changes: as a live source's, or as the history that it is."""
    return presence_service_pb2.ReportStatesRequest(
        source=PAST_SOURCE if is_past else source,
        source_kind=(state_pb2.SOURCE_KIND_IMPORT if is_past else state_pb2.SOURCE_KIND_TELEPHONY),
        reports=[_report(change) for change in changes],
    )


def contacts_request(
    site: str, source: str, moments: Iterable[ContactMoment], *, is_past: bool
) -> contact_service_pb2.ReportContactsRequest:
    """Makes the request that reports what a source tells of contacts at one site. A contact that
    began in the past goes on live: so both are of one source.
    """
    return contact_service_pb2.ReportContactsRequest(
        site=site,
        source=source,
        source_kind=(
            contact_pb2.SOURCE_KIND_IMPORT if is_past else contact_pb2.SOURCE_KIND_TELEPHONY
        ),
        events=[_event(moment) for moment in moments],
    )


def _report(change: StateChange) -> presence_service_pb2.StateReport:
    return presence_service_pb2.StateReport(
        event_id=change.event_id,
        agent=change.agent,
        state=f"STATE_{change.state.name}",
        reason=change.reason,
        activity=f"ACTIVITY_{change.activity.name}",
        occurred_time=_timestamp(change.occurred_time),
        contacts=change.contacts,
        load_count=len(change.contacts) if change.capacity_count else 0,
        capacity_count=change.capacity_count,
    )


def _event(moment: ContactMoment) -> contact_pb2.ContactEvent:
    return contact_pb2.ContactEvent(
        event_id=moment.event_id,
        contact_id=moment.contact,
        kind=f"KIND_{moment.kind.name}",
        occurred_time=_timestamp(moment.occurred_time),
        queue_id="" if moment.agent else moment.queue,
        agent=moment.agent,
        channel=f"CHANNEL_{moment.channel.name}",
        direction=contact_pb2.DIRECTION_INBOUND,
        ended_by=f"PARTY_{moment.ended_by.name}",
        recording_reference=moment.recording,
        consent_status=(
            contact_pb2.CONSENT_STATUS_GIVEN
            if moment.recording
            else contact_pb2.CONSENT_STATUS_UNSPECIFIED
        ),
    )


def _timestamp(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp
