"""The calls that are reported: each waits, is answered, held, taken back, and ends."""

from datetime import UTC, datetime, timedelta

from muster.dispatch.v1 import contact_pb2

from chassis.clock import SystemClock
from tools.bench.ingest.changes import agents_of

BATCH_SIZE = 500
_KINDS = ("ENQUEUED", "ANSWERED", "HELD", "RESUMED", "ENDED")
_CALLS = BATCH_SIZE // len(_KINDS)
_QUEUES = [f"queue-{number}" for number in range(20)]


def make_batches(site: str, count: int, run: str) -> list[list[contact_pb2.ContactEvent]]:
    """Makes batches of whole calls of a site."""
    agents = agents_of(site)
    # Short and recent, so that all are of one day but around midnight.
    start = SystemClock().now().astimezone(UTC) - timedelta(minutes=5)
    return [
        [
            _event(f"{run}-{batch}-{call}", kind, agents[call], call, start)
            for kind in range(len(_KINDS))
            for call in range(_CALLS)
        ]
        for batch in range(count)
    ]


def _event(
    contact: str, kind: int, agent: str, call: int, start: datetime
) -> contact_pb2.ContactEvent:
    event = contact_pb2.ContactEvent(
        event_id=str(kind),
        contact_id=contact,
        kind=f"KIND_{_KINDS[kind]}",
        queue_id=_QUEUES[call % len(_QUEUES)] if kind == 0 else "",
        agent=f"agents/{agent}" if kind else "",
        channel=contact_pb2.CHANNEL_CALL,
    )
    event.occurred_time.FromDatetime(start + timedelta(seconds=kind * (5 + call % 40)))
    return event
