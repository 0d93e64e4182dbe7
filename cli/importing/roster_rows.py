"""Rows of the files of a roster as messages."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import TypeVar

from google.type import date_pb2, timeofday_pb2
from muster.roster.v1 import people_pb2

_SKILL = re.compile(r"([a-z0-9-]+):(\d)")

Cells = Mapping[str, str]

_Value = TypeVar("_Value")


class UnreadableCellError(Exception):
    """Says which cell of a row cannot be read, and how it is written."""


def site_of(cells: Cells) -> people_pb2.Site:
    """Reads a site."""
    site = people_pb2.Site(
        name=f"sites/{cells['id']}",
        display_name=cells["display_name"],
        time_zone=cells["time_zone"],
        display_order=_read(cells, "display_order", int, "a whole number") or 0,
    )
    day_start = _read(cells, "operating_day_start", time.fromisoformat, "as 06:00")
    if day_start is not None:
        hours, minutes = day_start.hour, day_start.minute
        site.operating_day_start.CopyFrom(timeofday_pb2.TimeOfDay(hours=hours, minutes=minutes))
    return site


def line_of(cells: Cells) -> people_pb2.Line:
    """Reads a line of business."""
    return people_pb2.Line(name=f"lines/{cells['id']}", display_names=_names_of(cells))


def team_of(cells: Cells) -> people_pb2.Team:
    """Reads a team."""
    return people_pb2.Team(
        name=f"teams/{cells['id']}",
        display_name=cells["display_name"],
        site=f"sites/{cells['site']}",
        leads=[f"agents/{lead}" for lead in cells.get("leads", "").split()],
        line=_name_of("lines", cells.get("line", "")),
    )


def skill_of(cells: Cells) -> people_pb2.Skill:
    """Reads a skill."""
    return people_pb2.Skill(name=f"skills/{cells['id']}", display_names=_names_of(cells))


def agent_of(cells: Cells) -> people_pb2.Agent:
    """Reads an agent."""
    agent = people_pb2.Agent(
        name=f"agents/{cells['id']}",
        display_name=cells["display_name"],
        site=f"sites/{cells['site']}",
        team=_name_of("teams", cells["team"]),
        skills=_read(cells, "skills", _skills_of, "as chinese:5 dutch:2, with levels 1 to 5"),
    )
    end_date = _read(cells, "end_date", date.fromisoformat, "as 2026-03-31")
    if end_date is not None:
        year, month, day = end_date.year, end_date.month, end_date.day
        agent.end_date.CopyFrom(date_pb2.Date(year=year, month=month, day=day))
    return agent


def _name_of(collection: str, cell: str) -> str:
    return f"{collection}/{cell}" if cell else ""


def _names_of(cells: Cells) -> dict[str, str]:
    return {language: name for language, name in cells.items() if language != "id" and name}


def _skills_of(cell: str) -> list[people_pb2.AgentSkill]:
    matches = [_SKILL.fullmatch(word) for word in cell.split()]
    if None in matches:
        raise ValueError(cell)
    return [
        people_pb2.AgentSkill(skill=f"skills/{match[1]}", level=int(match[2]))
        for match in matches
        if match is not None
    ]


def _read(cells: Cells, column: str, read: Callable[[str], _Value], written: str) -> _Value | None:
    """Reads a cell that may be empty or missing."""
    cell = cells.get(column, "")
    if not cell:
        return None
    try:
        return read(cell)
    except ValueError:
        raise UnreadableCellError(f"{column}: write {written}, not {cell[:60]!r}") from None
