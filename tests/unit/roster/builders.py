"""People and shifts as the tests talk of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from services.roster.domain.people import (
    Agent,
    AgentName,
    AgentSkill,
    Line,
    LineName,
    Site,
    SiteName,
    Skill,
    SkillName,
    Team,
    TeamName,
)
from services.roster.domain.shifts import Activity, ActivityKind, Shift, ShiftName, Version


def a_site(name: str = "porto", *, zone: str = "Europe/Lisbon", label: str = "") -> Site:
    return Site(SiteName(f"sites/{name}"), label or name.title(), zone)


def a_line(name: str = "sales", **names: str) -> Line:
    return Line(LineName(f"lines/{name}"), tuple(sorted(names.items())) or (("en", name.title()),))


def a_skill(name: str = "chinese", **names: str) -> Skill:
    return Skill(
        SkillName(f"skills/{name}"), tuple(sorted(names.items())) or (("en", name.title()),)
    )


def a_team(
    name: str = "fiber",
    *,
    site: str = "porto",
    label: str = "",
    leads: tuple[str, ...] = (),
    line: str | None = None,
) -> Team:
    return Team(
        TeamName(f"teams/{name}"),
        label or name.title(),
        SiteName(f"sites/{site}"),
        tuple(AgentName(f"agents/{lead}") for lead in leads),
        None if line is None else LineName(f"lines/{line}"),
    )


def an_agent(
    name: str = "ana",
    *,
    site: str = "porto",
    team: str | None = None,
    label: str = "",
    skills: Mapping[str, int] = MappingProxyType({}),
    left: str | None = None,
) -> Agent:
    return Agent(
        AgentName(f"agents/{name}"),
        label or name.title(),
        SiteName(f"sites/{site}"),
        None if team is None else TeamName(f"teams/{team}"),
        tuple(AgentSkill(SkillName(f"skills/{name}"), level) for name, level in skills.items()),
        None if left is None else date.fromisoformat(left),
    )


def local(text: str) -> datetime:
    """A local time such as `03-02 09:00`, of the year 2026 unless it says another one."""
    return datetime.fromisoformat(text if text[4:5] == "-" else f"2026-{text}")


def a_shift(
    name: str,
    start: str,
    end: str,
    *,
    agent: str = "ana",
    zone: str = "Europe/Lisbon",
    meal: tuple[str, str] | None = None,
    cancelled: bool = False,
) -> Shift:
    meals = (Activity(ActivityKind.MEAL, local(meal[0]), local(meal[1])),) if meal else ()
    return Shift(
        ShiftName(f"shifts/{name}"),
        AgentName(f"agents/{agent}"),
        zone,
        local(start),
        local(end),
        meals,
        cancelled,
    )


def published(shift: Shift, *, number: int = 1, site: str = "porto") -> Version:
    """A version as somebody published it on the first of March."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Version(shift, SiteName(f"sites/{site}"), number, at, "accounts/planner")
