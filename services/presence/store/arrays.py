"""Columns of values as PostgreSQL's binary arrays, encoded at once.

A commit writes hundreds of rows. Dumping them value by value costs more than everything else that
the process does with them; whole columns cost a tenth, and one statement takes them all.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from struct import Struct

import numpy as np
import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

from services.presence.domain.entry import Entry, microseconds_of

# PostgreSQL counts time from 2000.
_EPOCH_MICROSECONDS = 946_684_800_000_000
_EPOCH_DAY = date(2000, 1, 1).toordinal()

# Dimensions, whether there are nulls, the type of the elements, their count, the first index.
_HEADER = Struct(">iiIii")
_LENGTH = Struct(">i")
_TEXT, _DATE, _INSTANT = 25, 1082, 1184
_BIGINT, _INTEGER, _SMALLINT, _BOOLEAN = 20, 23, 21, 16
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
    # Most columns repeat a few texts: each distinct one is encoded once.
    encoded = {text: _encoded_text(text) for text in set(texts)}
    elements = b"".join(map(encoded.__getitem__, texts))
    return EncodedArray(_HEADER.pack(1, 0, _TEXT, len(texts), 1) + elements)


def position_array(count: int) -> EncodedArray:
    """Returns an integer[] of the places 0, 1, 2 and so on."""
    return _number_array(_INTEGER, ">i4", range(count))


def truth_array(truths: Sequence[bool]) -> EncodedArray:
    """Returns a boolean[]."""
    return _number_array(_BOOLEAN, "u1", truths)


def day_array(days: Iterable[date]) -> EncodedArray:
    """Returns a date[]."""
    return _number_array(_DATE, ">i4", [day.toordinal() - _EPOCH_DAY for day in days])


def entry_arrays(entries: Sequence[Entry]) -> list[EncodedArray]:
    """Returns the columns of entries, in the order of `ENTRY_ARRAYS`."""
    times = [microseconds_of(entry.occurred_time) - _EPOCH_MICROSECONDS for entry in entries]
    return [
        _number_array(_INSTANT, ">i8", times),
        _number_array(_BIGINT, ">i8", [entry.source_sequence for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.state for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.activity for entry in entries]),
        _number_array(_SMALLINT, ">i2", [entry.source_kind for entry in entries]),
        truth_array([entry.inferred for entry in entries]),
        text_array([entry.agent for entry in entries]),
        text_array([entry.event_id for entry in entries]),
        text_array([entry.source for entry in entries]),
        text_array([entry.reason for entry in entries]),
        text_array([entry.actor for entry in entries]),
        text_array([CONTACT_SEPARATOR.join(entry.contacts) for entry in entries]),
    ]


ENTRY_ARRAYS = (
    "%s::timestamptz[], %s::bigint[], %s::smallint[], %s::smallint[], %s::smallint[],"
    " %s::boolean[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[]"
)
"""The casts of `entry_arrays`; they unnest into the tables' columns, contacts as one text."""


def _encoded_text(text: str) -> bytes:
    raw = text.encode()
    return _LENGTH.pack(len(raw)) + raw


def _number_array(kind: int, code: str, values: Sequence[int]) -> EncodedArray:
    elements = np.empty(len(values), [("length", ">i4"), ("value", code)])
    elements["length"] = elements.dtype["value"].itemsize
    elements["value"] = values
    return EncodedArray(_HEADER.pack(1, 0, kind, len(values), 1) + elements.tobytes())
