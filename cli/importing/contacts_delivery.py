"""Sends the events of contacts of a file to the gateway."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import grpc.aio
from muster.dispatch.v1 import contact_pb2, contact_service_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from cli.importing.calling import call_patiently
from cli.importing.delivery import Sent

EVENTS_PER_CALL = 2_000

_Response = contact_service_pb2.ReportContactsResponse


@dataclass(frozen=True, slots=True)
class ContactDelivery:
    """What became of the events; `refused` are the places, in what was sent, of those refused."""

    recorded_count: int
    already_recorded_count: int
    refused_by_reason: Mapping[str, int]
    refused: frozenset[int]


async def send_contacts(
    channel: grpc.aio.Channel,
    site: str,
    source: str,
    events: Sequence[contact_pb2.ContactEvent],
    sent: Sent,
) -> ContactDelivery:
    """Sends the events of a site, given as its id, in their order; repeating it changes nothing."""
    contacts = ContactServiceStub(channel)
    fates: Counter[int] = Counter()
    reasons: Counter[str] = Counter()
    refused: set[int] = set()
    for first in range(0, len(events), EVENTS_PER_CALL):
        request = contact_service_pb2.ReportContactsRequest(
            site=f"sites/{site}",
            source=source,
            source_kind=contact_pb2.SOURCE_KIND_IMPORT,
            events=events[first : first + EVENTS_PER_CALL],
        )
        answer: _Response = await call_patiently(contacts.ReportContacts, request)
        fates.update(answer.outcomes)
        reasons.update(refusal.reason for refusal in answer.refusals)
        refused.update(first + refusal.index for refusal in answer.refusals)
        sent(fates.total())
    return ContactDelivery(
        recorded_count=fates[_Response.OUTCOME_RECORDED],
        already_recorded_count=fates[_Response.OUTCOME_ALREADY_RECORDED],
        refused_by_reason=dict(sorted(reasons.items())),
        refused=frozenset(refused),
    )
