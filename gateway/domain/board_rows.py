"""The rows of a board: who is shown, in which order, and in which groups."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias

from gateway.domain.heatmap import Label, Person


class Row(NamedTuple):
    """One agent of the board.

    `timeline_number` counts from 1, zero for none; `state` is a State number, zero where nothing is
    known; `since_ms` is when it began, `shift_start_ms` the start of her first shift, `amount_ms`
    what a ranking counts.
    """

    person: Person
    timeline_number: int = 0
    state: int = 0
    since_ms: int | None = None
    shift_start_ms: int | None = None
    amount_ms: int | None = None


class Order(Enum):
    """What rows are ordered by."""

    NAME = "name"
    TEAM = "team"
    STATE = "state"
    TIME_IN_STATE = "time in state"
    SHIFT_START = "shift start"
    AMOUNT = "amount"


class Grouping(Enum):
    """What rows are grouped by."""

    NONE = "none"
    TEAM = "team"
    LINE = "line"
    STATE = "state"
    SKILL = "skill"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom a board shows. Kinds that are set all apply; values of one kind are alternatives."""

    teams: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    states: frozenset[int] = frozenset()
    agents: frozenset[str] = frozenset()
    long_breaks: bool = False
    """Whether a long break is one more of the states that are wanted."""

    def admit(self, person: Person, state: int, *, is_on_long_break: bool = False) -> bool:
        """Tells whether somebody who is in a state is shown."""
        return (
            (not self.teams or person.team in self.teams)
            and (not self.lines or person.line in self.lines)
            and (not self.skills or not self.skills.isdisjoint(person.skills))
            and self._admits_state(state, is_on_long_break=is_on_long_break)
            and (not self.agents or person.agent in self.agents)
        )

    def _admits_state(self, state: int, *, is_on_long_break: bool) -> bool:
        if not self.states and not self.long_breaks:
            return True
        return state in self.states or (self.long_breaks and is_on_long_break)


class Group(NamedTuple):
    """Neighbouring rows that share something; the key is empty for who belongs to none."""

    key: str
    rows: Sequence[Row]


Labels: TypeAlias = Mapping[str, Label]


def person_key(person: Person) -> tuple[str, str]:
    """Orders people by display name, equal ones by agent."""
    return person.display_name.casefold(), person.agent


def order_rows(rows: Sequence[Row], order: Order, *, descending: bool, labels: Labels) -> list[Row]:
    """Orders rows that come by name. Who has no value comes last; equals stay by name."""
    value_of = _VALUES[order]
    valued = [(value_of(row, labels), row) for row in rows]
    some = [(value, row) for value, row in valued if value is not None]
    some.sort(key=lambda pair: pair[0], reverse=descending)
    return [row for _, row in some] + [row for value, row in valued if value is None]


def group_rows(rows: Sequence[Row], grouping: Grouping, labels: Labels) -> list[Group]:
    """Puts ordered rows into groups: by display name, states by number, those of none last.

    Who has several skills is in the group of each.
    """
    if grouping is Grouping.NONE:
        return []
    keys_of = _KEYS[grouping]
    members: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys_of(row):
            members.setdefault(key, []).append(row)
    return [Group(key, members[key]) for key in sorted(members, key=_group_order(labels))]


def count_states(rows: Sequence[Row]) -> Counter[int]:
    """Counts rows by State number."""
    return Counter(row.state for row in rows)


def group_key(person: Person, grouping: Grouping) -> str:
    """Returns the one group of a person, where it does not hang on states or skills."""
    return {
        Grouping.TEAM: person.team,
        Grouping.LINE: person.line,
        Grouping.SITE: person.site,
    }[grouping]


def _group_order(labels: Labels) -> Callable[[str], tuple[bool, str, str]]:
    return lambda key: (not key, labels[key].sort_key if key in labels else key, key)


def _team_name(row: Row, labels: Labels) -> str | None:
    team = row.person.team
    return (labels[team].sort_key if team in labels else team) or None


_VALUES: Mapping[Order, Callable[[Row, Labels], str | int | None]] = {
    Order.NAME: lambda row, _labels: row.person.display_name.casefold(),
    Order.TEAM: _team_name,
    Order.STATE: lambda row, _labels: row.state or None,
    # The earlier a state began, the longer it holds.
    Order.TIME_IN_STATE: lambda row, _labels: row.since_ms,
    Order.SHIFT_START: lambda row, _labels: row.shift_start_ms,
    Order.AMOUNT: lambda row, _labels: None if row.amount_ms is None else -row.amount_ms,
}
_KEYS: Mapping[Grouping, Callable[[Row], Sequence[str]]] = {
    Grouping.TEAM: lambda row: (row.person.team,),
    Grouping.LINE: lambda row: (row.person.line,),
    # States sort by number; the wire has names for them.
    Grouping.STATE: lambda row: (str(row.state) if row.state else "",),
    Grouping.SKILL: lambda row: row.person.skills or ("",),
    Grouping.SITE: lambda row: (row.person.site,),
}
