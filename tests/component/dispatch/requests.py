"""Requests as the floor talks."""

from datetime import datetime, timedelta

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1 import queue_pb2 as queue

from chassis.clock import SystemClock

NOW = SystemClock().now()
RECORDED = wire.ReportContactsResponse.OUTCOME_RECORDED
ALREADY = wire.ReportContactsResponse.OUTCOME_ALREADY_RECORDED
REFUSED = wire.ReportContactsResponse.OUTCOME_REFUSED
Kind = contact.ContactEvent


def timestamp(instant: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def span(seconds: float) -> Duration:
    made = Duration()
    made.FromTimedelta(timedelta(seconds=seconds))
    return made


def event(
    contact_id: str,
    kind: contact.ContactEvent.Kind,
    ago: float,
    *,
    now: datetime = NOW,
    **changes: object,
) -> contact.ContactEvent:
    """Something that happened so many seconds ago."""
    values: dict[str, object] = {
        "event_id": f"{contact_id}/{kind}/{ago}",
        "contact_id": contact_id,
        "kind": kind,
        "occurred_time": timestamp(now - timedelta(seconds=ago)),
    }
    return contact.ContactEvent(**(values | changes))  # type: ignore[arg-type]  # by name


def enqueued(
    contact_id: str, ago: float, queue_id: str = "support", **changes: object
) -> contact.ContactEvent:
    return event(contact_id, Kind.KIND_ENQUEUED, ago, queue_id=queue_id, **changes)  # type: ignore[arg-type]  # by name


def answered(
    contact_id: str, ago: float, agent: str = "ana", **changes: object
) -> contact.ContactEvent:
    return event(contact_id, Kind.KIND_ANSWERED, ago, agent=f"agents/{agent}", **changes)  # type: ignore[arg-type]  # by name


def ended(contact_id: str, ago: float, **changes: object) -> contact.ContactEvent:
    return event(contact_id, Kind.KIND_ENDED, ago, **changes)  # type: ignore[arg-type]  # by name


def abandoned(contact_id: str, ago: float, **changes: object) -> contact.ContactEvent:
    return event(contact_id, Kind.KIND_ABANDONED, ago, **changes)  # type: ignore[arg-type]  # by name


def a_report(
    *events: contact.ContactEvent, site: str = "harbor", source: str = "pbx", **changes: object
) -> wire.ReportContactsRequest:
    values: dict[str, object] = {"source_kind": contact.SOURCE_KIND_TELEPHONY}
    return wire.ReportContactsRequest(
        site=f"sites/{site}",
        source=source,
        events=events,
        **(values | changes),  # type: ignore[arg-type]  # by name
    )


def a_list(site: str = "harbor", **changes: object) -> wire.ListContactsRequest:
    """The contacts of the last hours."""
    values: dict[str, object] = {
        "site": f"sites/{site}",
        "start_time": timestamp(NOW - timedelta(hours=6)),
        "end_time": timestamp(NOW + timedelta(hours=1)),
    }
    return wire.ListContactsRequest(**(values | changes))  # type: ignore[arg-type]  # by name


def an_agent_list(agent: str, first: float, last: float) -> wire.ListAgentContactsRequest:
    """The contacts of an agent from so many seconds ago to so many seconds ago."""
    return wire.ListAgentContactsRequest(
        agent=f"agents/{agent}",
        start_time=timestamp(NOW - timedelta(seconds=first)),
        end_time=timestamp(NOW - timedelta(seconds=last)),
    )


def of_queue(name: str, site: str = "harbor", **changes: object) -> queue.Queue:
    return queue.Queue(name=f"sites/{site}/queues/{name}", **changes)  # type: ignore[arg-type]  # by name
