"""Whose rows a caller may see: an argument of every store, so that pages and totals are right."""

from dataclasses import dataclass
from datetime import datetime, timedelta


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

    @property
    def is_personal(self) -> bool:
        """Tells whether nothing but single agents is visible, as to an agent who sees herself."""
        return self.sites == frozenset() and not self.teams

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

LIVE_SPAN = timedelta(hours=25)
"""How far back the scope of what is now reaches: the longest local day there is, in any zone."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """The rows that a caller may see now, and those, never more, whose past she may see."""

    live: Scope
    history: Scope

    def of_span(self, start: datetime, now: datetime, known: datetime | None = None) -> Scope:
        """Returns the scope by which a read of a span is judged: the history for the whole of it as
        soon as it begins before the last day, since rows are withheld and never cut.

        What was known at a past instant is read as if the span began then.
        """
        since = start if known is None else min(start, known)
        return self.history if since < now - LIVE_SPAN else self.live
