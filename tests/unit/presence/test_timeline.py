"""The columnar fold against the definition, and the properties that a timeline promises."""

import random
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.agent_state import Look, replay
from services.presence.domain.columns import CONTACT_SEPARATOR, IntervalColumns
from services.presence.domain.entry import Details, Entry, microseconds_of
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import Activity, EntryKind, LossScope, Mark, SourceKind, State
from tests.unit.presence.builders import MORNING, an_entry, entries
from tests.unit.presence.columns import REASONS, fold
from tests.unit.presence.histories import histories, rules
from tests.unit.presence.oracle import look_at

START = MORNING + timedelta(seconds=2)
END = MORNING + timedelta(seconds=15)
DEFAULT = PrecedenceHistory()


def looks(folded: IntervalColumns) -> list[Look]:
    return [
        Look(
            State(state),
            REASONS[reason],
            Activity(activity),
            marks,
            tuple(filter(None, folded.contacts[contacts].split(CONTACT_SEPARATOR))),
            bool(left),
        )
        for state, reason, activity, marks, contacts, left in zip(
            folded.states.tolist(),
            folded.reason_indexes.tolist(),
            folded.activities.tolist(),
            folded.marks.tolist(),
            folded.contact_indexes.tolist(),
            folded.capacity_left.tolist(),
            strict=True,
        )
    ]


def per_agent(folded: IntervalColumns) -> list[list[int]]:
    ends = np.cumsum(folded.interval_counts)[:-1]
    return [part.tolist() for part in np.split(folded.start_offsets_ms, ends)]


def shown_at(folded: IntervalColumns, at: datetime) -> Look:
    """What a timeline of one agent shows at an instant."""
    offset = (at - START) // timedelta(milliseconds=1)
    return looks(folded)[int(np.searchsorted(folded.start_offsets_ms, offset, side="right")) - 1]


def at(seconds: float, state: State = State.ONLINE, **changes: object) -> Entry:
    values: dict[str, Any] = {
        "event_id": f"{seconds}",
        "occurred_time": MORNING + timedelta(seconds=seconds),
    }
    return an_entry("ana", state, **(values | changes))


def span(kind: EntryKind, start: float, end: float, **changes: object) -> Entry:
    details = Details(end_time=MORNING + timedelta(seconds=end))
    values: dict[str, Any] = {"state": State.UNOBSERVED, "kind": kind, "details": details}
    return at(start, **(values | changes))


def fold_from_start(*recorded: Entry) -> IntervalColumns:
    return fold(recorded, START, END)


@given(histories(), rules(), st.integers(2_000, 14_999))
def test_any_instant_shows_what_the_definition_says(
    history: list[Entry], under: PrecedenceHistory, after_ms: int
) -> None:
    instant = MORNING + timedelta(milliseconds=after_ms)

    folded = fold(history, START, END, under)

    if folded.interval_counts.size:
        assert shown_at(folded, instant) == look_at(history, "agents/ana", instant, under)


@given(histories(), rules())
def test_each_interval_begins_where_the_look_changes(
    history: list[Entry], under: PrecedenceHistory
) -> None:
    folded = fold(history, START, END, under)

    shown = looks(folded)
    assert all(one != other for one, other in pairwise(shown))
    for offset, look in zip(folded.start_offsets_ms.tolist(), shown, strict=True):
        instant = START + timedelta(milliseconds=offset)
        assert look == look_at(history, "agents/ana", instant, under)


@given(entries(), histories())
def test_intervals_tile_the_span_without_gap_or_overlap(
    many: list[Entry], history: list[Entry]
) -> None:
    folded = fold([*many, *history], START, END)

    for offsets in per_agent(folded) if folded.interval_counts.size else []:
        assert offsets[0] == 0
        assert offsets == sorted(set(offsets))
        assert offsets[-1] < (END - START) / timedelta(milliseconds=1)


@given(histories(), rules(), st.randoms())
def test_the_order_of_arrival_changes_nothing_but_which_amendment_counts(
    history: list[Entry], under: PrecedenceHistory, chance: random.Random
) -> None:
    amendments = [entry for entry in history if entry.kind is EntryKind.AMENDMENT]
    others = [entry for entry in history if entry.kind is not EntryKind.AMENDMENT]
    chance.shuffle(others)

    one, other = fold(history, START, END, under), fold([*others, *amendments], START, END, under)

    assert looks(one) == looks(other)
    assert one.start_offsets_ms.tolist() == other.start_offsets_ms.tolist()
    assert one.last_change_times_us.tolist() == other.last_change_times_us.tolist()


@given(histories(), histories())
def test_an_agent_is_the_same_beside_others(one: list[Entry], other: list[Entry]) -> None:
    beside = [entry._replace(agent="agents/zoe") for entry in other]

    alone, both = fold(one, START, END), fold([*one, *beside], START, END)

    assert looks(alone) == looks(both)[: len(looks(alone))]


