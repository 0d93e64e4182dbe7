from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof.encoding import DamagedBytesError
from proof.entry import ABSENT, HashedDetails, HashedEntry, decode_entry, encode_entry

_BYTE = st.integers(0, 255)
_TEXT = st.text(max_size=8)
_LONG = st.integers(-(2**63), 2**63 - 1)
_COUNT = st.integers(0, 2**32 - 1)
_DIGEST = st.one_of(st.just(b""), st.binary(min_size=32, max_size=32))
DETAILS = st.builds(
    HashedDetails, _LONG, _LONG, _LONG, _LONG, _TEXT, _TEXT, _BYTE, _TEXT, _COUNT, _COUNT, _DIGEST
)
ENTRIES = st.builds(
    HashedEntry,
    kind=_BYTE,
    agent_digest=_DIGEST,
    event_id=_TEXT,
    state=_BYTE,
    reason=_TEXT,
    activity=_BYTE,
    occurred_time_us=_LONG,
    source=_TEXT,
    source_kind=_BYTE,
    source_sequence=_LONG,
    actor_digest=_DIGEST,
    contacts=st.lists(_TEXT, max_size=3).map(tuple),
    marks=_BYTE,
    details=DETAILS,
)


@given(ENTRIES)
def test_an_entry_is_what_its_bytes_say(entry: HashedEntry) -> None:
    assert decode_entry(encode_entry(entry)) == entry


@given(ENTRIES, ENTRIES)
def test_entries_that_differ_have_bytes_that_differ(one: HashedEntry, other: HashedEntry) -> None:
    assert (encode_entry(one) == encode_entry(other)) == (one == other)


@given(ENTRIES, st.integers(0, 200), st.integers(1, 255))
def test_bytes_that_were_altered_are_another_entry_or_none(
    entry: HashedEntry, at: int, change: int
) -> None:
    raw = bytearray(encode_entry(entry))
    raw[at % len(raw)] ^= change

    with suppress(DamagedBytesError):
        assert decode_entry(bytes(raw)) != entry


def test_details_that_say_nothing_are_written_in_one_way_only() -> None:
    entry = HashedEntry(1, b"", "e-1", 1, "", 0, 0, "pbx", 3, 0, b"")
    long_form = encode_entry(entry._replace(details=HashedDetails(load_count=1)))
    without = bytearray(long_form)
    without[-5] = 0  # the load, back to its default

    assert entry.details.end_time_us == ABSENT
    with pytest.raises(DamagedBytesError, match="one form"):
        decode_entry(bytes(without).replace(b"\x00\x00\x00\x01", b"\x00\x00\x00\x00"))
