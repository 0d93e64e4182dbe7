"""One timeline of a person from spans that overlap: at each instant the greatest kind shows."""

import heapq
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cli.importing.queue_log.facts import Kind


class Stretch(NamedTuple):
    """A span that has an end, by the log or by the window; `is_open` if the log did not end it."""

    kind: Kind
    start: float
    end: float
    is_open: bool
    reason: str = ""
    contact: str = ""
    inferred: bool = False


class Interval(NamedTuple):
    """A part of a timeline, `[start, end)`, with the contacts in hand, the longest held first."""

    kind: Kind
    start: float
    end: float
    is_open: bool
    reason: str
    contacts: tuple[str, ...]
    inferred: bool


def lay_out(stretches: Iterable[Stretch]) -> Iterator[Interval]:
    """Yields the intervals of stretches that come in the order of their starts.

    They are longer than nothing and do not overlap; a gap is a time of which nothing is known.
    Neighbours that differ in nothing are one.
    """
    last: Interval | None = None
    for part in _parts(stretches):
        if last is not None and _continues(last, part):
            last = last._replace(end=part.end, is_open=part.is_open)
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _parts(stretches: Iterable[Stretch]) -> Iterator[Interval]:
    """Cuts at every start and end."""
    current: list[tuple[float, int, Stretch]] = []
    at = float("-inf")
    for number, stretch in enumerate(stretches):
        if stretch.end <= stretch.start:
            continue
        yield from _until(current, at, stretch.start)
        at = stretch.start
        heapq.heappush(current, (stretch.end, number, stretch))
    yield from _until(current, at, float("inf"))


def _until(
    current: list[tuple[float, int, Stretch]], at: float, limit: float
) -> Iterator[Interval]:
    """Yields the parts between two instants, and drops the stretches that end there."""
    while current and at < limit:
        end = min(current[0][0], limit)
        if at < end:
            yield _part([stretch for _, _, stretch in sorted(current, key=_by_number)], at, end)
        while current and current[0][0] <= end:
            heapq.heappop(current)
        at = end


def _by_number(entry: tuple[float, int, Stretch]) -> int:
    return entry[1]


def _part(current: list[Stretch], start: float, end: float) -> Interval:
    if len(current) == 1:
        return _only(current[0], start, end)
    kind = max(stretch.kind for stretch in current)
    shown = [stretch for stretch in current if stretch.kind is kind]
    contacts = dict.fromkeys(stretch.contact for stretch in shown if stretch.contact)
    return Interval(
        kind=kind,
        start=start,
        end=end,
        is_open=any(stretch.is_open and stretch.end == end for stretch in shown),
        reason=shown[0].reason,
        contacts=tuple(contacts),
        inferred=all(stretch.inferred for stretch in shown),
    )


def _only(stretch: Stretch, start: float, end: float) -> Interval:
    contacts = (stretch.contact,) if stretch.contact else ()
    is_open = stretch.is_open and stretch.end == end
    return Interval(stretch.kind, start, end, is_open, stretch.reason, contacts, stretch.inferred)


def _continues(last: Interval, part: Interval) -> bool:
    return last.end == part.start and (last.kind, last.reason, last.contacts, last.inferred) == (
        part.kind,
        part.reason,
        part.contacts,
        part.inferred,
    )
