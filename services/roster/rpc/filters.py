"""Filters of agents in requests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from muster.roster.v1.roster_service_pb2 import ListAgentsRequest

from chassis.errors import FieldViolation, invalid_fields
from services.roster.app.ports import AgentFilter, WantedAgents
from services.roster.domain.localtime import day_at
from services.roster.domain.people import LineName, Site, SkillName, TeamName, is_name
from services.roster.wire.calendar import date_from

ALL_SITES = "sites/-"
MOST_NAMES = 500
LONGEST_SEARCH = 64


class Filtering(Protocol):
    """A request that may say which agents are wanted."""

    @property
    def teams(self) -> Sequence[str]: ...

    @property
    def lines(self) -> Sequence[str]: ...

    @property
    def skills(self) -> Sequence[str]: ...


def filter_from(request: Filtering) -> AgentFilter:
    """Reads which agents are wanted; refuses with one violation each filter that is none."""
    filters = {"teams": request.teams, "lines": request.lines, "skills": request.skills}
    violations = [
        FieldViolation(collection, fault)
        for collection, names in filters.items()
        if (fault := _fault_of(collection, names)) is not None
    ]
    if violations:
        raise invalid_fields(violations)
    return AgentFilter(
        tuple(TeamName(name) for name in request.teams),
        tuple(LineName(name) for name in request.lines),
        tuple(SkillName(name) for name in request.skills),
    )


def wanted_agents_from(
    request: ListAgentsRequest, site: Site | None, now: datetime
) -> WantedAgents:
    """Reads which agents are wanted of a site, or of all sites (None), whose today is UTC's."""
    start_date = day_at(now, site.time_zone if site else "UTC")
    if request.HasField("start_date"):
        try:
            start_date = date_from(request.start_date)
        except ValueError:
            what = "must be a day of the calendar"
            raise invalid_fields([FieldViolation("start_date", what)]) from None
    wanted = filter_from(request)
    name = None if site is None else site.name
    return WantedAgents(name, wanted, start_date, _search_from(request))


def _search_from(request: ListAgentsRequest) -> str:
    if len(request.search) > LONGEST_SEARCH:
        what = f"has {len(request.search)} characters; at most {LONGEST_SEARCH}"
        raise invalid_fields([FieldViolation("search", what)])
    if "\0" in request.search:
        raise invalid_fields([FieldViolation("search", "holds a NUL character; leave it out")])
    return request.search


def _fault_of(collection: str, names: Sequence[str]) -> str | None:
    if len(names) > MOST_NAMES:
        return f"has {len(names)} names; at most {MOST_NAMES}"
    if all(is_name(name, collection) for name in names):
        return None
    return f"must hold names such as {collection}/my-id"
