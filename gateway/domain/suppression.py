"""Which groups are too small to be told to whoever may not see each of their people.

A group is told only if those whom the caller may not see are none, or enough of them. And since a
sum over everybody less the groups that are told gives the rest, those that are not told must be
enough together as well: of a sum that is told, those whom none of its told parts tells.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from gateway.domain.board_rows import Grouping, group_key
from gateway.domain.heatmap import Person


def untold_groups(
    hidden: Sequence[Person], grouping: Grouping, smallest: Mapping[str, int]
) -> frozenset[str]:
    """Returns the teams, lines or sites that are not told, of people whom the caller may not see;
    `smallest` is by site. The sums of all three are told side by side, and to the same caller.
    """
    return frozenset(key for _, key in _untold(hidden, grouping, smallest))


def _untold(
    hidden: Sequence[Person], grouping: Grouping, smallest: Mapping[str, int]
) -> frozenset[tuple[str, str]]:
    """Judges a site's lines together, and the teams of a line that is told. Other teams are parts
    of the site's sum alone, whatever their line.
    """
    is_by_team = grouping is Grouping.TEAM
    untold_lines = _untold(hidden, Grouping.LINE, smallest) if is_by_team else frozenset()
    families: dict[tuple[str, str | None], Counter[str]] = {}
    for one in hidden:
        is_of_line = is_by_team and (one.site, one.line) not in untold_lines
        family = families.setdefault((one.site, one.line if is_of_line else None), Counter())
        family[group_key(one, grouping)] += 1
    return frozenset(
        (site, key)
        for (site, _), counts in families.items()
        for key in suppressed_groups(counts, smallest[site])
    )


def suppressed_groups(hidden_counts: Mapping[str, int], smallest: int) -> frozenset[str]:
    """Returns the groups that are not told, of groups with so many people each whom the caller may
    not see. Groups among which one can be worked out from the others belong into one call.
    """
    hidden = {key: count for key, count in hidden_counts.items() if count > 0}
    small = {key for key, count in hidden.items() if count < smallest}
    told = sorted((key for key in hidden if key not in small), key=lambda key: (hidden[key], key))
    return frozenset(_widened(small, told, hidden, smallest))


def _widened(
    small: set[str], told: Sequence[str], hidden: Mapping[str, int], smallest: int
) -> set[str]:
    """Adds the next larger groups until those not told are enough together; nobody else's loss."""
    withheld = set(small)
    for key in told:
        if not withheld or sum(hidden[one] for one in withheld) >= smallest:
            return withheld
        withheld.add(key)
    return withheld
