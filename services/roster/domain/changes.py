"""What applying a roster changes, and how the others are told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from services.roster.domain.people import Agent, People, Site, SiteName, Team

MOST_AGENTS_PER_MESSAGE = 2_000
MOST_BYTES_PER_MESSAGE = 256 * 1024
# Tags and lengths of an agent's fields on the wire.
_OVERHEAD = 16

_Row = TypeVar("_Row", Site, Team, Agent)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, what is different, and how much is as requested already."""

    created: People
    updated: People
    unchanged_count: int

    def agents_by_site(self) -> Mapping[SiteName, tuple[Agent, ...]]:
        """The created and updated agents by the site they are at now, sites in name order."""
        by_site: dict[SiteName, list[Agent]] = {}
        for agent in (*self.created.agents, *self.updated.agents):
            by_site.setdefault(agent.site, []).append(agent)
        return {site: tuple(by_site[site]) for site in sorted(by_site)}


def decide_changes(requested: People, known: People) -> Changes:
    """Compares a request that passed the checks with what exists of it."""
    new_sites, other_sites = _compare(requested.sites, known.sites)
    new_teams, other_teams = _compare(requested.teams, known.teams)
    new_agents, other_agents = _compare(requested.agents, known.agents)
    created = People(new_sites, new_teams, new_agents)
    updated = People(other_sites, other_teams, other_agents)
    return Changes(created, updated, len(requested) - len(created) - len(updated))


def keep_leads(requested: People, known: People) -> People:
    """Returns the request with the leads that its teams have already."""
    leads = {team.name: team.leads for team in known.teams}
    teams = (replace(team, leads=leads.get(team.name, team.leads)) for team in requested.teams)
    return replace(requested, teams=tuple(teams))


def split_messages(agents: Sequence[Agent]) -> Iterator[tuple[Agent, ...]]:
    """Splits the agents of a commit into messages of at most 2,000 agents and 256 KiB."""
    message: list[Agent] = []
    size = 0
    for agent in agents:
        more = _wire_size(agent)
        full = len(message) == MOST_AGENTS_PER_MESSAGE or size + more > MOST_BYTES_PER_MESSAGE
        if message and full:
            yield tuple(message)
            message, size = [], 0
        message.append(agent)
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


def _wire_size(agent: Agent) -> int:
    texts = (agent.name, agent.display_name, agent.site, agent.team or "")
    return _OVERHEAD + sum(len(text.encode()) for text in texts)
