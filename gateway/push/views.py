"""What a reader sees of a topic."""

from collections.abc import Callable
from dataclasses import dataclass

from chassis.scope import Scope, Scopes

TeamOf = Callable[[str], str]
"""Tells the team of an agent, `teams/z`; empty if she has none."""


@dataclass(frozen=True, slots=True)
class View:
    """Whose rows a reader sees (None: the whole site; otherwise teams and single agents), whose of
    them also more than a day back, and those of her permissions that open fields. Who has the same
    view gets the same bytes.
    """

    agents: frozenset[str] | None
    teams: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    past_agents: frozenset[str] | None = None
    past_teams: frozenset[str] = frozenset()

    @classmethod
    def of(cls, scopes: Scopes, site: str, permissions: frozenset[str]) -> "View":
        """Returns what scopes show of a site."""
        agents, teams = _rows(scopes.live, site)
        past_agents, past_teams = _rows(scopes.history, site)
        return cls(agents, teams, permissions, past_agents, past_teams)

    @property
    def of_now(self) -> "View":
        """What is seen where nothing lies more than a day back: more readers have it in common."""
        return View(self.agents, self.teams, self.permissions)

    @property
    def sees_all(self) -> bool:
        """Tells whether nothing of the site is withheld."""
        return self.agents is None and self.past_agents is None

    def sees(self, agent: str, team_of: TeamOf, *, is_past: bool) -> bool:
        """Tells whether what an agent does, or did more than a day ago, is seen; her team is that
        of now.
        """
        return _among(self.agents, self.teams, agent, team_of) and not (
            is_past and not _among(self.past_agents, self.past_teams, agent, team_of)
        )


def _among(
    agents: frozenset[str] | None, teams: frozenset[str], agent: str, team_of: TeamOf
) -> bool:
    return agents is None or agent in agents or team_of(agent) in teams


def _rows(scope: Scope, site: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    return (None, frozenset()) if scope.sees_site(site) else (scope.agents, scope.teams)
