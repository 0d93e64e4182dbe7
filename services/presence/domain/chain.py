"""An entry as the chain hashes it: the forms of bytes are documented in `proof.entry`."""

from collections.abc import Mapping
from datetime import datetime

from proof.encoding import NO_DIGEST, microseconds_of
from proof.entry import ABSENT, NO_DETAILS, HashedDetails, HashedEntry
from services.presence.domain.entry import NO_DETAILS as WITHOUT
from services.presence.domain.entry import Details, Entry


def hashed_entry_of(
    entry: Entry, digests: Mapping[str, bytes], text_digest: bytes = NO_DIGEST
) -> HashedEntry:
    """Returns an entry with the digests of its names and text in their place.

    `digests` holds one for each agent and actor; the empty name has none.
    """
    # By place: names of fields cost as much again.
    return HashedEntry(
        entry.kind,
        digests[entry.agent] if entry.agent else NO_DIGEST,
        entry.event_id,
        entry.state,
        entry.reason,
        entry.activity,
        microseconds_of(entry.occurred_time),
        entry.source,
        entry.source_kind,
        entry.source_sequence,
        digests[entry.actor] if entry.actor else NO_DIGEST,
        entry.contacts,
        entry.marks,
        NO_DETAILS if entry.details is WITHOUT else _hashed_details(entry.details, text_digest),
    )


def _hashed_details(details: Details, text_digest: bytes) -> HashedDetails:
    return HashedDetails(
        end_time_us=_maybe_us(details.end_time),
        source_time_us=_maybe_us(details.source_time),
        limit_time_us=_maybe_us(details.limit_time),
        refers_to_time_us=_maybe_us(details.refers_to_time),
        refers_to_source=details.refers_to_source,
        refers_to_event_id=details.refers_to_event_id,
        loss_scope=details.loss_scope,
        queue=details.queue,
        load_count=details.load_count,
        capacity_count=details.capacity_count,
        text_digest=text_digest,
    )


def _maybe_us(instant: datetime | None) -> int:
    return ABSENT if instant is None else microseconds_of(instant)
