"""The service level by each policy."""

import pytest

from services.dispatch.domain.service_level import Policy, StayCounts, service_level_ratio

# 1,000 answered, 860 in time, 60 abandoned of which 20 early.
WORKED = StayCounts(answered=1_000, answered_in_time=860, abandoned=60, short_abandoned=20)


@pytest.mark.parametrize(
    ("policy", "percent"),
    [
        (Policy.OF_OFFERED, 81.1),
        (Policy.OF_OFFERED_WITHOUT_SHORT_ABANDONS, 82.7),
        (Policy.OF_ANSWERED, 86.0),
        (Policy.OF_OFFERED_SHORT_ABANDONS_IN_TIME, 83.0),
    ],
)
def test_the_worked_example_by_each_policy(policy: Policy, percent: float) -> None:
    ratio = service_level_ratio(WORKED, policy, includes_other_leavers=False)

    assert ratio is not None
    assert round(ratio * 100, 1) == percent


@pytest.mark.parametrize("policy", Policy)
def test_nothing_to_divide_by_is_none(policy: Policy) -> None:
    assert service_level_ratio(StayCounts(), policy, includes_other_leavers=True) is None


def test_other_leavers_count_as_abandoned_only_where_the_switch_says_so() -> None:
    counts = StayCounts(answered=6, answered_in_time=6, timed_out=1, overflowed=2, callback=1)

    ratios = [
        service_level_ratio(counts, Policy.OF_OFFERED, includes_other_leavers=included)
        for included in (False, True)
    ]

    assert ratios == [1.0, 0.6]


def test_other_leavers_do_not_touch_the_share_of_those_answered() -> None:
    counts = StayCounts(answered=4, answered_in_time=3, timed_out=9)

    assert service_level_ratio(counts, Policy.OF_ANSWERED, includes_other_leavers=True) == 0.75
