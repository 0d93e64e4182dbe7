"""Lines of business and skills, which belong to no site: what may be changed and named."""

from collections.abc import Iterator
from itertools import pairwise

from services.roster.domain.display_names import display_names_fault
from services.roster.domain.people import Agent, Line, People, Skill, Team

MOST_SKILLS_OF_AGENT = 50
LEVELS = range(1, 6)


class Catalogue:
    """The lines and skills that exist or are in a request."""

    def __init__(self, requested: People, known: People, *, may_change: bool) -> None:
        self._may_change = may_change
        existing: list[Line | Skill] = [*known.lines, *known.skills]
        to_be: list[Line | Skill] = [*existing, *requested.lines, *requested.skills]
        self._known = {row.name: row for row in existing}
        self._names = {row.name for row in to_be}

    def check_row(self, row: Line | Skill) -> Iterator[tuple[str, str]]:
        """Yields what is wrong with a requested line or skill: the field, and what to do."""
        fault = display_names_fault(row.display_names)
        if fault is not None:
            yield "display_names", fault
        if not self._may_change and self._known.get(row.name) != row:
            yield "name", "belongs to no site: only who may see all sites creates or changes it"

    def check_line(self, team: Team) -> Iterator[tuple[str, str]]:
        """Yields what is wrong with the line of a team."""
        if team.line is not None and team.line not in self._names:
            yield "line", f"names {team.line!r}, which neither exists nor is in the request"

    def check_skills(self, agent: Agent) -> Iterator[tuple[str, str]]:
        """Yields what is wrong with the skills of an agent."""
        if len(agent.skills) > MOST_SKILLS_OF_AGENT:
            yield "skills", f"has {len(agent.skills)} rows; at most {MOST_SKILLS_OF_AGENT}"
        for one, other in pairwise(agent.skills):
            if one.skill == other.skill:
                yield "skills", f"names {one.skill!r} twice"
        for each in agent.skills:
            if each.skill not in self._names:
                yield "skills", f"names {each.skill!r}, which neither exists nor is in the request"
            if each.level not in LEVELS:
                yield "skills", f"gives {each.skill} the level {each.level}; levels are 1 to 5"
