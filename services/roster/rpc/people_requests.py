"""What a request to apply the roster brings, as values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from muster.roster.v1 import people_pb2, roster_service_pb2

from chassis.errors import FieldViolation, invalid_fields
from services.roster.app.faults import MOST_VIOLATIONS
from services.roster.domain.merging import ALL_FIELDS
from services.roster.domain.people import (
    MIDNIGHT,
    Agent,
    AgentName,
    AgentSkill,
    DisplayNames,
    Line,
    LineName,
    People,
    Site,
    SiteName,
    Skill,
    SkillName,
    Team,
    TeamName,
)
from services.roster.wire.calendar import date_from, time_of_day_from

_Row = TypeVar("_Row")


class _MalformedError(Exception):
    """A field that holds no value of its type: the field, and what it must be."""

    def __init__(self, field: str, description: str) -> None:
        super().__init__(field, description)
        self.field = field
        self.description = description


def people_from(request: roster_service_pb2.ApplyRosterRequest) -> People:
    """Reads the rows of a request; refuses with one violation each in which a day or a time is
    none. The rest is not checked yet.
    """
    violations: list[FieldViolation] = []
    people = People(
        sites=tuple(_rows("sites", request.sites, _site_from, violations)),
        teams=tuple(_rows("teams", request.teams, _team_from, violations)),
        agents=tuple(_rows("agents", request.agents, _agent_from, violations)),
        lines=tuple(_rows("lines", request.lines, _line_from, violations)),
        skills=tuple(_rows("skills", request.skills, _skill_from, violations)),
    )
    if violations:
        raise invalid_fields(violations[:MOST_VIOLATIONS])
    return people


def mask_from(request: roster_service_pb2.ApplyRosterRequest) -> frozenset[str]:
    """Reads which fields of rows that exist are to be changed."""
    named = request.HasField("update_mask")
    mask = frozenset(request.update_mask.paths) if named else ALL_FIELDS
    return mask - {"teams.leads"} if request.keep_leads else mask


def _rows(
    collection: str,
    messages: Iterable[Any],
    read: Callable[[Any], _Row],
    violations: list[FieldViolation],
) -> Iterator[_Row]:
    for index, message in enumerate(messages):
        try:
            yield read(message)
        except _MalformedError as error:
            field = f"{collection}[{index}].{error.field}"
            violations.append(FieldViolation(field, error.description))


def _site_from(site: people_pb2.Site) -> Site:
    day_start = MIDNIGHT
    if site.HasField("operating_day_start"):
        try:
            day_start = time_of_day_from(site.operating_day_start)
        except ValueError:
            what = "must be a time of day in whole minutes, for example 06:00"
            raise _MalformedError("operating_day_start", what) from None
    name = SiteName(site.name)
    return Site(name, site.display_name, site.time_zone, day_start, site.display_order)


def _line_from(line: people_pb2.Line) -> Line:
    return Line(LineName(line.name), _names_from(line.display_names))


def _team_from(team: people_pb2.Team) -> Team:
    return Team(
        TeamName(team.name),
        team.display_name,
        SiteName(team.site),
        tuple(AgentName(lead) for lead in sorted(set(team.leads))),
        LineName(team.line) if team.line else None,
    )


def _skill_from(skill: people_pb2.Skill) -> Skill:
    return Skill(SkillName(skill.name), _names_from(skill.display_names))


def _agent_from(agent: people_pb2.Agent) -> Agent:
    end_date = None
    if agent.HasField("end_date"):
        try:
            end_date = date_from(agent.end_date)
        except ValueError:
            raise _MalformedError("end_date", "must be a day of the calendar") from None
    return Agent(
        AgentName(agent.name),
        agent.display_name,
        SiteName(agent.site),
        TeamName(agent.team) if agent.team else None,
        tuple(
            AgentSkill(SkillName(each.skill), each.level)
            for each in sorted(agent.skills, key=lambda each: each.skill)
        ),
        end_date,
    )


def _names_from(names: Mapping[str, str]) -> DisplayNames:
    return tuple(sorted(names.items()))
