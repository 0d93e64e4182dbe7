"""A floor made up by Hypothesis, somebody who looks at it, and what may come before her eyes.

The rules here are written from the promises of the contracts, not from the code that keeps them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from hypothesis import strategies as st

from chassis.identity import Identity
from chassis.scope import Scope

REASONS = "presence.reasons.read"
RECORDINGS = "dispatch.recordings.read"
CLOSABLE = (REASONS, RECORDINGS, "dispatch.customers.read")

_numbers = count(1)


@dataclass(frozen=True)
class Person:
    """An agent: where she is, and where what is recorded of her was recorded."""

    number: int
    site: str
    team: str
    former_site: str = ""

    @property
    def name(self) -> str:
        return f"agents/{self.word('who')}"

    @property
    def recorded_site(self) -> str:
        """The site at which all but her move was recorded."""
        return self.former_site or self.site

    def word(self, kind: str) -> str:
        """A word that stands in what is told of her and nowhere else."""
        return f"{kind}{self.number:06d}"


@dataclass(frozen=True)
class Floor:
    """Two sites with teams and people."""

    sites: tuple[str, ...]
    teams: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]

    def partner_of(self, person: Person) -> Person | None:
        """Who takes part in her contact of today as well: the next one of her site."""
        others = [one for one in self.people if one.recorded_site == person.recorded_site]
        following = others[(others.index(person) + 1) % len(others)]
        return None if following is person else following


@dataclass(frozen=True)
class Viewer:
    """Somebody with what she may see, now and of the past, and do."""

    scope: Scope
    history: Scope
    permissions: frozenset[str]
    number: int

    @property
    def identity(self) -> Identity:
        subject = f"accounts/viewer-{self.number}"
        return Identity(subject, self.permissions, self.scope, self.history)


@st.composite
def floors(draw: st.DrawFn) -> Floor:
    tag = next(_numbers)
    sites = tuple(f"sites/town{tag:05d}{letter}" for letter in "ab")
    teams = tuple(
        (f"teams/crew{next(_numbers):06d}", site)
        for site in sites
        for _ in range(draw(st.integers(1, 2)))
    )
    people = tuple(
        Person(next(_numbers), site, draw(st.sampled_from([t for t, at in teams if at == site])))
        for site in sites
        for _ in range(draw(st.integers(2, 3)))
    )
    if draw(st.booleans()):
        mover = people[0]
        people = (Person(mover.number, sites[1], "", former_site=sites[0]), *people[1:])
    return Floor(sites, teams, people)


@st.composite
def viewers(draw: st.DrawFn, floor: Floor, permissions: frozenset[str]) -> Viewer:
    closed = draw(st.sets(st.sampled_from(CLOSABLE)))
    scope = draw(_scopes(floor))
    history = scope if draw(st.booleans()) else draw(_narrower(scope))
    return Viewer(scope, history, permissions - closed, next(_numbers))


def _some(names: Iterable[str]) -> st.SearchStrategy[frozenset[str]]:
    listed = sorted(names)
    return st.frozensets(st.sampled_from(listed), max_size=2) if listed else st.just(frozenset())


def _scopes(floor: Floor) -> st.SearchStrategy[Scope]:
    sites = st.one_of(st.just(frozenset[str]()), _some(list(floor.sites)))
    teams = _some([team for team, _ in floor.teams])
    agents = _some([one.name for one in floor.people])
    return st.builds(Scope, sites, agents, teams)


def _narrower(scope: Scope) -> st.SearchStrategy[Scope]:
    sites = scope.sites or frozenset()
    return st.builds(Scope, _some(sites), _some(scope.agents), _some(scope.teams))


def sees_now(scope: Scope, person: Person) -> bool:
    """Tells whether she is in sight by where she is now."""
    by_team = person.team != "" and person.team in scope.teams
    return person.site in (scope.sites or ()) or person.name in scope.agents or by_team


def sees_recorded(scope: Scope, person: Person) -> bool:
    """Tells whether what was recorded of her is in sight: at the site of then."""
    by_team = person.team in scope.teams and not person.former_site
    return person.recorded_site in (scope.sites or ()) or person.name in scope.agents or by_team


def words_of(person: Person) -> set[str]:
    """Every word that tells of her."""
    kinds = ("who", "Face", "why", "Text", "call", "tape", "duty", "old", "past", "done")
    return {person.word(kind) for kind in kinds}


def words_in_sight(floor: Floor, viewer: Viewer) -> set[str]:
    """The words that the viewer may come across, whatever she asks."""
    seen: set[str] = set()
    for person in floor.people:
        seen |= _words_in_sight(floor, viewer, person)
    for team, site in floor.teams:
        members = [one for one in floor.people if one.team == team]
        if (
            site in (viewer.scope.sites or ())
            or team in viewer.scope.teams
            or any(sees_now(viewer.scope, one) for one in members)
        ):
            seen.add(team.removeprefix("teams/"))
    return seen


def _words_in_sight(floor: Floor, viewer: Viewer, person: Person) -> set[str]:
    seen: set[str] = set()
    partner = floor.partner_of(person)
    involved = [person] + ([partner] if partner else [])
    now = sees_now(viewer.scope, person)
    if now:
        seen |= {person.word("who"), person.word("Face")}
    if sees_recorded(viewer.scope, person):
        seen |= {person.word("who"), person.word("duty")}
        if REASONS in viewer.permissions:
            seen |= {person.word("why"), person.word("Text")}
    if any(sees_recorded(viewer.scope, one) for one in involved):
        seen.add(person.word("call"))
        if RECORDINGS in viewer.permissions:
            seen.add(person.word("tape"))
    if sees_recorded(viewer.history, person):
        seen |= {person.word("done"), person.word("past")}
        if REASONS in viewer.permissions:
            seen.add(person.word("old"))
    return seen
