"""Names what differs between the leaves of a day as they were exported and as they are stored."""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from proof.leaves import LinkLeaves
from proof.merkle import root_of


class Kind(StrEnum):
    """What was done to an entry or a link."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    RETIMED = "given another time of recording"


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that differs, by its place; `position` is None where a whole link is meant.

    The place is the stored one for what was inserted, and the exported one for all others.
    """

    kind: Kind
    seq: int
    position: int | None = None
    stored_seq: int | None = None
    stored_position: int | None = None


class _Leaf(NamedTuple):
    seq: int
    position: int
    leaf: bytes


def find_differences(
    exported: Sequence[LinkLeaves], stored: Sequence[LinkLeaves]
) -> list[Difference]:
    """Returns what differs, in order of place; empty only if all is the same."""
    first, from_end = _equal_ends(exported, stored)
    left = exported[first : len(exported) - from_end]
    right = stored[first : len(stored) - from_end]
    found = [*_differing_entries(left, right), *_differing_times(exported, stored)]
    return sorted(found, key=lambda one: (one.seq, -1 if one.position is None else one.position))


def _equal_ends(exported: Sequence[LinkLeaves], stored: Sequence[LinkLeaves]) -> tuple[int, int]:
    """Counts the links that hold the same entries at the start and at the end.

    A link's root tells nothing of its seq, so that links behind one that was removed are equal.
    """
    left = [root_of(link.leaves) for link in exported]
    right = [root_of(link.leaves) for link in stored]
    shorter = min(len(left), len(right))
    first = 0
    while first < shorter and left[first] == right[first]:
        first += 1
    last = 0
    while last < shorter - first and left[-1 - last] == right[-1 - last]:
        last += 1
    return first, last


def _differing_entries(
    exported: Sequence[LinkLeaves], stored: Sequence[LinkLeaves]
) -> Iterator[Difference]:
    left, right = _flat(exported), _flat(stored)
    kept_left, gone = _matched(left, right)
    kept_right, new = _matched(right, left)
    missing = {(one.seq, one.position) for one in gone}
    extra = {(one.seq, one.position) for one in new}
    for seq, position in missing & extra:
        yield Difference(Kind.ALTERED, seq, position, seq, position)
    for seq, position in missing - extra:
        yield Difference(Kind.REMOVED, seq, position)
    for seq, position in extra - missing:
        yield Difference(Kind.INSERTED, seq, position, seq, position)
    yield from _moved(kept_left, kept_right)


def _matched(these: Sequence[_Leaf], those: Sequence[_Leaf]) -> tuple[list[_Leaf], list[_Leaf]]:
    """Parts these leaves into those with a partner among the others, and those without one."""
    partners = Counter(one.leaf for one in those)
    with_partner: list[_Leaf] = []
    without: list[_Leaf] = []
    for one in these:
        (with_partner if partners[one.leaf] > 0 else without).append(one)
        partners[one.leaf] -= 1
    return with_partner, without


def _moved(left: Sequence[_Leaf], right: Sequence[_Leaf]) -> Iterator[Difference]:
    """Names the fewest leaves whose moves explain the other order of the same leaves."""
    places: dict[bytes, deque[int]] = {}
    for index, one in enumerate(right):
        places.setdefault(one.leaf, deque()).append(index)
    indexes = [places[one.leaf].popleft() for one in left]
    in_order = _longest_rise(indexes)
    for index, one in zip(indexes, left, strict=True):
        if index not in in_order:
            now = right[index]
            yield Difference(Kind.MOVED, one.seq, one.position, now.seq, now.position)


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Returns the longest part of distinct numbers that rises, by patience sorting."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        before[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    rise: set[int] = set()
    current = tops[-1] if tops else None
    while current is not None:
        rise.add(current)
        current = before[current]
    return rise


def _differing_times(
    exported: Sequence[LinkLeaves], stored: Sequence[LinkLeaves]
) -> Iterator[Difference]:
    times = {link.seq: link.recorded_time for link in stored}
    for link in exported:
        if len(exported) == len(stored) and times.get(link.seq) not in {None, link.recorded_time}:
            yield Difference(Kind.RETIMED, link.seq)


def _flat(links: Sequence[LinkLeaves]) -> list[_Leaf]:
    return [
        _Leaf(link.seq, position, leaf)
        for link in links
        for position, leaf in enumerate(link.leaves)
    ]
