"""Columns of values as PostgreSQL's binary arrays, encoded at once.

A commit writes hundreds of rows. Dumping them value by value costs more than everything else that
the process does with them; whole columns cost a tenth, and one statement takes them all.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from struct import Struct

import numpy as np
import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

from services.presence.domain.agent_state import AgentState
from services.presence.domain.entry import Entry, microseconds_of
from services.presence.store.packing import pack_tracks

# PostgreSQL counts time from 2000.
_EPOCH_MICROSECONDS = 946_684_800_000_000
_EPOCH_DAY = date(2000, 1, 1).toordinal()

# Dimensions, whether there are nulls, the type of the elements, their count, the first index.
_HEADER = Struct(">iiIii")
_LENGTH = Struct(">i")
_INSTANT_ELEMENT = Struct(">iq")
_NULL = _LENGTH.pack(-1)
_TEXT, _DATE, _INSTANT = 25, 1082, 1184
_BIGINT, _INTEGER, _SMALLINT = 20, 23, 21
CONTACT_SEPARATOR = "\x1f"


class EncodedArray(bytes):
    """A parameter in its binary form; the statement says by a cast what it is."""

    __slots__ = ()


class _EncodedArrayDumper(Dumper):
    format = Format.BINARY
    oid = 0

    def dump(self, obj: EncodedArray) -> bytes:
        return obj


psycopg.adapters.register_dumper(EncodedArray, _EncodedArrayDumper)


def text_array(texts: Sequence[str]) -> EncodedArray:
    """Returns a text[]."""
    # Many columns repeat a few texts: each distinct one is encoded once.
    distinct = set(texts)
    if len(distinct) == len(texts):
        elements = b"".join([_encoded_text(text) for text in texts])
    else:
        encoded = {text: _encoded_text(text) for text in distinct}
        elements = b"".join(map(encoded.__getitem__, texts))
    return EncodedArray(_HEADER.pack(1, 0, _TEXT, len(texts), 1) + elements)


def position_array(count: int) -> EncodedArray:
    """Returns an integer[] of the places 0, 1, 2 and so on."""
    return _number_array(_INTEGER, ">i4", range(count))


def instant_array(instants: Sequence[datetime]) -> EncodedArray:
    """Returns a timestamptz[]."""
    times = [microseconds_of(instant) - _EPOCH_MICROSECONDS for instant in instants]
    return _number_array(_INSTANT, ">i8", times)


def day_array(days: Iterable[date]) -> EncodedArray:
    """Returns a date[]."""
    return _number_array(_DATE, ">i4", [day.toordinal() - _EPOCH_DAY for day in days])


def entry_arrays(entries: Sequence[Entry]) -> list[EncodedArray]:
    """Returns the columns of entries, in the order of `ENTRY_ARRAYS`."""
    return [
        instant_array([entry.occurred_time for entry in entries]),
        _number_array(_BIGINT, ">i8", [entry.source_sequence for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.state for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.activity for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.source_kind for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.kind for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.marks for entry in entries]),
        text_array([entry.agent for entry in entries]),
        text_array([entry.event_id for entry in entries]),
        text_array([entry.source for entry in entries]),
        text_array([entry.reason for entry in entries]),
        text_array([entry.actor for entry in entries]),
        text_array([CONTACT_SEPARATOR.join(entry.contacts) for entry in entries]),
    ]


ENTRY_ARRAYS = (
    "%s::timestamptz[], %s::bigint[], %s::smallint[], %s::smallint[], %s::smallint[],"
    " %s::smallint[], %s::smallint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
    " %s::text[]"
)
"""The casts of `entry_arrays`; they unnest into the log's columns, contacts as one text."""


def detail_arrays(entries: Sequence[Entry]) -> list[EncodedArray]:
    """Returns the columns of entries' details, in the order of `DETAIL_ARRAYS`."""
    details = [entry.details for entry in entries]
    return [
        _maybe_instants([one.end_time for one in details]),
        _maybe_instants([one.source_time for one in details]),
        _maybe_instants([one.limit_time for one in details]),
        _maybe_instants([one.refers_to_time for one in details]),
        _number_array(_INTEGER, ">i4", [one.load_count for one in details]),
        _number_array(_INTEGER, ">i4", [one.capacity_count for one in details]),
        _number_array(_SMALLINT, ">i2", [one.loss_scope for one in details]),
        text_array([one.refers_to_source for one in details]),
        text_array([one.refers_to_event_id for one in details]),
        text_array([one.queue for one in details]),
        text_array([one.text for one in details]),
    ]


DETAIL_ARRAYS = (
    "%s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::integer[],"
    " %s::integer[], %s::smallint[], %s::text[], %s::text[], %s::text[], %s::text[]"
)
"""The casts of `detail_arrays`."""


def state_arrays(states: Sequence[AgentState]) -> list[EncodedArray]:
    """Returns the columns of states, in the order of `STATE_ARRAYS`."""
    looks = [state.look for state in states]
    return [
        instant_array([state.since_time for state in states]),
        _maybe_instants([state.limit_time for state in states]),
        _number_array(_INTEGER, ">i4", [state.load_count for state in states]),
        _number_array(_INTEGER, ">i4", [state.capacity_count for state in states]),
        _number_array(_SMALLINT, ">i2", [look.state for look in looks]),
        _number_array(_SMALLINT, ">i2", [look.activity for look in looks]),
        _number_array(_SMALLINT, ">i2", [look.marks for look in looks]),
        text_array([look.reason for look in looks]),
        text_array([CONTACT_SEPARATOR.join(look.contacts) for look in looks]),
        text_array([pack_tracks(state) for state in states]),
    ]


STATE_ARRAYS = (
    "%s::timestamptz[], %s::timestamptz[], %s::integer[], %s::integer[], %s::smallint[],"
    " %s::smallint[], %s::smallint[], %s::text[], %s::text[], %s::text[]"
)
"""The casts of `state_arrays`, contacts as one text."""


def rows_of(names: str, arrays: str) -> str:
    """Returns the query of the rows that arrays of one length make, one named column of each.

    What a query selects is taken apart row by row; what it selects from, PostgreSQL first stores
    whole, each array by itself.
    """
    columns = zip(names.split(", "), arrays.split(", "), strict=True)
    return "SELECT " + ", ".join(f"unnest({array}) AS {name}" for name, array in columns)


def _encoded_text(text: str) -> bytes:
    raw = text.encode()
    return _LENGTH.pack(len(raw)) + raw


def _number_array(kind: int, code: str, values: Sequence[int]) -> EncodedArray:
    elements = np.empty(len(values), [("length", ">i4"), ("value", code)])
    elements["length"] = elements.dtype["value"].itemsize
    elements["value"] = values
    return EncodedArray(_HEADER.pack(1, 0, kind, len(values), 1) + elements.tobytes())


def _maybe_instants(instants: Sequence[datetime | None]) -> EncodedArray:
    """Returns a timestamptz[] with nulls for what is absent."""
    elements = b"".join(
        _NULL
        if instant is None
        else _INSTANT_ELEMENT.pack(8, microseconds_of(instant) - _EPOCH_MICROSECONDS)
        for instant in instants
    )
    return EncodedArray(_HEADER.pack(1, 1, _INSTANT, len(instants), 1) + elements)
