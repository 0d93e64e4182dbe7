from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.looks import Look
from services.presence.domain.site_timelines import SiteTimelines
from services.presence.domain.strips import BLOCK_MS, dominant_states
from tests.unit.presence.timelines import DAY, DAY_START, days, held_ms, intervals_of, timelines

ONLINE, BUSY, BREAK = Look(1, 0, 0, ""), Look(2, 0, 0, ""), Look(4, 0, 0, "meal")
HOUR, MINUTE = 3_600_000, 60_000


@given(days(span_ms=HOUR + 7 * MINUTE), st.integers(-MINUTE, 2 * HOUR))
def test_a_block_shows_the_state_that_holds_longest(told: SiteTimelines, passed: int) -> None:
    passed_ms = DAY_START + passed

    strips = dominant_states(told, passed_ms)

    assert strips.shape == (len(told.agents), 14)
    for row, told_row in enumerate(intervals_of(told).values()):
        for block, state in enumerate(strips[row].tolist()):
            start = DAY_START + block * BLOCK_MS
            held = held_ms(told_row, start, min(start + BLOCK_MS, passed_ms))
            longest = max(held.values(), default=0)
            assert state == min((s for s, ms in held.items() if ms == longest), default=0)


def test_of_equally_long_states_the_lower_number_counts() -> None:
    told = timelines({"ana": [(0, BREAK), (150_000, BUSY), (300_000, ONLINE)]})

    assert dominant_states(told, DAY_START + DAY)[0][:2].tolist() == [2, 1]


def test_short_states_add_up_within_a_block() -> None:
    changes = [(minute * MINUTE, (BUSY, ONLINE)[minute % 2]) for minute in range(5)]

    assert dominant_states(timelines({"ana": changes}), DAY_START + DAY)[0][0] == 2
