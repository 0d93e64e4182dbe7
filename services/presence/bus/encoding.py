"""The message that tells a link."""

from collections.abc import Iterable, Mapping, Sequence

from muster.presence.v1 import events_pb2, state_pb2

from proof.link import Link
from services.presence.domain.agent_state import NEVER_SEEN, AgentState
from services.presence.domain.entry import Entry, microseconds_of


def encode_link(link: Link, entries: Sequence[Entry], states: Mapping[str, AgentState]) -> bytes:
    """Returns the bytes of AgentStatesChanged for a link, its entries and the states after it."""
    after = [states.get(entry.agent, NEVER_SEEN) for entry in entries]
    looks = [state.look for state in after]
    sources = _indexes(entry.source for entry in entries)
    reasons = _indexes(("", *(entry.reason for entry in entries), *(look.reason for look in looks)))
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
        contact_counts=[len(entry.contacts) for entry in entries],
        contacts=[contact for entry in entries for contact in entry.contacts],
        kinds=[entry.kind for entry in entries],  # type: ignore[misc]  # the wire's number
        end_times_us=[_end_us(entry) for entry in entries],
        current_states=[  # the wire's number
            look.state if entry.agent else 0  # type: ignore[misc]  # the wire's number
            for entry, look in zip(entries, looks, strict=True)
        ],
        current_reason_indexes=[reasons[look.reason] for look in looks],
        current_activities=[look.activity for look in looks],  # type: ignore[misc]  # as above
        current_marks=[look.marks for look in looks],
        current_since_times_us=[microseconds_of(state.since_time) for state in after],
        current_load_counts=[state.load_count for state in after],
        current_capacity_counts=[state.capacity_count for state in after],
        marks=[entry.marks for entry in entries],
    )
    message.recorded_time.FromMicroseconds(microseconds_of(link.recorded_time))
    return message.SerializeToString(deterministic=True)


def _end_us(entry: Entry) -> int:
    end_time = entry.details.end_time
    return microseconds_of(end_time) if end_time else 0


def _indexes(values: Iterable[str]) -> dict[str, int]:
    return {value: index for index, value in enumerate(dict.fromkeys(values))}
