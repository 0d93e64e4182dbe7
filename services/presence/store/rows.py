"""Rows of the log as entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.presence.domain.entry import Entry, LoggedEntry, Place
from services.presence.domain.state import Activity, SourceKind, State


def logged_entry_of(row: Sequence[Any]) -> LoggedEntry:
    """Returns the entry of a whole row of the log."""
    recorded_time: datetime
    recorded_time, seq, epoch, position, site, *values = row
    return LoggedEntry(_entry_of(values), recorded_time, Place(site, epoch, seq), position)


def _entry_of(values: Sequence[Any]) -> Entry:
    return Entry(
        occurred_time=values[0],
        source_sequence=values[1],
        state=State(values[2]),
        activity=Activity(values[3]),
        source_kind=SourceKind(values[4]),
        inferred=values[5],
        agent=values[6],
        event_id=values[7],
        source=values[8],
        reason=values[9],
        actor=values[10],
        contacts=tuple(values[11]),
    )
