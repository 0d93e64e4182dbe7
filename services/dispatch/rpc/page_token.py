"""Places in the lists of contacts and of accesses to recordings, in tokens."""

from typing import TypeAlias

from muster.dispatch.v1 import contact_service_pb2 as pb

from chassis.rpc.pages import page_token, place_after
from services.dispatch.app.ports import AccessOrder, ContactOrder
from services.dispatch.domain.event import instant_of, microseconds_of

ContactsListing: TypeAlias = pb.ListContactsRequest | pb.ListAgentContactsRequest


def contacts_token(request: ContactsListing, after: ContactOrder | None) -> str:
    """Returns the token of the contacts after a place; empty if there is none."""
    return page_token(request, microseconds_of(after.start_time), after.id) if after else ""


def contacts_after(request: ContactsListing) -> ContactOrder | None:
    """Returns the place after which the asked page begins, or None for the first page."""
    return place_after(request, lambda time, contact: ContactOrder(instant_of(time), str(contact)))


def accesses_token(request: pb.ListRecordingAccessesRequest, after: AccessOrder | None) -> str:
    """Returns the token of the accesses after a place; empty if there is none."""
    return page_token(request, microseconds_of(after.access_time), after.number) if after else ""


def accesses_after(request: pb.ListRecordingAccessesRequest) -> AccessOrder | None:
    """Returns the place after which the asked page begins, or None for the first page."""
    return place_after(request, lambda time, number: AccessOrder(instant_of(time), int(number)))
