"""Children start in the order of their needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.supervisor.child import Child
from chassis.supervisor.order import start_waves
from chassis.supervisor.probes import always_ready


def a_child(name: str, *needs: str) -> Child:
    return Child(name=name, command=(name,), probe=always_ready, needs=frozenset(needs))


def names(waves: tuple[tuple[Child, ...], ...]) -> list[list[str]]:
    return [[child.name for child in wave] for wave in waves]


def test_a_child_starts_after_all_that_it_needs() -> None:
    children = [a_child("board", "store", "people"), a_child("people", "store"), a_child("store")]

    waves = start_waves(children)

    assert names(waves) == [["store"], ["people"], ["board"]]


def test_children_without_needs_of_each_other_start_at_once() -> None:
    children = [a_child("store"), a_child("bus"), a_child("people", "store", "bus")]

    waves = start_waves(children)

    assert names(waves) == [["store", "bus"], ["people"]]


def test_a_need_that_runs_already_is_met() -> None:
    waves = start_waves([a_child("people", "store")], ready=["store"])

    assert names(waves) == [["people"]]


def test_a_need_that_nobody_meets_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="people needs store"):
        start_waves([a_child("people", "store")])


def test_a_circle_of_needs_is_refused() -> None:
    with pytest.raises(ValueError, match="no order to start in"):
        start_waves([a_child("hen", "egg"), a_child("egg", "hen")])


def test_two_children_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="share a name: people"):
        start_waves([a_child("people"), a_child("people")])


@st.composite
def trees(draw: st.DrawFn) -> list[Child]:
    """Children each of which needs some of those before it, in any order."""
    count = draw(st.integers(1, 8))
    children = [
        a_child(
            str(number),
            *draw(
                st.sets(st.sampled_from([str(n) for n in range(number)]))
                if number
                else st.just(set())
            ),
        )
        for number in range(count)
    ]
    return draw(st.permutations(children))


@given(trees())
def test_every_child_starts_once_and_never_before_its_needs(children: list[Child]) -> None:
    started: list[str] = []

    for wave in start_waves(children):
        assert all(child.needs <= set(started) for child in wave)
        started += [child.name for child in wave]

    assert sorted(started) == sorted(child.name for child in children)
