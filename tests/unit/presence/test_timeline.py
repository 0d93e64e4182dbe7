"""The columnar fold against a plain one, and the properties that a timeline promises."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.entry import Entry, microseconds_of
from services.presence.domain.state import Activity, State
from services.presence.domain.timeline import EntryColumns, IntervalColumns, fold_timelines
from tests.unit.presence.builders import MORNING, an_entry, entries

SPAN = timedelta(seconds=3)
Look = tuple[int, str, int, int]


def columns_of(given_entries: Sequence[Entry], start: datetime, end: datetime) -> EntryColumns:
    """What the store reads: entries of the span and the last one before it, in order."""
    rows = _in_force(given_entries, start, end)
    agents = sorted({entry.agent for entry in rows})
    reasons = {"": 0, "meal": 1}
    contacts: dict[tuple[str, ...], int] = {}
    return EntryColumns(
        agent_indexes=_integers(agents.index(entry.agent) for entry in rows),
        occurred_times_us=_integers(microseconds_of(entry.occurred_time) for entry in rows),
        states=_integers(entry.state for entry in rows),
        reason_indexes=_integers(reasons[entry.reason] for entry in rows),
        activities=_integers(entry.activity for entry in rows),
        marks=_integers(entry.marks for entry in rows),
        contact_indexes=_integers(
            contacts.setdefault(entry.contacts, len(contacts)) for entry in rows
        ),
    )


def _integers(values: object) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(list(values), np.int64)  # type: ignore[call-overload]  # of any numbers


def _in_force(given_entries: Sequence[Entry], start: datetime, end: datetime) -> list[Entry]:
    rows: list[Entry] = []
    for agent in sorted({entry.agent for entry in given_entries}):
        own = sorted((e for e in given_entries if e.agent == agent), key=lambda e: e.order)
        rows += [e for e in own if e.occurred_time < start][-1:]
        rows += [e for e in own if start <= e.occurred_time < end]
    return rows


def state_at(given_entries: Sequence[Entry], agent: str, offset_ms: int) -> Look:
    """The definition: the last entry up to the end of that millisecond is in force."""
    instant = MORNING + timedelta(milliseconds=offset_ms + 1)
    own = [e for e in given_entries if e.agent == agent and e.occurred_time < instant]
    if not own:
        return (State.UNOBSERVED, "", Activity.UNSPECIFIED, 0)
    entry = max(own, key=lambda e: e.order)
    return (entry.state, entry.reason, entry.activity, entry.marks)


def fold(given_entries: Sequence[Entry]) -> IntervalColumns:
    return fold_timelines(
        columns_of(given_entries, MORNING, MORNING + SPAN), microseconds_of(MORNING)
    )


def looks(folded: IntervalColumns) -> list[Look]:
    return [
        (state, ["", "meal"][reason], activity, marks)
        for state, reason, activity, marks in zip(
            folded.states.tolist(),
            folded.reason_indexes.tolist(),
            folded.activities.tolist(),
            folded.marks.tolist(),
            strict=True,
        )
    ]


def per_agent(folded: IntervalColumns) -> list[list[int]]:
    ends = np.cumsum(folded.interval_counts)[:-1]
    return [part.tolist() for part in np.split(folded.start_offsets_ms, ends)]


@given(entries())
def test_intervals_tile_the_span_without_gap_or_overlap(given_entries: list[Entry]) -> None:
    folded = fold(given_entries)

    if folded.interval_counts.size:
        for offsets in per_agent(folded):
            assert offsets[0] == 0
            assert offsets == sorted(set(offsets))
            assert offsets[-1] < SPAN / timedelta(milliseconds=1)


@given(entries())
def test_each_interval_shows_the_entry_in_force(given_entries: list[Entry]) -> None:
    agents = sorted({e.agent for e in _in_force(given_entries, MORNING, MORNING + SPAN)})

    folded = fold(given_entries)

    shown = iter(looks(folded))
    for agent, offsets in zip(agents, per_agent(folded), strict=False):
        for offset in offsets:
            assert next(shown) == state_at(given_entries, agent, offset)


@given(entries(("ana",)), st.integers(0, 2_999))
def test_any_instant_shows_the_entry_in_force(given_entries: list[Entry], offset: int) -> None:
    folded = fold(given_entries)

    if folded.interval_counts.size:
        at = int(np.searchsorted(folded.start_offsets_ms, offset, side="right")) - 1
        assert looks(folded)[at] == state_at(given_entries, "agents/ana", offset)


@given(entries(), st.randoms())
def test_the_order_of_arrival_changes_nothing(
    given_entries: list[Entry], chance: random.Random
) -> None:
    shuffled = given_entries.copy()
    chance.shuffle(shuffled)

    one, other = fold(given_entries), fold(shuffled)

    assert looks(one) == looks(other)
    assert one.start_offsets_ms.tolist() == other.start_offsets_ms.tolist()
    assert one.last_change_times_us.tolist() == other.last_change_times_us.tolist()


@given(entries(("ana",)))
def test_folding_what_was_folded_changes_nothing(given_entries: list[Entry]) -> None:
    once = fold(given_entries)
    again = fold_timelines(
        EntryColumns(
            np.zeros_like(once.states),
            once.start_offsets_ms * 1_000 + microseconds_of(MORNING),
            once.states,
            once.reason_indexes,
            once.activities,
            once.marks,
            np.arange(once.states.size),
        ),
        microseconds_of(MORNING),
    )

    assert looks(again) == looks(once)
    assert again.start_offsets_ms.tolist() == once.start_offsets_ms.tolist()


def test_time_before_the_first_entry_is_unobserved() -> None:
    folded = fold([an_entry(occurred_time=MORNING + timedelta(seconds=1))])

    assert folded.states.tolist() == [State.UNOBSERVED, State.ONLINE]
    assert folded.start_offsets_ms.tolist() == [0, 1_000]


def test_the_entry_before_the_span_is_in_force_at_its_start() -> None:
    folded = fold([an_entry(occurred_time=MORNING - timedelta(hours=2))])

    assert folded.states.tolist() == [State.ONLINE]
    assert folded.last_change_times_us.tolist() == [microseconds_of(MORNING - timedelta(hours=2))]


def test_equal_neighbours_are_one_interval_that_began_with_the_first() -> None:
    later = MORNING + timedelta(seconds=1)

    folded = fold([an_entry(), an_entry(event_id="e-2", occurred_time=later)])

    assert folded.states.tolist() == [State.ONLINE]
    assert folded.last_change_times_us.tolist() == [microseconds_of(MORNING)]


def test_another_contact_begins_another_interval() -> None:
    first = an_entry(state=State.BUSY, contacts=("c-1",))
    second = an_entry(
        state=State.BUSY,
        contacts=("c-2",),
        event_id="e-2",
        occurred_time=MORNING + timedelta(seconds=1),
    )

    assert fold([first, second]).start_offsets_ms.tolist() == [0, 1_000]


def test_of_equal_instants_the_source_sequence_decides() -> None:
    first = an_entry(state=State.BUSY, event_id="z", source_sequence=1)
    second = an_entry(state=State.OFFLINE, event_id="a", source_sequence=2)

    assert fold([second, first]).states.tolist() == [State.OFFLINE]
