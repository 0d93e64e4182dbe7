import json

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st
from muster.gateway.v1 import push_pb2
from muster.presence.v1 import state_pb2

from gateway.domain.feed import Changes, Position, Ring, merge
from gateway.push.frames import states_frame
from tests.unit.gateway.changes import a_break, a_link

REASONS = frozenset({"presence.reasons.read"})


def test_a_position_reads_what_it_writes() -> None:
    assert Position.parse(str(Position(3, 42))) == Position(3, 42)


@pytest.mark.parametrize(
    "text", ["", "1", "1:", ":1", "-1:2", "1:2:3", "١:٢", "1:" + "9" * 19, "a:b"]
)
def test_anything_else_is_no_position(text: str) -> None:
    with pytest.raises(ValueError, match=r"not|long"):
        Position.parse(text)


@given(st.integers(0, 30), st.integers(1, 40), st.integers(0, 45))
def test_a_ring_holds_the_newest_links_without_a_gap(start: int, count: int, place: int) -> None:
    ring = Ring(Position(1, start), limit=5 * a_link(1).size)
    for seq in range(start + 1, start + count + 1):
        ring.append(a_link(seq))

    kept = [link.position.seq for link in ring.after(ring.start, ring.end)]

    assert ring.end == Position(1, start + count)
    assert kept == list(range(ring.start.seq + 1, start + count + 1))
    assert len(kept) == min(count, 5)
    assert ring.holds(Position(1, place)) == (place >= ring.start.seq)


def test_another_epoch_begins_the_ring_anew() -> None:
    ring = Ring(Position(1, 0))
    ring.append(a_link(1))

    ring.append(a_link(9, epoch=2))

    assert ring.start == Position(2, 8)
    assert not ring.holds(Position(1, 1))


def test_a_link_larger_than_the_ring_is_kept_until_the_next_one() -> None:
    ring = Ring(Position(1, 0), limit=10)
    ring.append(a_link(1, "a", "b"))

    assert ring.holds(Position(1, 0))

    ring.append(a_link(2))

    assert ring.start == Position(1, 1)


def test_a_frame_is_the_json_of_the_message() -> None:
    one, other = a_link(6, "a05"), a_link(7, "李")
    more = other.changes[0]._replace(capacity_left=True)
    changes = merge([one, Changes(other.position, (more,))])

    frame = states_frame("sites/bank", changes, REASONS).decode()

    event, data, *rest = frame.split("\n")
    assert (event, rest) == ("event: states", ["", ""])
    message = json_format.Parse(data.removeprefix("data: "), push_pb2.BoardChanges())
    assert message == push_pb2.BoardChanges(
        cursor=state_pb2.Cursor(site="sites/bank", epoch=1, seq=7),
        agents=["agents/a05", "agents/李"],
        states=[state_pb2.STATE_BREAK] * 2,
        reasons=["lunch"] * 2,
        activities=[state_pb2.ACTIVITY_UNSPECIFIED] * 2,
        occurred_times_ms=[1_795_319_731_006, 1_795_319_731_007],
        marks=[2, 2],
        since_times_ms=[1_795_319_731_006, 1_795_319_731_007],
        revised=[False, False],
        capacity_left=[False, True],
    )
    assert json.loads(data.removeprefix("data: ")) == json_format.MessageToDict(message)


def test_a_column_that_may_not_be_read_is_not_there() -> None:
    frame = states_frame("sites/bank", merge([a_link(6)]), frozenset())

    assert b"lunch" not in frame
    assert b"reasons" not in frame
    assert b"STATE_BREAK" in frame


def test_what_concerns_everybody_concerns_whoever_sees_a_part() -> None:
    outage = a_break("", 0)._replace(agent="", revised=True)
    link = Changes(Position(1, 1), (a_break("a", 1), outage, a_break("b", 2)))

    seen = link.only(lambda change: change.agent == "agents/b")

    assert [change.agent for change in seen.changes] == ["", "agents/b"]
