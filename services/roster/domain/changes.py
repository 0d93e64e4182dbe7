"""What applying a roster changes, and how the others are told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.roster.domain.people import Agent, Line, People, Site, SiteName, Skill, Team

MOST_ROWS_PER_MESSAGE = 2_000
MOST_BYTES_PER_MESSAGE = 256 * 1024
# Tags and lengths of a row's fields on the wire, and of a skill with its level.
_ROW_OVERHEAD, _SKILL_OVERHEAD, _LEAD_OVERHEAD = 40, 8, 4

Told = Team | Agent

_Row = TypeVar("_Row", Site, Line, Team, Skill, Agent)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, what is different, and how much is as requested already."""

    created: People
    updated: People
    unchanged_count: int

    def told_by_site(self) -> Mapping[SiteName, tuple[Told, ...]]:
        """The created and updated teams and agents by the site they are at now, sites in name
        order.
        """
        by_site: dict[SiteName, list[Told]] = {}
        for people in (self.created, self.updated):
            rows: list[Told] = [*people.teams, *people.agents]
            for row in rows:
                by_site.setdefault(row.site, []).append(row)
        return {site: tuple(by_site[site]) for site in sorted(by_site)}


def decide_changes(requested: People, known: People) -> Changes:
    """Compares a request that passed the checks with what exists of it."""
    new_sites, other_sites = _compare(requested.sites, known.sites)
    new_teams, other_teams = _compare(requested.teams, known.teams)
    new_agents, other_agents = _compare(requested.agents, known.agents)
    new_lines, other_lines = _compare(requested.lines, known.lines)
    new_skills, other_skills = _compare(requested.skills, known.skills)
    created = People(new_sites, new_teams, new_agents, new_lines, new_skills)
    updated = People(other_sites, other_teams, other_agents, other_lines, other_skills)
    return Changes(created, updated, len(requested) - len(created) - len(updated))


def split_messages(rows: Sequence[Told]) -> Iterator[tuple[Told, ...]]:
    """Splits the rows of a commit into messages of at most 2,000 rows and 256 KiB."""
    message: list[Told] = []
    size = 0
    for row in rows:
        more = _wire_size(row)
        full = len(message) == MOST_ROWS_PER_MESSAGE or size + more > MOST_BYTES_PER_MESSAGE
        if message and full:
            yield tuple(message)
            message, size = [], 0
        message.append(row)
        size += more
    if message:
        yield tuple(message)


def _compare(
    requested: Iterable[_Row], known: Iterable[_Row]
) -> tuple[tuple[_Row, ...], tuple[_Row, ...]]:
    existing = {row.name: row for row in known}
    new = tuple(row for row in requested if row.name not in existing)
    other = tuple(row for row in requested if existing.get(row.name, row) != row)
    return new, other


def _wire_size(row: Told) -> int:
    size = _ROW_OVERHEAD + sum(
        len(text.encode()) for text in (row.name, row.display_name, row.site)
    )
    if isinstance(row, Team):
        return size + len(row.line or "") + sum(len(lead) + _LEAD_OVERHEAD for lead in row.leads)
    return size + len(row.team or "") + sum(len(s.skill) + _SKILL_OVERHEAD for s in row.skills)
