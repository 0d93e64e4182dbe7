"""Which groups are too small to be told to whoever may not see each of their people.

A group is told only if those whom the caller may not see are none, or enough of them. And since a
sum over everybody less the groups that are told gives the rest, those that are not told must be
enough together as well.
"""

from collections.abc import Mapping, Sequence


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
