"""A floor of people whose day looks like one, the same each time."""

from collections.abc import Iterator
from itertools import pairwise

from tests.web.support.day import (
    BREAK,
    BUSY,
    INFERRED,
    MEAL,
    OFFLINE,
    ONLINE,
    TALKING,
    UNOBSERVED,
    WRAP_UP,
    Change,
    Person,
    Planned,
)

_NAMES = [
    "Ana Lopes",
    "Bo Li",
    "Carla Ferrer",
    "Dmitri Orlov",
    "Elif Kaya",
    "Farid Haddad",
    "Greta Nilsson",
    "Hugo Martin",
    "Ines Costa",
    "Jamal Ward",
    "Kaori Sato",
    "Lena Fischer",
    "Marco Conti",
    "Nadia Rahman",
    "Omar Aziz",
    "Priya Nair",
    "Quinn Baker",
    "Rosa Vidal",
    "Sven Olsen",
    "Tariq Mansour",
    "Uma Patel",
    "Vera Novak",
    "Wei Zhang",
    "Ximena Ruiz",
    "Yusuf Demir",
    "Zoe Clarke",
    "王小明",
    "李娜",
    "陈静",
    "赵磊",
]


TEAMS = {
    "teams/north": "North",
    "teams/south": "South",
    "teams/night": "Night",
    "lines/care": "Customer care",
    "lines/sales": "Sales",
    "skills/english": "English",
    "skills/fibre": "Fibre",
}


def a_shift(index: int, until: float) -> Person:
    """Returns somebody whose source tells all states, up to so many seconds of the day."""
    person = _person("floor", index)
    _enrol(person, index)
    clock = _Clock(_start(index), index)
    person.changes.append(Change(0, OFFLINE))
    while clock.now < min(_start(index) + 8 * 3600, until):
        person.changes.append(Change(clock.now, ONLINE))
        clock.pass_time(20, 260)
        person.changes.append(Change(clock.now, BUSY, activity=TALKING))
        clock.pass_time(60, 520)
        person.changes.append(Change(clock.now, WRAP_UP))
        clock.pass_time(15, 90)
        if clock.draw(19) == 0:
            person.changes.append(Change(clock.now, BREAK, reason="short-break"))
            clock.pass_time(480, 1500)
        elif clock.draw(31) == 0:
            person.changes.append(Change(clock.now, BREAK, reason="training"))
            clock.pass_time(900, 2700)
    person.changes.append(Change(clock.now, OFFLINE))
    person.changes = [change for change in person.changes if change.at_seconds <= until]
    return person


def _enrol(person: Person, index: int) -> None:
    """Gives a person her team and a shift, to which not everybody keeps."""
    person.team = ("teams/north", "teams/south", "teams/night")[index % 3]
    person.line = ("lines/care", "lines/sales")[index % 2]
    person.skills = (("skills/english",), ("skills/english", "skills/fibre"), ())[index % 3]
    start = _start(index) - _start(index) % 900
    person.shift = Planned(start, start + 8 * 3600 + 1800)
    person.activities = (Planned(start + 4 * 3600, start + 4 * 3600 + 1800, MEAL),)


def an_imported_day(index: int) -> Person:
    """Returns somebody of whom a file of calls tells: the time between is inferred or unknown."""
    person = _person("a", index)
    for start, following in pairwise(_calls(index)):
        length = min(40 + (start * 7) % 420, following - start - 5)
        person.changes.append(Change(start, BUSY, activity=TALKING))
        is_near = following - start - length < 900
        between = Change(
            start + length, ONLINE if is_near else UNOBSERVED, marks=INFERRED * is_near
        )
        person.changes.append(between)
    return person


def _calls(index: int) -> Iterator[int]:
    clock = _Clock(_start(index), index + 7)
    end = clock.now + (3 + index % 4) * 3600
    while clock.now < end:
        yield clock.now
        clock.pass_time(70, 700)
        if clock.draw(23) == 0:
            clock.pass_time(900, 2400)
    yield end


class _Clock:
    """Passes time by a generator of its own, so that pictures are the same everywhere."""

    def __init__(self, now: int, seed: int) -> None:
        self.now = now
        self._state = seed * 2654435761 % 2**32 or 1

    def draw(self, below: int) -> int:
        self._state = (self._state * 1664525 + 1013904223) % 2**32
        return (self._state >> 8) % below

    def pass_time(self, least: int, most: int) -> None:
        self.now += least + self.draw(most - least)


def _start(index: int) -> int:
    return (6, 7, 8, 9, 14)[index % 5] * 3600 + (index * 397) % 1500


def _person(prefix: str, index: int) -> Person:
    again = f" {index // len(_NAMES) + 1}" if index >= len(_NAMES) else ""
    return Person(f"{prefix}-{index:05}", _NAMES[index % len(_NAMES)] + again)
