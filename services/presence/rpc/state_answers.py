"""Current states and steps of a watch as messages."""

from collections.abc import Callable, MutableSequence, Sequence
from typing import TypeAlias

from muster.presence.v1 import events_pb2
from muster.presence.v1 import timeline_service_pb2 as pb

from services.presence.app.read_states import StateNow
from services.presence.app.watch_states import Step
from services.presence.domain.entry import microseconds_of
from services.presence.rpc.answers import cursor_of

_COLUMNS = tuple(
    field.name
    for field in events_pb2.AgentStatesChanged.DESCRIPTOR.fields
    if field.is_repeated and field.name not in ("sources", "reasons", "contacts")
)

Sees: TypeAlias = Callable[[str, int], bool]
"""Tells whether somebody sees a change of an agent, by when it occurred (microseconds)."""


def state_message_of(now: StateNow, team: str) -> pb.AgentState:
    """Returns what an agent is now."""
    look = now.look
    message = pb.AgentState(
        agent=now.agent,
        team=team,
        state=look.state.value,  # type: ignore[arg-type]  # the wire's number
        reason=look.reason,
        activity=look.activity.value,  # type: ignore[arg-type]  # the wire's number
        marks=look.marks,
        contacts=look.contacts,
        load_count=now.load_count,
        capacity_count=now.capacity_count,
    )
    if now.since_time is not None:
        message.since_time.FromMicroseconds(microseconds_of(now.since_time))
    return message


def watch_answer(step: Step, sees: Sees) -> pb.WatchAgentStatesResponse:
    """Returns what a step holds for whoever sees some agents: their changes, or its place alone."""
    if step.payload is not None:
        message = events_pb2.AgentStatesChanged.FromString(step.payload)
        changes = seen_changes(message, sees)
        if changes is not None:
            return pb.WatchAgentStatesResponse(changes=changes)
    return pb.WatchAgentStatesResponse(checkpoint=cursor_of(step.place))


def seen_changes(
    message: events_pb2.AgentStatesChanged, sees: Sees
) -> events_pb2.AgentStatesChanged | None:
    """Returns the changes that are seen, or None if there are none.

    A change that names no agent concerns whoever is seen.
    """
    changes = enumerate(zip(message.agents, message.occurred_times_us, strict=True))
    seen = [index for index, (agent, time_us) in changes if not agent or sees(agent, time_us)]
    if len(seen) == len(message.agents):
        return message
    if not seen:
        return None
    kept = events_pb2.AgentStatesChanged(cursor=message.cursor)
    kept.recorded_time.CopyFrom(message.recorded_time)
    for name in _COLUMNS:
        column = getattr(message, name)
        if column:
            getattr(kept, name).extend([column[index] for index in seen])
    kept.contacts.extend(_contacts_of(message, frozenset(seen)))
    kept.sources.extend(_used(message.sources, 0, kept.source_indexes))
    kept.reasons.extend(_used(message.reasons, 1, kept.reason_indexes, kept.current_reason_indexes))
    return kept


def _used(words: Sequence[str], always: int, *columns: MutableSequence[int]) -> list[str]:
    """Returns those of the words that columns of indexes point to, with the first ones that are
    always there, and lets the columns point into them.
    """
    used = sorted({index for column in columns for index in column} | set(range(always)))
    places = {index: place for place, index in enumerate(used)}
    for column in columns:
        column[:] = [places[index] for index in column]
    return [words[index] for index in used if index < len(words)]


def _contacts_of(message: events_pb2.AgentStatesChanged, seen: frozenset[int]) -> list[str]:
    contacts: list[str] = []
    place = 0
    for index, count in enumerate(message.contact_counts):
        if index in seen:
            contacts += message.contacts[place : place + count]
        place += count
    return contacts
