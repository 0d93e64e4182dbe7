"""Rows of the tables as values."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.roster.domain.people import AgentName, SiteName, Team
from services.roster.domain.shifts import Activity, ActivityKind, Shift, Version

TEAM_COLUMNS = "name, display_name, site, leads"
VERSION_COLUMNS = (
    "v.name, v.agent, v.time_zone, v.local_start, v.local_end, v.activities, v.cancelled,"
    " v.site, v.version, v.publish_time, v.publisher"
)


def team_of(row: Sequence[Any]) -> Team:
    """Reads a row of TEAM_COLUMNS."""
    name, display_name, site, leads = row
    return Team(name, display_name, site, tuple(AgentName(lead) for lead in leads))


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


def _activity_of(kind: str, local_start: str, local_end: str) -> Activity:
    return Activity(
        ActivityKind(kind), datetime.fromisoformat(local_start), datetime.fromisoformat(local_end)
    )
