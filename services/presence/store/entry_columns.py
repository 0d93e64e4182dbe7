"""Entries of the log as the columns of a fold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from services.presence.domain.columns import (
    ALL_AGENTS,
    ALL_TRACKS,
    CONTACT_SEPARATOR,
    EntryColumns,
    Integers,
    SpanColumns,
)
from services.presence.domain.precedence import Track, track_of
from services.presence.domain.state import EntryKind, SourceKind
from services.presence.store.entry_table import EntryTable, Texts

Row = Sequence[Any]
Value = TypeVar("Value")
_SPAN_SIZE = 9


def entry_columns(
    table: EntryTable, spans: Sequence[Row], agents: Sequence[str], reasons: Sequence[str]
) -> tuple[tuple[Track, ...], EntryColumns]:
    """Returns the tracks of entries and of the spans over them, and the entries by them."""
    sources = tuple(table.sources.numbers)
    # One number for the source of a kind; there are few.
    places = table.source_kinds * len(sources) + table.sources.indexes
    occurring = np.flatnonzero(np.bincount(places)).tolist()
    named = [(number // len(sources), number % len(sources)) for number in occurring]
    of_places = [track_of(SourceKind(kind), sources[source]) for kind, source in named]
    tracks = _index_of((*of_places, *(track_of(row[4], row[5]) for row in spans)))
    by_place = np.zeros(places.max(initial=0) + 1, np.int64)
    by_place[occurring] = [tracks[track] for track in of_places]
    contacts, contact_indexes = _contact_sets(table.contacts)
    return tuple(tracks), EntryColumns(
        agent_count=len(agents),
        tracks=tuple(tracks),
        contacts=contacts,
        agent_indexes=table.agents.indexes_in(_index_of(agents)),
        track_indexes=by_place[places],
        kinds=table.kinds,
        occurred_times_us=table.times_us,
        refers_to_times_us=table.refers_to_times_us,
        states=table.states,
        reason_indexes=table.reasons.indexes_in(_index_of(reasons)),
        activities=table.activities,
        marks=table.marks,
        contact_indexes=contact_indexes,
        free_counts=table.free_counts,
    )


def span_columns(
    rows: Sequence[Row], agents: Sequence[str], tracks: Sequence[Track], reasons: Sequence[str]
) -> SpanColumns:
    """Returns the columns of what lies over timelines, in the order of recording.

    A row is agent, start, end, kind, source kind, source, state, activity, reason.
    """
    named, starts, ends, kinds, source_kinds, sources, states, activities, why = (
        zip(*rows, strict=True) if rows else ((),) * _SPAN_SIZE
    )
    track_indexes = _index_of(tracks)
    return SpanColumns(
        agent_indexes=_looked_up(_index_of(agents) | {"": ALL_AGENTS}, named),
        track_indexes=_array(
            track_indexes[track_of(*place)] if kind == EntryKind.GAP else ALL_TRACKS
            for kind, *place in zip(kinds, source_kinds, sources, strict=True)
        ),
        kinds=_array(kinds),
        start_times_us=_array(starts),
        end_times_us=_array(ends),
        states=_array(states),
        reason_indexes=_looked_up(_index_of(reasons), why),
        activities=_array(activities),
    )


def _contact_sets(held: Texts) -> tuple[tuple[str, ...], Integers]:
    if next(iter(held.numbers), None) == "" and not any(map(_is_several, held.numbers)):
        return tuple(held.numbers), held.indexes
    sets = [_as_set(one) for one in held.numbers]
    contacts = _index_of(("", *sets))
    return tuple(contacts), _looked_up(contacts, sets)[held.indexes]


def _is_several(held: str) -> bool:
    return CONTACT_SEPARATOR in held


def _as_set(held: str) -> str:
    if not _is_several(held):
        return held
    return CONTACT_SEPARATOR.join(sorted(set(held.split(CONTACT_SEPARATOR))))


def _index_of(values: Iterable[Value]) -> dict[Value, int]:
    return {value: index for index, value in enumerate(dict.fromkeys(values))}


def _looked_up(indexes: Mapping[Value, int], values: Sequence[Value]) -> Integers:
    return np.array([indexes[value] for value in values], np.int64)


def _array(values: Iterable[int]) -> Integers:
    return np.array(list(values), np.int64)
