"""How far somebody's own rights reach: nobody gives, changes or sees more than she has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from chassis.identity import Identity
from chassis.scope import Scope
from gateway.domain.account_changes import Giver
from gateway.domain.accounts import Account
from gateway.domain.reporting_lines import ReportingLine


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The site and team of an agent (empty: none)."""

    site: str
    team: str


class Organisation(Protocol):
    """The roster as the gateway itself sees it. Refuses as roster does."""

    async def find_whereabouts(self, agents: Iterable[str]) -> Mapping[str, Whereabouts]:
        """Returns where those of the agents are that exist."""
        ...

    async def list_teams(self, site: str) -> frozenset[str]:
        """Returns the names of a site's teams."""
        ...

    async def line_of(self, agent: str) -> ReportingLine:
        """Returns the reporting line of an agent; an empty one if there is no such agent."""
        ...


class Givers:
    """Measures callers against the accounts that they want to deal with."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    async def giver_for(self, identity: Identity, accounts: Iterable[Account]) -> Giver:
        """Returns what the caller may give, as far as it concerns the accounts."""
        scope = identity.scope
        own = identity.subject.removeprefix("accounts/")
        if scope.sites is None:
            return Giver(identity.permissions, None, account=own)
        known = tuple(accounts)
        places = await self._organisation.find_whereabouts(
            {account.agent for account in known if account.agent}
        )
        seen = {
            agent
            for agent, place in places.items()
            if scope.sees_agent(agent, place.site, place.team)
        }
        lines = [
            account.agent
            for account in known
            if account.reporting_line and await self._sees_line(scope, account.agent, places)
        ]
        teams = scope.teams | await self._teams_of_sites(scope.sites, known)
        return Giver(
            identity.permissions, scope.sites, scope.agents | seen, teams, frozenset(lines), own
        )

    async def _sees_line(self, scope: Scope, agent: str, places: Mapping[str, Whereabouts]) -> bool:
        if agent not in places:
            return False
        # Leads belong to the site of their teams, so that a line never leaves it.
        if scope.sees_site(places[agent].site):
            return True
        return (await self._organisation.line_of(agent)).whole <= scope.teams

    async def _teams_of_sites(
        self, sites: Iterable[str], accounts: Iterable[Account]
    ) -> frozenset[str]:
        if not any(account.teams for account in accounts):
            return frozenset()
        found = [await self._organisation.list_teams(site) for site in sorted(sites)]
        return frozenset().union(*found)
