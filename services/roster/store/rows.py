"""Rows of the tables as values."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.roster.domain.people import (
    Agent,
    AgentName,
    AgentSkill,
    DisplayNames,
    Line,
    Site,
    SiteName,
    Skill,
    SkillName,
    Team,
)
from services.roster.domain.shifts import Activity, ActivityKind, Shift, Version

SITE_COLUMNS = "name, display_name, time_zone, operating_day_start, display_order"
CATALOGUE_COLUMNS = "name, display_names"
TEAM_COLUMNS = "name, display_name, site, leads, line"
AGENT_COLUMNS = "name, display_name, site, team, skills, end_date"
VERSION_COLUMNS = (
    "v.name, v.agent, v.time_zone, v.local_start, v.local_end, v.activities, v.cancelled,"
    " v.site, v.version, v.publish_time, v.publisher"
)


def site_of(row: Sequence[Any]) -> Site:
    """Reads a row of SITE_COLUMNS."""
    return Site(*row)


def line_of(row: Sequence[Any]) -> Line:
    """Reads a row of CATALOGUE_COLUMNS."""
    return Line(row[0], _names_of(row[1]))


def skill_of(row: Sequence[Any]) -> Skill:
    """Reads a row of CATALOGUE_COLUMNS."""
    return Skill(row[0], _names_of(row[1]))


def team_of(row: Sequence[Any]) -> Team:
    """Reads a row of TEAM_COLUMNS."""
    name, display_name, site, leads, line = row
    return Team(name, display_name, site, tuple(AgentName(lead) for lead in leads), line)


def agent_of(row: Sequence[Any]) -> Agent:
    """Reads a row of AGENT_COLUMNS."""
    name, display_name, site, team, levels, end_date = row
    skills = tuple(AgentSkill(SkillName(skill), levels[skill]) for skill in sorted(levels))
    return Agent(name, display_name, site, team, skills, end_date)


def version_of(row: Sequence[Any]) -> Version:
    """Reads a row of VERSION_COLUMNS."""
    name, agent, time_zone, local_start, local_end, activities, cancelled, *published = row
    site, number, publish_time, publisher = published
    shift = Shift(
        name,
        agent,
        time_zone,
        local_start,
        local_end,
        tuple(_activity_of(*each) for each in activities),
        cancelled,
    )
    return Version(shift, SiteName(site), number, publish_time, publisher)


def activities_to(activities: Sequence[Activity]) -> list[list[str]]:
    """Returns activities as they are stored: kind, local start, local end."""
    return [
        [str(each.kind), each.local_start.isoformat(), each.local_end.isoformat()]
        for each in activities
    ]


def _names_of(names: Mapping[str, str]) -> DisplayNames:
    return tuple(sorted(names.items()))


def _activity_of(kind: str, local_start: str, local_end: str) -> Activity:
    return Activity(
        ActivityKind(kind), datetime.fromisoformat(local_start), datetime.fromisoformat(local_end)
    )
