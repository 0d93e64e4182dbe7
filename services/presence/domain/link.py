"""How a commit becomes links."""

from collections.abc import Iterator, Sequence

from services.presence.domain.entry import Entry

MOST_ENTRIES = 2_000
# 8 KiB of the 256 are for what the message says once: place, time, distinct sources, and the
# reasons of current states that other entries began.
MOST_BYTES = 248 * 1024

# The numbers of an entry in a message, at their longest: source and reason index, state, activity,
# kind, marks, two times, sequence, count of contacts, the tag and length of each text, and of the
# current state the same with load and capacity.
_NUMBERS = 84
_TAG_AND_LENGTH = 3
_MOST_BYTES_A_CHARACTER = 4


def split_links(entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Splits entries, in order, into links whose message stays in 2,000 entries and 256 KiB."""
    start = 0
    size = 0
    for index, entry in enumerate(entries):
        added = _wire_size(entry)
        if index > start and (size + added > MOST_BYTES or index - start == MOST_ENTRIES):
            yield tuple(entries[start:index])
            start, size = index, 0
        size += added
    if start < len(entries):
        yield tuple(entries[start:])


def _wire_size(entry: Entry) -> int:
    """Bounds the bytes that an entry adds to a message, as if no text of it occurred twice."""
    size = _NUMBERS + len(entry.agent) + len(entry.reason) + len(entry.source)
    event_id = entry.event_id
    size += len(event_id) if event_id.isascii() else len(event_id) * _MOST_BYTES_A_CHARACTER
    if entry.contacts:
        size += sum(
            _TAG_AND_LENGTH + len(contact) * _MOST_BYTES_A_CHARACTER for contact in entry.contacts
        )
    return size
