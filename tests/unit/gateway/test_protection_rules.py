from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.protection import (
    RULE_SETS,
    STANDARD,
    STRICT,
    Agreement,
    HistoryAudience,
    ProfileVersion,
    Rules,
    rules_in_force,
    suppressed,
)
from tests.unit.gateway.fakes import MORNING

RULES = RULE_SETS[STANDARD]
DAY = timedelta(days=1)


def version(
    number: int, rule_set: str, begins: datetime = MORNING, *, at_first: bool = False
) -> ProfileVersion:
    agreement = Agreement("the works council", date(2026, 11, 1), "WA 12")
    return ProfileVersion(
        "sites/bank", number, rule_set, agreement, begins, at_first, "accounts/boss", begins
    )


def widens(former: Rules, latter: Rules) -> bool:
    """Whether anything is allowed by the latter that the former forbids."""
    return (
        (
            former.history_audience is HistoryAudience.DIRECT_LEAD
            and latter.history_audience is HistoryAudience.SCOPE
        )
        or (former.purpose_required and not latter.purpose_required)
        or latter.smallest_group < former.smallest_group
        or (latter.person_ranking and not former.person_ranking)
    )


def test_a_site_for_which_nobody_chose_is_strict() -> None:
    assert rules_in_force([], MORNING) == RULE_SETS[STRICT]


def test_a_profile_that_was_chosen_before_anything_was_recorded_holds_for_all_of_it() -> None:
    assert rules_in_force([version(1, STANDARD, at_first=True)], MORNING) == RULES


def test_what_was_recorded_before_the_first_choice_stays_under_the_strict_rules() -> None:
    assert rules_in_force([version(1, STANDARD)], MORNING + 100 * DAY) == RULE_SETS[STRICT]


def test_a_stricter_version_holds_at_once_and_also_for_the_past() -> None:
    versions = [version(1, STANDARD, at_first=True), version(2, STRICT, MORNING + DAY)]

    assert rules_in_force(versions, MORNING) == RULES
    assert rules_in_force(versions, MORNING + DAY) == RULE_SETS[STRICT]


@given(
    choices=st.lists(st.tuples(st.sampled_from(sorted(RULE_SETS)), st.integers(0, 30)), max_size=6),
    chosen_at_first=st.booleans(),
    looks=st.lists(st.integers(0, 200), min_size=2, max_size=5),
)
def test_nothing_that_is_chosen_ever_opens_what_was_closed(
    choices: list[tuple[str, int]], chosen_at_first: bool, looks: list[int]
) -> None:
    begins, versions = MORNING, []
    for number, (rule_set, days) in enumerate(choices, start=1):
        begins += days * DAY
        first = number == 1 and chosen_at_first
        versions.append(version(number, rule_set, begins, at_first=first))
    if chosen_at_first and versions:
        looks = [look + choices[0][1] for look in looks]

    seen = [rules_in_force(versions, MORNING + look * DAY) for look in sorted(looks)]

    assert not any(widens(former, latter) for former, latter in pairwise(seen))


def test_a_group_is_shown_from_five_persons_on() -> None:
    assert [suppressed(size, RULES) for size in (1, 4, 5, 6)] == [True, True, False, False]
