"""Whom the play of a recording concerns, and what it is for."""

import re
from collections.abc import Awaitable, Callable, Sequence

from google.protobuf.message import Message
from muster.dispatch.v1 import contact_service_pb2 as pb

from gateway.domain.purpose import is_purpose

PartakersOf = Callable[[str], Awaitable[Sequence[str]]]
"""Returns the agents who took part in a contact; none if there is no such contact."""

_RECORDING = re.compile(r"(contacts/[^/]+)/recordings/[^/]+")


async def find_recording_persons(
    request: Message | None, partakers_of: PartakersOf
) -> Sequence[str]:
    """Returns the agents, each once, who took part in the contact whose recording a request opens;
    none of a request that opens no recording.
    """
    if not isinstance(request, pb.OpenRecordingRequest):
        return ()
    match = _RECORDING.fullmatch(request.name)
    return tuple(dict.fromkeys(await partakers_of(match[1]))) if match else ()


def purpose_in(request: Message) -> str:
    """Returns the purpose that a request to open a recording states, in the form that the header
    has; empty of any other request.
    """
    stated = request.purpose.strip() if isinstance(request, pb.OpenRecordingRequest) else ""
    return f"other: {stated}" if stated and not is_purpose(stated) else stated
