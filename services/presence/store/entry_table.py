"""Entries of the log as a table of columns: texts by their place in a list, the rest as numbers.

A site's day has hundreds of thousands of entries; a value of its own for each cell would take most
of the time of a reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.presence.domain.columns import Integers

Row = Sequence[Any]
# Agent, time, sequence, event id, source, source kind, state, activity, kind, marks, reason,
# contacts, capacity less load, time of the wrap-up that a limit refers to.
_ROW_SIZE = 14


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A column of texts: the distinct ones with their numbers from 0 on, and each row's number."""

    numbers: Mapping[str, int]
    indexes: Integers

    def indexes_in(self, order: Mapping[str, int]) -> Integers:
        """Returns of each row where its text stands in another list, which holds all of them."""
        return np.array([order[text] for text in self.numbers], np.int64)[self.indexes]


@dataclass(frozen=True, slots=True, eq=False)
class EntryTable:
    """Entries by agent, and of one agent in their order."""

    agents: Texts
    sources: Texts
    reasons: Texts
    contacts: Texts
    times_us: Integers
    source_kinds: Integers
    states: Integers
    activities: Integers
    kinds: Integers
    marks: Integers
    free_counts: Integers
    refers_to_times_us: Integers

    def rows(self, places: Integers) -> "EntryTable":
        """Returns the entries at some places, in that order."""
        return EntryTable(**{name: _taken(getattr(self, name), places) for name in self.__slots__})


def table_of(rows: Sequence[Row]) -> EntryTable:
    """Makes a table of rows, which come in their order."""
    columns = zip(*rows, strict=True) if rows else ((),) * _ROW_SIZE
    named, times, _, _, sources, source_kinds, states, activities, kinds, marks, *rest = columns
    why, held, free_counts, of = rest
    return EntryTable(
        agents=texts_of(named),
        sources=texts_of(sources),
        reasons=texts_of(why),
        contacts=texts_of(held),
        times_us=_numbers(times),
        source_kinds=_numbers(source_kinds),
        states=_numbers(states),
        activities=_numbers(activities),
        kinds=_numbers(kinds),
        marks=_numbers(marks),
        free_counts=_numbers(free_counts),
        refers_to_times_us=_numbers(of),
    )


def texts_of(texts: Sequence[str]) -> Texts:
    """Makes a column of texts."""
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return Texts(numbers, np.array([numbers[text] for text in texts], np.int64))


def joined(before: EntryTable, after: EntryTable) -> EntryTable:
    """Returns the entries of both; of each agent those of `before` come first."""
    both = EntryTable(
        **{
            name: _chained(getattr(before, name), getattr(after, name))
            for name in EntryTable.__slots__
        }
    )
    order = {agent: index for index, agent in enumerate(sorted(both.agents.numbers))}
    return both.rows(np.argsort(both.agents.indexes_in(order), kind="stable"))


def _chained(one: Any, other: Any) -> Any:
    if not isinstance(one, Texts):
        return np.concatenate((one, other))
    # The latter has many more.
    numbers = dict(other.numbers)
    for text in one.numbers:
        numbers.setdefault(text, len(numbers))
    return Texts(numbers, np.concatenate((one.indexes_in(numbers), other.indexes)))


def _taken(column: Any, places: Integers) -> Any:
    if isinstance(column, Texts):
        return Texts(column.numbers, column.indexes[places])
    return column[places]


def _numbers(values: Iterable[int]) -> Integers:
    return np.array(list(values), np.int64)
