import numpy as np
import pytest
from hypothesis import given

from services.presence.domain.agent_day import (
    UnknownVersionError,
    empty_day,
    pack_days,
    unpack_days,
)
from services.presence.domain.looks import Look
from services.presence.domain.site_timelines import SiteTimelines
from tests.unit.presence.timelines import DAY_START, days, intervals_of, timelines

ONLINE, MEAL = Look(1, 0, 0, ""), Look(4, 0, 17, "meal")
CHATTING = Look(2, 5, 0, "", capacity_left=True)


@given(days())
def test_a_packed_day_says_exactly_what_was_packed(day: SiteTimelines) -> None:
    again = unpack_days(DAY_START, pack_days(day))

    assert intervals_of(again) == intervals_of(day)
    assert again.openings_ms.tolist() == day.openings_ms.tolist()
    assert again.last_changes_ms.tolist() == day.last_changes_ms.tolist()


def test_the_packed_form_is_as_documented() -> None:
    day = timelines({"ana": [(-5_000, CHATTING), (60_000, MEAL)]})

    (packed,) = pack_days(day)

    assert packed.reasons == "\x1fmeal"
    chatting, meal = 2 | 5 << 3 | 1 << 13, 4 | 17 << 7 | 1 << 14
    numbers = np.frombuffer(packed.packed, "<u4").tolist()
    opening = DAY_START - 5_000
    assert numbers == [2, 2, opening & 0xFFFFFFFF, opening >> 32, 0, 60_000, chatting, meal]


@pytest.mark.parametrize("version", [b"\x01", b"\x03"])
def test_a_form_of_another_release_is_not_guessed_at(version: bytes) -> None:
    (packed,) = pack_days(timelines({"ana": [(0, ONLINE)]}))

    with pytest.raises(UnknownVersionError):
        unpack_days(DAY_START, [packed._replace(packed=version + packed.packed[1:])])


def test_somebody_of_whom_nothing_is_known_has_no_timeline() -> None:
    (packed,) = pack_days(timelines({"ana": [(0, ONLINE)]}))
    day = unpack_days(DAY_START, [packed, empty_day("agents/bob")])

    assert list(intervals_of(day)) == ["agents/ana"]
