"""The tracks of an agent's state as one text.

Whoever reads a state to move it needs all of them at once and nothing needs one alone. The names of
agent and actor and the text of an entry stay in the log, where they can be erased.
"""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from services.presence.domain.agent_state import AgentState
from services.presence.domain.entry import (
    NO_DETAILS,
    Details,
    Entry,
    EntryOrder,
    instant_of,
    microseconds_of,
)
from services.presence.domain.state import Activity, EntryKind, SourceKind, State

_quote = json.encoder.encode_basestring


def pack_tracks(state: AgentState) -> str:
    """Returns the tracks and the newest place of a state, as JSON.

    Written here text by text: it is done for every change, and an encoder takes four times as long.
    """
    time, sequence, event_id, source = state.newest
    place = f"[{microseconds_of(time)},{sequence},{_quote(event_id)},{_quote(source)}]"
    return f"[{place},[{','.join([_packed(entry) for entry in state.tracks])}]]"


def unpack_tracks(agent: str, packed: str) -> tuple[tuple[Entry, ...], EntryOrder]:
    """Returns what `pack_tracks` was given of an agent."""
    (time_us, *place), tracks = json.loads(packed)
    return (
        tuple(_unpacked(agent, *values) for values in tracks),
        EntryOrder(instant_of(time_us), *place),
    )


def _packed(entry: Entry) -> str:
    contacts = ",".join([_quote(contact) for contact in entry.contacts])
    values = (
        f"{microseconds_of(entry.occurred_time)},{entry.source_sequence},{_quote(entry.event_id)},"
        f"{_words_of(entry.source, entry.source_kind, entry.state, entry.activity, entry.kind)},"
        f"{entry.marks:d},{_quote(entry.reason)},[{contacts}]"
    )
    if entry.details is NO_DETAILS:
        return f"[{values}]"
    details = entry.details
    limit, refers = _maybe_us(details.limit_time), _maybe_us(details.refers_to_time)
    counts = f"{details.load_count},{details.capacity_count}"
    return f"[{values},{limit},{refers},{_quote(details.queue)},{counts}]"


@lru_cache(maxsize=2**12)
def _words_of(
    source: str, source_kind: SourceKind, state: State, activity: Activity, kind: EntryKind
) -> str:
    """Returns what entries say again and again; numbers take most of the time of a text."""
    return f"{_quote(source)},{source_kind:d},{state:d},{activity:d},{kind:d}"


def _unpacked(agent: str, *values: Any) -> Entry:
    time_us, sequence, event_id, source, source_kind, state, activity, kind, marks = values[:9]
    reason, contacts, *details = values[9:]
    return Entry(
        agent=agent,
        event_id=event_id,
        state=State(state),
        reason=reason,
        activity=Activity(activity),
        occurred_time=instant_of(time_us),
        source=source,
        source_kind=SourceKind(source_kind),
        actor="",
        contacts=tuple(contacts),
        marks=marks,
        source_sequence=sequence,
        kind=EntryKind(kind),
        details=_details(*details) if details else NO_DETAILS,
    )


def _details(
    limit_us: int | None, refers_us: int | None, queue: str, load_count: int, capacity_count: int
) -> Details:
    return Details(
        limit_time=None if limit_us is None else instant_of(limit_us),
        refers_to_time=None if refers_us is None else instant_of(refers_us),
        queue=queue,
        load_count=load_count,
        capacity_count=capacity_count,
    )


def _maybe_us(instant: datetime | None) -> int | str:
    return "null" if instant is None else microseconds_of(instant)
