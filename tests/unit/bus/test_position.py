"""What a message means to somebody who has come so far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.bus.position import Position, Step, decide_step
from chassis.bus.retrying import pause_seconds
from chassis.bus.streams import stream_of, subject_of

KNOWN = Position("bank", 2, 5)


@pytest.mark.parametrize(
    ("epoch", "seq", "step"),
    [
        (2, 6, Step.NEXT),
        (2, 5, Step.REPEATED),
        (2, 1, Step.REPEATED),
        (2, 7, Step.GAP),
        (1, 6, Step.REPEATED),
        (3, 6, Step.NEW_EPOCH),
        (3, 1, Step.NEW_EPOCH),
    ],
)
def test_a_message_is_the_next_one_or_old_or_shows_that_some_are_missing(
    epoch: int, seq: int, step: Step
) -> None:
    assert decide_step(KNOWN, Position("bank", epoch, seq)) is step


@given(st.lists(st.integers(1, 9)))
def test_whatever_arrives_what_is_applied_is_in_order_and_without_a_hole(seqs: list[int]) -> None:
    known, applied = Position("bank", 1, 0), []
    for seq in seqs:
        arrived = Position("bank", 1, seq)
        if decide_step(known, arrived) is Step.NEXT:
            known = arrived
            applied.append(seq)

    assert applied == list(range(1, len(applied) + 1))


@given(
    st.from_regex("[a-z0-9-]{1,63}", fullmatch=True),
    st.integers(1, 2**31 - 1),
    st.integers(0, 2**63 - 1),
)
def test_a_message_id_is_read_as_it_was_written(site: str, epoch: int, seq: int) -> None:
    position = Position(site, epoch, seq)

    assert Position.parse(str(position)) == position


@pytest.mark.parametrize("text", ["", "bank", "bank:1", "bank:1:2:3", "bank:one:2", "bank:1:"])
def test_anything_else_is_no_message_id(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (no message of ours)
        Position.parse(text)


def test_pauses_grow_up_to_two_seconds() -> None:
    assert [pause_seconds(count) for count in (1, 2, 3, 6, 1000)] == [0.1, 0.2, 0.4, 2.0, 2.0]


def test_an_owner_has_one_stream_and_a_subject_for_each_event_and_site() -> None:
    assert stream_of("presence") == "MUSTER_PRESENCE"
    assert subject_of("presence", "agent_states_changed", "bank") == (
        "muster.presence.v1.agent_states_changed.bank"
    )
