"""What an agent is now, whatever the order in which her entries come."""

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.agent_state import (
    NEVER_SEEN,
    AgentState,
    Look,
    advance,
    look_of,
    replay,
    replay_recent,
)
from services.presence.domain.entry import Details, Entry
from services.presence.domain.precedence import (
    DEFAULT_PRECEDENCE,
    Match,
    Precedence,
    PrecedenceHistory,
    TrackKind,
)
from services.presence.domain.state import EntryKind, Mark, SourceKind, State
from services.presence.store.packing import pack_tracks, unpack_tracks
from tests.unit.presence.builders import MORNING, an_entry
from tests.unit.presence.histories import histories, rules

DEFAULT = PrecedenceHistory()
ONLINE, BUSY, WRAP_UP, BREAK = State.ONLINE, State.BUSY, State.WRAP_UP, State.BREAK


def recorded(entries: list[Entry], under: PrecedenceHistory) -> AgentState:
    """What the commits of one entry after the other leave."""
    state = NEVER_SEEN
    for count, entry in enumerate(entries, 1):
        state = advance(state, entry, under) or replay(entries[:count], under)
    return state


def at(seconds: float, state: State, **changes: object) -> Entry:
    """A change of the phone, unless told otherwise."""
    values: dict[str, Any] = {
        "event_id": f"{seconds}",
        "occurred_time": MORNING + timedelta(seconds=seconds),
    }
    return an_entry(state=state, **(values | changes))


def pressed(seconds: float, state: State) -> Entry:
    return at(seconds, state, source="agent-app", source_kind=SourceKind.AGENT)


def limit(seconds: float, of: float, state: State = ONLINE) -> Entry:
    refers_to = Details(refers_to_time=MORNING + timedelta(seconds=of))
    return at(seconds, state, kind=EntryKind.LIMIT, event_id=f"limit-{of}", details=refers_to)


@given(histories(), rules())
def test_the_state_kept_by_commits_is_that_of_the_whole_log(
    history: list[Entry], under: PrecedenceHistory
) -> None:
    kept, told = recorded(history, under), replay(history, under)

    assert (kept.look, kept.since_time) == (told.look, told.since_time)
    assert sorted(kept.tracks) == sorted(told.tracks)


@given(histories(), rules(), st.randoms())
def test_the_order_of_recording_changes_nothing(
    history: list[Entry], under: PrecedenceHistory, chance: random.Random
) -> None:
    shuffled = history.copy()
    chance.shuffle(shuffled)

    one, other = recorded(history, under), recorded(shuffled, under)

    assert (one.look, one.since_time) == (other.look, other.since_time)


@given(histories(), rules(), st.integers(0, 24), st.integers(0, 12))
def test_what_the_recent_log_tells_is_what_the_whole_one_does(
    history: list[Entry], under: PrecedenceHistory, count: int, step: int
) -> None:
    known, new = replay(history[:count], under), history[count:]
    from_time = MORNING + timedelta(seconds=step)
    recent = [entry for entry in history[:count] if entry.occurred_time >= from_time]

    told = replay_recent(known, recent + new, from_time, under)

    if told is not None:
        whole = replay(history, under)
        assert (told.look, told.since_time) == (whole.look, whole.since_time)
        assert sorted(told.tracks) == sorted(whole.tracks)
        assert told.newest == whole.newest


def test_the_recent_log_tells_of_a_late_report() -> None:
    whole = [at(0, ONLINE), at(5, BUSY), at(8, ONLINE), at(9, BUSY)]
    known, late = replay(whole, DEFAULT), at(7, BREAK)

    told = replay_recent(known, [*whole[2:], late], MORNING + timedelta(seconds=7), DEFAULT)

    assert told == replay([*whole, late], DEFAULT)


@given(histories(), rules())
def test_a_state_that_was_stored_moves_on_as_the_one_in_memory(
    history: list[Entry], under: PrecedenceHistory
) -> None:
    state = recorded(history, under)

    tracks, newest = unpack_tracks("agents/ana", pack_tracks(state))

    assert newest == state.newest
    assert look_of(tracks, under.versions[-1]) == look_of(state.tracks, under.versions[-1])
    stored = state._replace(tracks=tracks)
    assert (stored.limit_time, stored.load_count) == (state.limit_time, state.load_count)


