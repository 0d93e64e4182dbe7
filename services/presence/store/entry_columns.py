"""Rows of the log as the columns of a fold."""

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
from services.presence.domain.state import EntryKind

Row = Sequence[Any]
Value = TypeVar("Value")
_ROW_SIZE, _SPAN_SIZE = 13, 9


def entry_columns(
    rows: Sequence[Row], spans: Sequence[Row], agents: Sequence[str], reasons: Sequence[str]
) -> tuple[tuple[Track, ...], EntryColumns]:
    """Returns the tracks of entries and of the spans over them, and the entries by them.

    A row is agent, time, sequence, event id, source, source kind, state, activity, kind, marks,
    reason, contacts, time of the wrap-up that a limit refers to; rows come in their final order.
    """
    named, times, _, _, sources, source_kinds, states, activities, kinds, marks, why, held, of = (
        zip(*rows, strict=True) if rows else ((),) * _ROW_SIZE
    )
    places = list(zip(source_kinds, sources, strict=True))
    tracks = _index_of(
        track_of(*place) for place in {*places, *((row[4], row[5]) for row in spans)}
    )
    by_place = {place: tracks[track_of(*place)] for place in set(places)}
    sets = {one: _as_set(one) for one in set(held)}
    contacts = _index_of(("", *sets.values()))
    by_held = {one: contacts[as_set] for one, as_set in sets.items()}
    return tuple(tracks), EntryColumns(
        agent_count=len(agents),
        tracks=tuple(tracks),
        contacts=tuple(contacts),
        agent_indexes=_looked_up(_index_of(agents), named),
        track_indexes=_looked_up(by_place, places),
        kinds=_array(kinds),
        occurred_times_us=_array(times),
        refers_to_times_us=_array(of),
        states=_array(states),
        reason_indexes=_looked_up(_index_of(reasons), why),
        activities=_array(activities),
        marks=_array(marks),
        contact_indexes=_looked_up(by_held, held),
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


def _as_set(held: str) -> str:
    if CONTACT_SEPARATOR not in held:
        return held
    return CONTACT_SEPARATOR.join(sorted(set(held.split(CONTACT_SEPARATOR))))


def _index_of(values: Iterable[Value]) -> dict[Value, int]:
    return {value: index for index, value in enumerate(dict.fromkeys(values))}


def _looked_up(indexes: Mapping[Value, int], values: Sequence[Value]) -> Integers:
    return np.array([indexes[value] for value in values], np.int64)


def _array(values: Iterable[int]) -> Integers:
    return np.array(list(values), np.int64)
