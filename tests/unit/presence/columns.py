"""Entries as the columns that the store reads of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np

from services.presence.domain.columns import (
    ALL_AGENTS,
    ALL_TRACKS,
    CONTACT_SEPARATOR,
    EntryColumns,
    Integers,
    IntervalColumns,
    SpanColumns,
)
from services.presence.domain.entry import Entry, microseconds_of
from services.presence.domain.precedence import OF_TRACKS, PrecedenceHistory, Track, track_of
from services.presence.domain.state import EntryKind, Mark
from services.presence.domain.timeline import fold_timelines

REASONS = ("", "meal")


def fold(
    recorded: Sequence[Entry],
    start_time: datetime,
    end_time: datetime,
    rules: PrecedenceHistory | None = None,
) -> IntervalColumns:
    """Folds entries, given in the order of their recording."""
    agents = sorted({entry.agent for entry in recorded} - {""})
    tracks = tuple(sorted({_track(entry) for entry in recorded}))
    return fold_timelines(
        entry_columns(recorded, agents, tracks, end_time),
        span_columns(recorded, agents, tracks),
        rules or PrecedenceHistory(),
        microseconds_of(start_time),
        microseconds_of(end_time),
    )


def entry_columns(
    recorded: Sequence[Entry], agents: list[str], tracks: tuple[Track, ...], end_time: datetime
) -> EntryColumns:
    accepted = {
        (entry.agent, entry.details.refers_to_source, entry.details.refers_to_event_id)
        for entry in recorded
        if entry.kind is EntryKind.ACCEPTANCE
    }
    own = [e for e in recorded if e.kind in OF_TRACKS and e.occurred_time < end_time]
    rows = sorted(own, key=lambda entry: (entry.agent, entry.order))
    held = [CONTACT_SEPARATOR.join(sorted(set(entry.contacts))) for entry in rows]
    contacts = ("", *sorted(set(held) - {""}))

    def marks_of(entry: Entry) -> int:
        is_accepted = (entry.agent, entry.source, entry.event_id) in accepted
        return entry.marks & ~Mark.CLAIMED if is_accepted else entry.marks

    return EntryColumns(
        agent_count=len(agents),
        tracks=tracks,
        contacts=contacts,
        agent_indexes=integers(agents.index(entry.agent) for entry in rows),
        track_indexes=integers(tracks.index(_track(entry)) for entry in rows),
        kinds=integers(entry.kind for entry in rows),
        occurred_times_us=integers(microseconds_of(entry.occurred_time) for entry in rows),
        refers_to_times_us=integers(_us(entry.details.refers_to_time) for entry in rows),
        states=integers(entry.state for entry in rows),
        reason_indexes=integers(REASONS.index(entry.reason) for entry in rows),
        activities=integers(entry.activity for entry in rows),
        marks=integers(map(marks_of, rows)),
        contact_indexes=integers(map(contacts.index, held)),
        free_counts=integers(
            entry.details.capacity_count - entry.details.load_count for entry in rows
        ),
    )


def span_columns(
    recorded: Sequence[Entry], agents: list[str], tracks: tuple[Track, ...]
) -> SpanColumns:
    rows = [entry for entry in recorded if entry.details.end_time is not None]
    return SpanColumns(
        agent_indexes=integers(
            agents.index(entry.agent) if entry.agent else ALL_AGENTS for entry in rows
        ),
        track_indexes=integers(
            tracks.index(_track(entry)) if entry.kind is EntryKind.GAP else ALL_TRACKS
            for entry in rows
        ),
        kinds=integers(entry.kind for entry in rows),
        start_times_us=integers(microseconds_of(entry.occurred_time) for entry in rows),
        end_times_us=integers(_us(entry.details.end_time) for entry in rows),
        states=integers(entry.state for entry in rows),
        reason_indexes=integers(REASONS.index(entry.reason) for entry in rows),
        activities=integers(entry.activity for entry in rows),
    )


def integers(values: Iterable[int]) -> Integers:
    return np.array([int(value) for value in values], np.int64)


def _track(entry: Entry) -> Track:
    return track_of(entry.source_kind, entry.source)


def _us(instant: datetime | None) -> int:
    return 0 if instant is None else microseconds_of(instant)
