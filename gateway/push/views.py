"""What a reader sees of a topic."""

from collections.abc import Callable
from dataclasses import dataclass

from chassis.scope import Scope

TeamOf = Callable[[str], str]
"""Tells the team of an agent, `teams/z`; empty if she has none."""


@dataclass(frozen=True, slots=True)
class View:
    """Whose rows a reader sees (None: the whole site; otherwise teams and single agents), and those
    of her permissions that open fields. Who has the same view gets the same bytes.
    """

    agents: frozenset[str] | None
    teams: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()

    @classmethod
    def of(cls, scope: Scope, site: str, permissions: frozenset[str]) -> "View":
        """Returns what a scope shows of a site."""
        if scope.sees_site(site):
            return cls(None, permissions=permissions)
        return cls(scope.agents, scope.teams, permissions)

    def sees(self, agent: str, team_of: TeamOf) -> bool:
        """Tells whether the rows of an agent are seen, as her team is now."""
        return self.agents is None or agent in self.agents or team_of(agent) in self.teams
