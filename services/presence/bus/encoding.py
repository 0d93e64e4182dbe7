"""The message that tells a link."""

from collections.abc import Iterable, Sequence

from muster.presence.v1 import events_pb2, state_pb2

from services.presence.domain.chain import Link
from services.presence.domain.entry import Entry, microseconds_of


def encode_link(link: Link, entries: Sequence[Entry]) -> bytes:
    """Returns the bytes of AgentStatesChanged for a link and its entries, in their order."""
    sources = _indexes(entry.source for entry in entries)
    reasons = _indexes(("", *(entry.reason for entry in entries)))
    message = events_pb2.AgentStatesChanged(
        cursor=state_pb2.Cursor(site=f"sites/{link.site}", epoch=link.epoch, seq=link.seq),
        source_indexes=[sources[entry.source] for entry in entries],
        sources=sources,
        agents=[entry.agent for entry in entries],
        states=[entry.state for entry in entries],  # type: ignore[misc]  # the wire's number
        reason_indexes=[reasons[entry.reason] for entry in entries],
        reasons=reasons,
        activities=[  # the wire's number
            entry.activity  # type: ignore[misc]  # the wire's number
            for entry in entries
        ],
        occurred_times_us=[microseconds_of(entry.occurred_time) for entry in entries],
        source_sequences=[entry.source_sequence for entry in entries],
        event_ids=[entry.event_id for entry in entries],
        inferred=[entry.inferred for entry in entries],
        contact_counts=[len(entry.contacts) for entry in entries],
        contacts=[contact for entry in entries for contact in entry.contacts],
    )
    message.recorded_time.FromMicroseconds(microseconds_of(link.recorded_time))
    return message.SerializeToString(deterministic=True)


def _indexes(values: Iterable[str]) -> dict[str, int]:
    return {value: index for index, value in enumerate(dict.fromkeys(values))}
