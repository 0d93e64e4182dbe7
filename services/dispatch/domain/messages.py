"""How a commit becomes messages."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from services.dispatch.domain.contact import Contact
from services.dispatch.domain.queue import Queue

MOST_ITEMS = 2_000
# A KiB of the 256 is for what the message says once: place and time.
MOST_BYTES = 255 * 1024

# The longest site, queue and agent ids, instants and numbers, with tags and lengths.
_CONTACT_BYTES = 320
_STAY_BYTES = 210
_LEG_BYTES = 170
_RECORDING_BYTES = 120
_QUEUE_BYTES = 260
_LABEL_BYTES = 56
_MOST_BYTES_A_CHARACTER = 4

_Item = TypeVar("_Item")


def split_contacts(contacts: Sequence[Contact]) -> Iterator[tuple[Contact, ...]]:
    """Splits the contacts of a commit, in order, into messages of 2,000 and 256 KiB at most."""
    return _split(contacts, _contact_size)


def split_queues(queues: Sequence[Queue]) -> Iterator[tuple[Queue, ...]]:
    """Splits the queues of a commit likewise."""
    return _split(queues, _queue_size)


def _split(items: Sequence[_Item], size_of: Callable[[_Item], int]) -> Iterator[tuple[_Item, ...]]:
    start = 0
    size = 0
    for index, item in enumerate(items):
        added = size_of(item)
        if index > start and (size + added > MOST_BYTES or index - start == MOST_ITEMS):
            yield tuple(items[start:index])
            start, size = index, 0
        size += added
    if start < len(items):
        yield tuple(items[start:])


def _contact_size(contact: Contact) -> int:
    return (
        _CONTACT_BYTES
        + len(contact.key.contact_id) * _MOST_BYTES_A_CHARACTER
        + len(contact.stays) * _STAY_BYTES
        + len(contact.legs) * _LEG_BYTES
        + len(contact.recordings) * _RECORDING_BYTES
    )


def _queue_size(queue: Queue) -> int:
    labels = (
        _LABEL_BYTES + len(label) * _MOST_BYTES_A_CHARACTER
        for label in queue.display_names.values()
    )
    return _QUEUE_BYTES + sum(labels)
