"""Rows of the log as entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.presence.domain.entry import NO_DETAILS, Details, Entry, LoggedEntry, Place
from services.presence.domain.state import Activity, EntryKind, LossScope, SourceKind, State
from services.presence.store.tables import STATE_LOG

_NOTHING = (None, 0, "")

ENTRY_COLUMNS = ", ".join(STATE_LOG.columns.keys()[5:])
"""What `entry_of` reads; the five before it are added by recording."""


def logged_entry_of(row: Sequence[Any]) -> LoggedEntry:
    """Returns the entry of a whole row of the log."""
    recorded_time: datetime
    recorded_time, seq, epoch, position, site, *values = row
    return LoggedEntry(entry_of(values), recorded_time, Place(site, epoch, seq), position)


def entry_of(values: Sequence[Any]) -> Entry:
    """Returns the entry of a row of `ENTRY_COLUMNS`."""
    return Entry(
        occurred_time=values[0],
        source_sequence=values[1],
        state=State(values[2]),
        activity=Activity(values[3]),
        source_kind=SourceKind(values[4]),
        kind=EntryKind(values[5]),
        marks=values[6],
        agent=values[7],
        event_id=values[8],
        source=values[9],
        reason=values[10],
        actor=values[11],
        contacts=tuple(values[12]),
        details=_details_of(values[13:]),
    )


def _details_of(values: Sequence[Any]) -> Details:
    # Entries of one link have all their details stored or none: counts and texts, or nulls.
    if all(value in _NOTHING for value in values):
        return NO_DETAILS
    return Details(
        end_time=values[0],
        source_time=values[1],
        limit_time=values[2],
        refers_to_time=values[3],
        load_count=values[4],
        capacity_count=values[5],
        loss_scope=LossScope(values[6]),
        refers_to_source=values[7],
        refers_to_event_id=values[8],
        queue=values[9],
        text=values[10],
    )
