"""What cannot be worked out from all sums that a caller is told."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.domain.board_rows import Grouping, group_key
from gateway.domain.heatmap import Person
from gateway.domain.suppression import suppressed_groups, untold_groups

SITES = ("sites/a", "sites/b")
GROUPINGS = (Grouping.TEAM, Grouping.LINE, Grouping.SITE)
teams = st.lists(
    st.tuples(st.sampled_from(SITES), st.sampled_from(("", "x", "y", "z")), st.integers(1, 9)),
    min_size=1,
    max_size=7,
)


def people_of(teams: Sequence[tuple[str, str, int]]) -> list[Person]:
    """Returns the people of teams, each with its site, line and size; who has no line, no team."""
    return [
        Person(f"agents/{team}-{number}", "", f"teams/{team}" if line else "", site, line)
        for team, (site, line, size) in enumerate(teams)
        for number in range(size)
    ]


def told_sums(people: Sequence[Person], smallest: dict[str, int]) -> list[set[str]]:
    """Returns who is summed up in each group that is told, of one site or of all, by whatever."""
    told = []
    for sites, grouping in product([{site} for site in SITES] + [set(SITES)], GROUPINGS):
        asked = [one for one in people if one.site in sites]
        untold = untold_groups(asked, grouping, smallest)
        members: dict[str, set[str]] = {}
        for one in asked:
            members.setdefault(group_key(one, grouping), set()).add(one.agent)
        told += [agents for key, agents in members.items() if key not in untold]
    return told


def worked_out(people: Sequence[Person], sums: Sequence[set[str]], at: str) -> list[int]:
    """Returns the sizes of all unions of a site's teams that follow from sums."""
    atoms = Counter((one.site, one.team) for one in people)
    of = {one.agent: (one.site, one.team) for one in people}
    rows = [[float(atom in {of[agent] for agent in told}) for atom in atoms] for told in sums]
    known = np.array(rows).reshape(len(rows), len(atoms))
    unions = np.array([*product((0.0, 1.0), repeat=len(atoms))])[1:]
    unions = unions[unions @ [float(site != at) for site, _ in atoms] == 0]
    off = np.abs(unions - unions @ np.linalg.pinv(known) @ known).max(axis=1)
    sizes: list[float] = (unions[off < 1e-6] @ np.array([*atoms.values()])).tolist()
    return [round(size) for size in sizes]


@given(teams, st.integers(1, 8), st.integers(1, 8))
@example([("sites/a", "x", 9), ("sites/a", "y", 2)], 5, 5)
@example([("sites/a", "x", 6), ("sites/a", "x", 3), ("sites/a", "y", 2), ("sites/a", "z", 7)], 5, 5)
@example([("sites/a", "", 1), ("sites/a", "x", 9)], 5, 5)
def test_no_group_that_is_too_small_is_a_difference_of_what_is_told(
    teams: list[tuple[str, str, int]], smallest_at_a: int, smallest_at_b: int
) -> None:
    smallest = dict(zip(SITES, (smallest_at_a, smallest_at_b), strict=True))
    people = people_of(teams)

    sums = told_sums(people, smallest)

    for site, least in smallest.items():
        assert min(worked_out(people, sums, site), default=least) >= least


def test_teams_that_are_large_enough_are_told_whatever_their_line() -> None:
    people = people_of([("sites/a", "x", 6), ("sites/a", "x", 7), ("sites/a", "y", 5)])

    assert not untold_groups(people, Grouping.TEAM, {"sites/a": 5})


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)),
    st.integers(1, 8),
)
def test_what_is_not_told_is_nothing_or_enough_together(
    hidden: dict[str, int], smallest: int
) -> None:
    withheld = suppressed_groups(hidden, smallest)

    total = sum(hidden[key] for key in withheld)
    shown = Counter({key: count for key, count in hidden.items() if key not in withheld})
    assert all(count == 0 or count >= smallest for count in shown.values())
    assert not withheld or total >= smallest or sum(shown.values()) == 0
