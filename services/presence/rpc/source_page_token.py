"""The token of the next page of sources: where it continues, bound to the other arguments."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error

from muster.presence.v1 import source_service_pb2 as pb

from chassis.errors import Code, Refusal
from services.presence.app.source_ports import Client
from services.presence.domain.fate import Reason

_START = Client("", "")


def page_token_of(request: pb.ListSourcesRequest, after: Client | None) -> str:
    """Returns the token with which a page after a client is asked for; empty if there is none."""
    if after is None:
        return ""
    text = json.dumps([*_arguments(request), *after], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode()


def place_after(request: pb.ListSourcesRequest) -> Client:
    """Returns the client after which the asked page begins.

    Raises INVALID_ARGUMENT/INVALID_PAGE_TOKEN for a token of other arguments or of none of ours.
    """
    if not request.page_token:
        return _START
    try:
        *arguments, source, agent = json.loads(urlsafe_b64decode(request.page_token.encode()))
        if arguments == _arguments(request):
            return Client(str(source), str(agent))
    except (Base64Error, ValueError, TypeError, RecursionError):
        pass
    raise Refusal(
        Code.INVALID_ARGUMENT,
        Reason.INVALID_PAGE_TOKEN,
        "The page token does not belong to these arguments; start at the first page.",
    )


def _arguments(request: pb.ListSourcesRequest) -> list[str]:
    return [request.site, request.source]
