from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.roster.domain.publishing import (
    MOST_SHIFTS_PER_MESSAGE,
    decide_publication,
    split_versions,
)
from services.roster.domain.shifts import ShiftName
from tests.unit.roster.builders import a_shift, published

EARLY = a_shift("one", "03-02 09:00", "03-02 17:00")
LATE = a_shift("two", "03-03 13:00", "03-03 21:00")


def test_the_same_shifts_again_make_no_publication() -> None:
    known = {shift.name: published(shift) for shift in (EARLY, LATE)}

    publication = decide_publication([EARLY, LATE], set(), known)

    assert (publication.shifts, publication.unchanged_count) == ((), 2)


def test_an_amended_shift_gets_the_next_version() -> None:
    amended = a_shift("one", "03-02 10:00", "03-02 18:00")
    known = {EARLY.name: published(EARLY, number=3)}

    publication = decide_publication([amended, LATE], set(), known)
    versions = publication.versions(
        published(EARLY).site, known, published(EARLY).publish_time, "accounts/planner"
    )

    assert (publication.amended, publication.created) == ((amended,), (LATE,))
    assert [(version.shift.name, version.number) for version in versions] == [
        (LATE.name, 1),
        (EARLY.name, 4),
    ]


def test_a_shift_is_taken_back_once() -> None:
    known = {EARLY.name: published(EARLY), LATE.name: published(replace(LATE, cancelled=True))}
    names = {EARLY.name, LATE.name, ShiftName("shifts/never")}

    publication = decide_publication([], names, known)

    assert publication.cancelled == (replace(EARLY, cancelled=True),)
    assert publication.unchanged_count == 2


def test_a_shift_that_was_taken_back_can_be_published_again() -> None:
    known = {EARLY.name: published(replace(EARLY, cancelled=True))}

    assert decide_publication([EARLY], set(), known).amended == (EARLY,)


@given(st.integers(0, 3 * MOST_SHIFTS_PER_MESSAGE))
def test_messages_hold_every_version_once_and_never_too_many(count: int) -> None:
    versions = [published(EARLY)] * count

    parts = list(split_versions(versions))

    assert sum(map(len, parts)) == count
    assert all(0 < len(part) <= MOST_SHIFTS_PER_MESSAGE for part in parts)