@given(histories(with_spans=False, at_once=False), rules())
def test_the_state_of_an_agent_is_the_end_of_her_timeline(
    history: list[Entry], under: PrecedenceHistory
) -> None:
    # What lasted no time is on no timeline, and yet begins a state: two entries at once, and an
    # entry at the very instant of another precedence.
    between = tuple(start + timedelta(milliseconds=500) for start in under.start_times)
    under = PrecedenceHistory(between, under.versions)
    folded = fold(history, MORNING - timedelta(seconds=1), END, under)

    if folded.interval_counts.size:
        told = replay(history, under)
        assert looks(folded)[-1] == told.look
        if folded.interval_counts[0] > 1:
            assert folded.last_change_times_us[0] == microseconds_of(told.since_time)


def test_time_before_the_first_entry_is_unobserved() -> None:
    folded = fold_from_start(at(3))

    assert folded.states.tolist() == [State.UNOBSERVED, State.ONLINE]
    assert folded.start_offsets_ms.tolist() == [0, 1_000]


def test_the_entry_before_the_span_is_in_force_at_its_start() -> None:
    folded = fold_from_start(at(-7200))

    assert folded.states.tolist() == [State.ONLINE]
    began = microseconds_of(MORNING - timedelta(hours=2))
    assert folded.opening_times_us.tolist() == [began]
    assert folded.last_change_times_us.tolist() == [began]


def test_equal_neighbours_are_one_interval_that_began_with_the_first() -> None:
    folded = fold_from_start(at(0), at(4))

    assert folded.states.tolist() == [State.ONLINE]
    assert folded.last_change_times_us.tolist() == [microseconds_of(MORNING)]


def test_another_contact_begins_another_interval() -> None:
    first = at(0, State.BUSY, contacts=("c-1",))
    second = at(4, State.BUSY, contacts=("c-2",))

    assert fold_from_start(first, second).start_offsets_ms.tolist() == [0, 2_000]


def test_a_busy_agent_who_takes_all_she_can_begins_another_interval() -> None:
    chats = [
        at(2 + load, State.BUSY, details=Details(load_count=load, capacity_count=3))
        for load in (1, 2, 3)
    ]

    folded = fold_from_start(*chats)

    assert folded.states.tolist()[1:] == [State.BUSY, State.BUSY]
    assert folded.start_offsets_ms.tolist()[1:] == [1_000, 3_000]
    assert folded.capacity_left.tolist() == [0, 1, 0]


def test_of_equal_instants_the_source_sequence_decides() -> None:
    first = at(4, State.BUSY, event_id="z", source_sequence=1)
    second = at(4, State.OFFLINE, event_id="a", source_sequence=2)

    assert looks(fold_from_start(second, first))[-1].state is State.OFFLINE


def test_a_lost_source_leaves_the_time_unobserved_unless_another_one_fills_it() -> None:
    lost = at(5, State.UNOBSERVED, kind=EntryKind.LOSS, details=Details(loss_scope=LossScope.SITE))
    button = at(4, source="app", source_kind=SourceKind.AGENT)

    assert fold_from_start(at(0), lost).states.tolist() == [State.ONLINE, State.UNOBSERVED]
    assert fold_from_start(at(0), lost, button).states.tolist() == [State.ONLINE]


def test_the_latest_recorded_of_two_amendments_counts() -> None:
    one = span(EntryKind.AMENDMENT, 4, 8, state=State.BREAK, reason="meal")
    other = span(EntryKind.AMENDMENT, 6, 9, state=State.OFFLINE, event_id="other")

    folded = fold_from_start(at(0), one, other)

    online, pause, offline = State.ONLINE, State.BREAK, State.OFFLINE
    assert folded.states.tolist() == [online, pause, offline, online]
    assert folded.start_offsets_ms.tolist() == [0, 2_000, 4_000, 7_000]
    assert folded.marks.tolist() == [0, Mark.AMENDED, Mark.AMENDED, 0]
    reversed_ = fold_from_start(at(0), other, one)
    assert reversed_.states.tolist() == [online, pause, offline, online]
    assert reversed_.start_offsets_ms.tolist() == [0, 2_000, 6_000, 7_000]


def test_a_gap_marks_the_time_that_its_source_gives() -> None:
    gap = span(EntryKind.GAP, 4, 8)
    pause = at(6, State.BREAK, source="app", source_kind=SourceKind.AGENT)

    folded = fold_from_start(at(0), gap, pause)

    assert folded.states.tolist() == [State.ONLINE, State.ONLINE, State.BREAK]
    assert folded.marks.tolist() == [0, Mark.GAP, 0]


def test_our_own_outage_is_marked_for_everybody() -> None:
    outage = span(EntryKind.OUTAGE, 4, 8)._replace(agent="")
    bob = at(0)._replace(agent="agents/bob")

    folded = fold_from_start(at(0), bob, outage)

    assert folded.marks.tolist() == [0, Mark.OUTAGE, 0] * 2
