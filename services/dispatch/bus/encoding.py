"""The message that tells what a commit changed."""

from collections.abc import Sequence
from datetime import datetime

from services.dispatch.domain.contact import Contact
from services.dispatch.domain.event import Place
from services.dispatch.domain.queue import Queue
from services.dispatch.wire.messages import changed_of


def encode_change(
    place: Place, recorded_time: datetime, contacts: Sequence[Contact], queues: Sequence[Queue]
) -> bytes:
    """Returns the bytes of ContactsChanged."""
    return changed_of(place, recorded_time, contacts, queues).SerializeToString(deterministic=True)
