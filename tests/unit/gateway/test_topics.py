import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.feed import Position
from gateway.domain.topics import Kind, Topic, read_places, write_places

_PLACES = st.none() | st.builds(Position, st.integers(0, 999), st.integers(0, 10**15))


@given(st.lists(_PLACES, min_size=1, max_size=20))
def test_places_read_what_was_written(places: list[Position | None]) -> None:
    assert list(read_places(write_places(places))) == places


def test_the_place_of_a_lone_topic_is_its_cursor() -> None:
    assert write_places([Position(1, 42)]) == "1:42"


@pytest.mark.parametrize("text", ["", ",", "1:2,", "1:2;1:3", "x", "--"])
def test_anything_else_is_no_places(text: str) -> None:
    with pytest.raises(ValueError, match=r"not|long"):
        read_places(text)


@pytest.mark.parametrize("kind", Kind)
def test_a_topic_is_a_kind_and_a_site(kind: Kind) -> None:
    topic = Topic.parse(f"{kind}/sites/bank-2")

    assert topic == Topic(kind, "sites/bank-2")
    assert str(topic) == f"{kind}/sites/bank-2"


@pytest.mark.parametrize(
    "text", ["", "board", "board/bank", "board/sites/", "board/sites/Bank", "plan/sites/bank"]
)
def test_anything_else_is_no_topic(text: str) -> None:
    with pytest.raises(ValueError, match="no topic"):
        Topic.parse(text)
