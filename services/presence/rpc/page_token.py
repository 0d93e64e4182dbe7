"""The token of the next page of a log: where it continues, bound to the other arguments."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from muster.presence.v1 import presence_service_pb2 as pb

from chassis.errors import Code, Refusal
from services.presence.domain.entry import EntryOrder, instant_of, microseconds_of
from services.presence.domain.fate import Reason


def page_token_of(request: pb.ListStateLogRequest, after: EntryOrder | None) -> str:
    """Returns the token with which a page after a place is asked for; empty if there is none."""
    if after is None:
        return ""
    place = [_binding(request), microseconds_of(after.occurred_time), *after[1:]]
    return urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode()


def place_after(request: pb.ListStateLogRequest) -> EntryOrder | None:
    """Returns the place after which the asked page begins, or None for the first page.

    Raises INVALID_ARGUMENT/INVALID_PAGE_TOKEN for a token of other arguments or of none of ours.
    """
    if not request.page_token:
        return None
    try:
        raw = urlsafe_b64decode(request.page_token.encode())
        binding, time_us, sequence, event_id, source = json.loads(raw)
        if binding == _binding(request):
            return EntryOrder(instant_of(time_us), int(sequence), str(event_id), str(source))
    except (ValueError, TypeError, OverflowError, RecursionError):
        # Whatever is wrong with a token, it is refused below.
        pass
    raise Refusal(
        Code.INVALID_ARGUMENT,
        Reason.INVALID_PAGE_TOKEN,
        "The page token does not belong to these arguments; start at the first page.",
    )


def _binding(request: pb.ListStateLogRequest) -> str:
    times = (request.start_time, request.end_time, request.as_known_at_time)
    parts = [request.agent, *(f"{time.seconds}.{time.nanos}" for time in times)]
    return sha256("|".join(parts).encode()).hexdigest()[:16]
