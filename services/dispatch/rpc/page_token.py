"""The token of the next page of a list: where it continues, bound to the other arguments."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import TypeAlias, TypeVar

from muster.dispatch.v1 import contact_service_pb2 as pb

from chassis.errors import Code, Refusal
from services.dispatch.app.ports import AccessOrder, ContactOrder
from services.dispatch.domain.event import instant_of, microseconds_of
from services.dispatch.domain.fate import Reason

Listing: TypeAlias = (
    pb.ListContactsRequest
    | pb.ListAgentContactsRequest
    | pb.ListRecordingAccessesRequest
    | pb.ListQueuesRequest
)
_Place = TypeVar("_Place")


def contacts_token(request: Listing, after: ContactOrder | None) -> str:
    """Returns the token of the contacts after a place; empty if there is none."""
    return _token(request, microseconds_of(after.start_time), after.id) if after else ""


def contacts_after(request: Listing) -> ContactOrder | None:
    """Returns the place after which the asked page begins, or None for the first page."""
    return _place(request, lambda time, contact: ContactOrder(instant_of(time), str(contact)))


def accesses_token(request: Listing, after: AccessOrder | None) -> str:
    """Returns the token of the accesses after a place; empty if there is none."""
    return _token(request, microseconds_of(after.access_time), after.number) if after else ""


def accesses_after(request: Listing) -> AccessOrder | None:
    """Returns the place after which the asked page begins, or None for the first page."""
    return _place(request, lambda time, number: AccessOrder(instant_of(time), int(number)))


def queues_token(request: Listing, last: str) -> str:
    """Returns the token of the queues after one."""
    return _token(request, last)


def queues_after(request: Listing) -> str:
    """Returns the id after which the asked page begins, empty for the first page."""
    return _place(request, str) or ""


def _token(request: Listing, *place: str | int) -> str:
    content = json.dumps([_binding(request), *place], separators=(",", ":"))
    return urlsafe_b64encode(content.encode()).decode()


def _place(request: Listing, read: Callable[..., _Place]) -> _Place | None:
    """Raises INVALID_ARGUMENT/INVALID_PAGE_TOKEN for a token of other arguments or none of ours."""
    if not request.page_token:
        return None
    try:
        binding, *place = json.loads(urlsafe_b64decode(request.page_token.encode()))
        if binding == _binding(request):
            return read(*place)
    except (ValueError, TypeError, OverflowError, RecursionError):
        # Whatever is wrong with a token, it is refused below.
        pass
    raise Refusal(
        Code.INVALID_ARGUMENT,
        Reason.INVALID_PAGE_TOKEN,
        "The page token does not belong to these arguments; start at the first page.",
    )


def _binding(request: Listing) -> str:
    other = type(request).FromString(request.SerializeToString())
    other.ClearField("page_token")
    other.ClearField("page_size")
    content = type(request).__name__.encode() + other.SerializeToString(deterministic=True)
    return sha256(content).hexdigest()[:16]
