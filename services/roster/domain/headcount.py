"""How many people are planned, interval by interval."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from services.roster.domain.shifts import ActivityKind, Shift, Span, span_of

Seconds = NDArray[np.int64]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Grid:
    """A span of whole seconds in intervals of one length, of which the last one may be shorter."""

    span: Span
    interval: timedelta

    @property
    def interval_count(self) -> int:
        """How many intervals there are."""
        return -((self.span.start_time - self.span.end_time) // self.interval)

    def edges(self) -> Seconds:
        """Where intervals begin and end, as seconds since the epoch."""
        start, end = seconds_of(self.span.start_time), seconds_of(self.span.end_time)
        step = int(self.interval.total_seconds())
        return np.minimum(start + step * np.arange(self.interval_count + 1, dtype=np.int64), end)


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """A shift with the group in which its agent is counted; empty for none."""

    group: str
    shift: Shift


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Person-seconds of a group by interval: working, and beside work by the kind of it."""

    group: str
    working: Seconds
    activities: Mapping[ActivityKind, Seconds]


def count_planned(shifts: Iterable[PlannedShift], grid: Grid) -> list[PlannedGroup]:
    """Counts person-seconds by group, in the order of their names, and interval.

    Working and activities of an interval add up to the time on shift in it. Of two activities that
    a changing clock brings together the one that begins earlier counts.
    """
    groups: dict[str, _Stretches] = {}
    for planned in shifts:
        groups.setdefault(planned.group, _Stretches()).add(planned.shift)
    edges = grid.edges()
    counted = (stretches.count(group, edges) for group, stretches in sorted(groups.items()))
    return [group for group in counted if group is not None]


def activities_of(shift: Shift) -> Iterator[tuple[ActivityKind, Span]]:
    """Yields what an agent is planned for beside work, in order and without overlap."""
    on_shift = shift.span()
    spans = [
        (span_of(each.local_start, each.local_end, shift.time_zone), each.kind)
        for each in shift.activities
    ]
    free_from = on_shift.start_time
    for span, kind in sorted(spans, key=lambda each: each[0].start_time):
        start = max(span.start_time, free_from)
        end = min(span.end_time, on_shift.end_time)
        if start < end and kind is not None:
            yield kind, Span(start, end)
            free_from = end


def seconds_of(instant: datetime) -> int:
    """Returns an instant as seconds since the epoch."""
    return (instant - _EPOCH) // timedelta(seconds=1)


@dataclass(slots=True)
class _Ends:
    """Where stretches begin and end, as seconds since the epoch."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, span: Span) -> None:
        self.starts.append(seconds_of(span.start_time))
        self.ends.append(seconds_of(span.end_time))

    def count(self, edges: Seconds) -> Seconds:
        """The seconds that lie in each interval: what begins less what has ended."""
        return np.diff(_elapsed(self.starts, edges) - _elapsed(self.ends, edges))


@dataclass(slots=True)
class _Stretches:
    """The stretches of one group."""

    on_shift: _Ends = field(default_factory=_Ends)
    activities: dict[ActivityKind, _Ends] = field(default_factory=dict)

    def add(self, shift: Shift) -> None:
        self.on_shift.add(shift.span())
        for kind, span in activities_of(shift):
            self.activities.setdefault(kind, _Ends()).add(span)

    def count(self, group: str, edges: Seconds) -> PlannedGroup | None:
        on_shift = self.on_shift.count(edges)
        if not on_shift.any():
            return None
        counted = {kind: ends.count(edges) for kind, ends in sorted(self.activities.items())}
        activities = {kind: seconds for kind, seconds in counted.items() if seconds.any()}
        working = on_shift - sum(activities.values(), start=np.zeros_like(on_shift))
        return PlannedGroup(group, working, activities)


def _elapsed(instants: list[int], edges: Seconds) -> Seconds:
    """The seconds that have gone by since the instants, in sum, at each edge."""
    ordered = np.sort(np.array(instants, dtype=np.int64))
    sums = np.concatenate(([0], np.cumsum(ordered)))
    passed = np.searchsorted(ordered, edges)
    elapsed: Seconds = passed * edges - sums[passed]
    return elapsed
