"""Whoever compares the exported leaves with the stored ones is told the very entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof.differences import Difference, Kind, find_differences
from tests.unit.proof.builders import a_chain, leaves_of

DAY = [["a", "b", "c"], ["d"], ["e", "f"], ["g", "h", "i"]]


def differences(*stored: list[str]) -> list[Difference]:
    return find_differences(leaves_of(a_chain(*DAY)), leaves_of(a_chain(*stored)))


def test_equal_days_do_not_differ() -> None:
    assert differences(*DAY) == []


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        (
            [["a", "b", "c"], ["d"], ["e", "X"], ["g", "h", "i"]],
            [Difference(Kind.ALTERED, 3, 1, 3, 1)],
        ),
        ([["a", "b", "c"], ["d"], ["e"], ["g", "h", "i"]], [Difference(Kind.REMOVED, 3, 1)]),
        (
            [["a", "b", "c"], ["d"], ["e", "f"], ["g", "h", "i", "X"]],
            [Difference(Kind.INSERTED, 4, 3, 4, 3)],
        ),
        (
            [["a", "b", "h"], ["d"], ["e", "f"], ["g", "c", "i"]],
            [Difference(Kind.MOVED, 1, 2, 4, 1), Difference(Kind.MOVED, 4, 1, 1, 2)],
        ),
        ([["a", "b", "c"], ["e", "f"], ["g", "h", "i"]], [Difference(Kind.REMOVED, 2, 0)]),
        (
            [["a", "b", "c"], ["X"], ["d"], ["e", "f"], ["g", "h", "i"]],
            [Difference(Kind.INSERTED, 2, 0, 2, 0)],
        ),
        (
            [["a", "b", "c"], ["d"], ["e", "f", "a"], ["g", "h", "i"]],
            [Difference(Kind.INSERTED, 3, 2, 3, 2)],
        ),
    ],
    ids=["altered", "removed", "inserted", "swapped", "link removed", "link inserted", "repeated"],
)
def test_what_was_done_is_named(stored: list[list[str]], found: list[Difference]) -> None:
    assert [one for one in differences(*stored) if one.kind is not Kind.RETIMED] == found


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=6), st.data()
)
def test_any_one_altered_entry_is_named_by_its_place(
    day: list[list[int]], data: st.DataObject
) -> None:
    texts = [
        [f"{seq}.{at}.{entry}" for at, entry in enumerate(link)] for seq, link in enumerate(day)
    ]
    seq = data.draw(st.integers(0, len(day) - 1))
    position = data.draw(st.integers(0, len(day[seq]) - 1))
    altered = [list(link) for link in texts]
    altered[seq][position] += "!"

    found = find_differences(leaves_of(a_chain(*texts)), leaves_of(a_chain(*altered)))

    assert found == [Difference(Kind.ALTERED, seq + 1, position, seq + 1, position)]