@pytest.mark.parametrize(
    ("entries", "state", "since"),
    [
        ([], State.UNOBSERVED, None),
        ([at(0, ONLINE), at(5, ONLINE)], ONLINE, 0),
        # A pressed break holds beside a phone that is ready, and yields to a call.
        ([at(0, ONLINE), pressed(1, BREAK), at(2, ONLINE)], BREAK, 1),
        ([at(0, ONLINE), pressed(1, BREAK), at(2, BUSY)], BUSY, 2),
        ([pressed(1, BREAK), at(2, BUSY), at(3, ONLINE)], BREAK, 3),
        # A pressed button ends what the phone began, and a lost phone leaves the button.
        ([at(0, WRAP_UP), pressed(1, ONLINE)], ONLINE, 1),
        ([pressed(0, ONLINE), at(1, BUSY), at(2, State.UNOBSERVED)], ONLINE, 2),
        ([pressed(0, State.OFFLINE), at(1, ONLINE)], ONLINE, 1),
        # A limit counts for its own wrap-up only.
        ([at(0, WRAP_UP), limit(5, of=0)], ONLINE, 5),
        ([at(0, WRAP_UP), limit(5, of=0, state=WRAP_UP)], WRAP_UP, 5),
        ([at(0, WRAP_UP), at(3, BUSY), limit(5, of=0)], BUSY, 3),
        ([at(0, WRAP_UP), at(3, WRAP_UP), limit(5, of=0), limit(8, of=3)], ONLINE, 8),
    ],
)
def test_several_tracks_make_one_state(
    entries: list[Entry], state: State, since: float | None
) -> None:
    told = recorded(entries, DEFAULT)

    assert told.look.state is state
    if since is not None:
        assert told.since_time == MORNING + timedelta(seconds=since)


def test_a_limit_that_leaves_her_in_wrap_up_marks_the_overrun() -> None:
    told = recorded([at(0, WRAP_UP), limit(5, of=0, state=WRAP_UP)], DEFAULT)

    assert told.look.marks == Mark.OVERRUN


def test_a_busy_agent_shows_the_contacts_of_all_her_busy_tracks() -> None:
    phone = at(0, BUSY, contacts=("call-2",))
    chat = at(1, BUSY, source="chat", contacts=("chat-9", "chat-1"))

    told = recorded([phone, chat], DEFAULT)

    assert told.look.contacts == ("call-2", "chat-1", "chat-9")


@pytest.mark.parametrize(("load", "has_left"), [(1, True), (2, False)])
def test_capacity_is_left_as_far_as_the_busy_tracks_together_tell(
    load: int, has_left: bool
) -> None:
    phone = at(0, BUSY, details=Details(load_count=1, capacity_count=1))
    chat = at(1, BUSY, source="chat", details=Details(load_count=load, capacity_count=2))

    told = recorded([phone, chat], DEFAULT)

    assert told.look.capacity_left is has_left
    assert not recorded([at(0, BUSY)], DEFAULT).look.capacity_left


def test_taking_the_last_she_can_take_moves_since_when_she_is_what_she_is() -> None:
    some, all_ = (
        at(load, BUSY, details=Details(load_count=load, capacity_count=2)) for load in (1, 2)
    )

    assert recorded([some, all_], DEFAULT).since_time == all_.occurred_time


def test_an_accepted_claim_is_no_claim_any_more() -> None:
    claim = pressed(0, ONLINE)._replace(marks=Mark.CLAIMED, event_id="press")
    acceptance = at(
        9,
        State.UNOBSERVED,
        kind=EntryKind.ACCEPTANCE,
        details=Details(refers_to_source="agent-app", refers_to_event_id="press"),
    )

    assert recorded([claim], DEFAULT).look.marks == Mark.CLAIMED
    assert recorded([claim, acceptance], DEFAULT).look.marks == 0


def test_the_next_limit_of_a_wrap_up_is_told_until_it_ends() -> None:
    wrap_up = at(0, WRAP_UP, details=Details(limit_time=MORNING + timedelta(seconds=60)))

    assert recorded([wrap_up], DEFAULT).limit_time == MORNING + timedelta(seconds=60)
    assert recorded([wrap_up, limit(60, of=0, state=WRAP_UP)], DEFAULT).limit_time is None


def test_another_precedence_counts_from_its_start_on() -> None:
    button_first = Precedence(((Match(TrackKind.PERSON),),))
    start_time = MORNING + timedelta(seconds=10)
    under = PrecedenceHistory((MORNING, start_time), (DEFAULT_PRECEDENCE, button_first))

    told = recorded([at(0, BUSY), pressed(1, BREAK)], under)

    assert told == (Look(BREAK, "meal"), start_time, told.tracks, told.newest)
