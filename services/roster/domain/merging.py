"""What a request leaves as it is of rows that exist."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from typing import TypeVar

from services.roster.domain.checks import Fault
from services.roster.domain.people import Agent, Line, People, Site, Skill, Team

_Row = TypeVar("_Row", Site, Line, Team, Skill, Agent)

_ROWS = {"sites": Site, "lines": Line, "teams": Team, "skills": Skill, "agents": Agent}

ALL_FIELDS = frozenset(
    f"{collection}.{field.name}"
    for collection, row in _ROWS.items()
    for field in fields(row)
    if field.name != "name"
)
"""Every field that may be changed, such as `teams.leads`."""


def check_mask(mask: AbstractSet[str]) -> tuple[Fault, ...]:
    """Returns a fault for each path of a mask that is none of the fields."""
    known = ", ".join(sorted(ALL_FIELDS))
    return tuple(
        Fault("update_mask", f"names {path!r}, which is none of {known}")
        for path in sorted(mask - ALL_FIELDS)
    )


def merge(requested: People, known: People, mask: AbstractSet[str]) -> People:
    """Returns the request with what its existing rows hold in the fields outside of the mask."""
    return People(
        sites=tuple(_merge(requested.sites, known.sites, _kept("sites", mask))),
        teams=tuple(_merge(requested.teams, known.teams, _kept("teams", mask))),
        agents=tuple(_merge(requested.agents, known.agents, _kept("agents", mask))),
        lines=tuple(_merge(requested.lines, known.lines, _kept("lines", mask))),
        skills=tuple(_merge(requested.skills, known.skills, _kept("skills", mask))),
    )


def _merge(
    requested: Iterable[_Row], known: Iterable[_Row], kept: AbstractSet[str]
) -> Iterator[_Row]:
    existing = {row.name: row for row in known}
    for row in requested:
        before = existing.get(row.name, row)
        yield replace(row, **{field: getattr(before, field) for field in kept})


def _kept(collection: str, mask: AbstractSet[str]) -> AbstractSet[str]:
    paths = {path for path in ALL_FIELDS - mask if path.startswith(f"{collection}.")}
    return {path.partition(".")[2] for path in paths}
