"""One day of a site's agents: people from roster joined with timelines from presence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, chain
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Site:
    """A site as roster knows it."""

    name: str
    display_name: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Person:
    """An agent as roster knows her."""

    agent: str
    display_name: str
    team: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of one site."""

    site: str
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The span that a site's log covers; nothing for a log without entries."""

    first_time: datetime | None
    last_time: datetime | None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals of many rows, one column a field, the rows one after the other."""

    start_offsets_ms: Sequence[int] = ()
    states: Sequence[int] = ()
    reason_indexes: Sequence[int] = ()
    activities: Sequence[int] = ()
    inferred: Sequence[bool] = ()

    def take(self, rows: Sequence[slice]) -> "Intervals":
        """Returns the intervals of the given rows, in their order."""
        return Intervals(
            _take(self.start_offsets_ms, rows),
            _take(self.states, rows),
            _take(self.reason_indexes, rows),
            _take(self.activities, rows),
            _take(self.inferred, rows),
        )


@dataclass(frozen=True, slots=True)
class Timelines:
    """Timelines as presence tells them: agents in name order with their counts of intervals."""

    place: Place
    agents: tuple[str, ...]
    interval_counts: Sequence[int]
    last_change_times: tuple[datetime, ...]
    intervals: Intervals
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One agent of the heatmap."""

    person: Person
    interval_count: int
    last_change_time: datetime | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows by display name with their intervals in the same order."""

    rows: tuple[Row, ...]
    intervals: Intervals
    reasons: tuple[str, ...]


def join_rows(people: Sequence[Person], timelines: Timelines | None) -> Joined:
    """Joins people with their timelines. Who has a timeline and is not in the roster any more keeps
    her row, under her id.
    """
    if timelines is None:
        return Joined(
            tuple(Row(person, 0, None) for person in _in_order(people)), Intervals(), ("",)
        )
    places = {agent: place for place, agent in enumerate(timelines.agents)}
    known = {person.agent for person in people}
    gone = [Person(agent, _id_of(agent), "") for agent in timelines.agents if agent not in known]
    ordered = _in_order([*people, *gone])
    rows = tuple(_row(person, places.get(person.agent), timelines) for person in ordered)
    spans = _spans(timelines.interval_counts)
    taken = [spans[places[person.agent]] for person in ordered if person.agent in places]
    return Joined(rows, timelines.intervals.take(taken), timelines.reasons)


def _in_order(people: Sequence[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.display_name.casefold(), person.agent))


def _row(person: Person, place: int | None, timelines: Timelines) -> Row:
    if place is None:
        return Row(person, 0, None)
    count = timelines.interval_counts[place]
    return Row(person, count, timelines.last_change_times[place] if count else None)


def _spans(counts: Sequence[int]) -> list[slice]:
    ends = list(accumulate(counts))
    return [slice(end - count, end) for count, end in zip(counts, ends, strict=True)]


def _take(column: Sequence[T], rows: Sequence[slice]) -> Sequence[T]:
    return list(chain.from_iterable(column[row] for row in rows))


def _id_of(agent: str) -> str:
    return agent.removeprefix("agents/")
