"""Whose rows a caller may see: an argument of every store, so that pages and totals are right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows that a caller may see: those of some sites, of some teams, and of single agents
    besides.

    Sites are names such as `sites/x`; None stands for all of them. Teams are names such as
    `teams/z`, agents such as `agents/y`.
    """

    sites: frozenset[str] | None
    agents: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    def sees_site(self, site: str) -> bool:
        """Tells whether all rows of the site are visible. Rows of a team or of a single agent do
        not open the site.
        """
        return self.sites is None or site in self.sites

    def sees_agent(self, agent: str, site: str, team: str = "") -> bool:
        """Tells whether the rows of an agent of that site and team (empty: none) are visible."""
        return self.sees_site(site) or agent in self.agents or (team != "" and team in self.teams)


EVERYTHING = Scope(sites=None)
"""The scope of Muster's own processes."""
