"""Whom a board is about: the sites asked for, and who of their people the caller may see."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from chassis.calendar import find_zone
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from gateway.app.board_ports import People, Roster, Sites
from gateway.domain.heatmap import Label, Person, Site

ALL_SITES = "sites/-"
MOST_SITES = 50
RECENT = timedelta(hours=25)
"""How far back the present reaches: a day in whatever zone. What lies before it is history."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose rows a caller sees: now, and further back."""

    scope: Scope
    history: Scope

    def scope_at(self, start: datetime, now: datetime) -> Scope:
        """The scope of a span that begins there: rows are withheld whole, never cut."""
        return self.scope if start >= now - RECENT else self.history


@dataclass(frozen=True, slots=True)
class WantedSites:
    """One site by name, or all with `sites/-`, of which `only` some."""

    site: str
    only: frozenset[str] = field(default_factory=frozenset)


async def find_sites(sites: Sites, wanted: WantedSites) -> Sequence[Site]:
    """Returns the sites asked for: at least one, the first of which speaks for all."""
    if wanted.site != ALL_SITES:
        if wanted.only:
            raise invalid_fields([FieldViolation("sites", "goes with sites/- alone")])
        return [await sites.get_site(wanted.site)]
    found = [
        site for site in await sites.find_sites() if not wanted.only or site.name in wanted.only
    ]
    if not found or not wanted.only <= {site.name for site in found}:
        raise unknown_site(min(wanted.only, default=ALL_SITES))
    if len(found) > MOST_SITES:
        raise invalid_fields([FieldViolation("sites", f"name at most {MOST_SITES} of them")])
    return found


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of a span: those whom the caller sees, and those whose past she may not see."""

    seen: Sequence[Person]
    withheld: Sequence[Person]
    people: People
    sites: Sequence[Site]

    @property
    def labels(self) -> Mapping[str, Label]:
        """What sites, teams, lines and skills are called."""
        return {site.name: Label(site.name, site.display_name) for site in self.sites} | dict(
            self.people.labels
        )


async def find_audience(
    roster: Roster, sites: Sequence[Site], viewer: Viewer, start: datetime, now: datetime
) -> Audience:
    """Returns who works at the sites from a span's start on and is within the caller's scope."""
    people = await roster.people_of([site.name for site in sites])
    return await asyncio.to_thread(_audience, people, sites, viewer, start, now)


def _audience(
    people: People, sites: Sequence[Site], viewer: Viewer, start: datetime, now: datetime
) -> Audience:
    first_days = {site.name: _day_at(site, start) for site in sites}
    present = [one for one in people.people if _works_from(one, first_days[one.site])]
    in_scope = _seen_by(viewer.scope, present)
    past = viewer.scope_at(start, now)
    seen = in_scope if past is viewer.scope else _seen_by(past, in_scope)
    shown = {one.agent for one in seen}
    withheld = [one for one in in_scope if one.agent not in shown] if seen != in_scope else []
    return Audience(seen, withheld, people, sites)


def _seen_by(scope: Scope, people: Sequence[Person]) -> Sequence[Person]:
    return [one for one in people if scope.sees_agent(one.agent, one.site, one.team)]


def _works_from(person: Person, first_day: date) -> bool:
    return person.end_date is None or person.end_date > first_day


def _day_at(site: Site, instant: datetime) -> date:
    return instant.astimezone(find_zone(site.time_zone)).date()


def unknown_site(site: str) -> Refusal:
    """Returns what is answered for a site that is not there or out of scope: the same."""
    return Refusal(
        Code.NOT_FOUND,
        "UNKNOWN_SITE",
        "there is no such site, or you may not see it",
        metadata={"site": site},
    )
