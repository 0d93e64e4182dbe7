"""One day of a site's agents: people from roster joined with timelines from presence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


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
class Timelines:
    """Timelines as presence tells them: its agents in order, and the rest packed, unread here."""

    place: Place
    agents: tuple[str, ...]
    packed: bytes


class Row(NamedTuple):
    """One agent of the heatmap, and the number of her timeline, from 1; zero for none."""

    person: Person
    timeline_number: int


def join_rows(people: Sequence[Person], agents: Sequence[str]) -> tuple[Row, ...]:
    """Returns rows by display name, joined with the timelines of agents. Who has a timeline and is
    not in the roster any more keeps her row, under her id.
    """
    numbers = {agent: number for number, agent in enumerate(agents, 1)}
    known = {person.agent for person in people}
    gone = [Person(agent, _id_of(agent), "") for agent in agents if agent not in known]
    return tuple(Row(one, numbers.get(one.agent, 0)) for one in _in_order([*people, *gone]))


def _in_order(people: Sequence[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.display_name.casefold(), person.agent))


def _id_of(agent: str) -> str:
    return agent.removeprefix("agents/")
