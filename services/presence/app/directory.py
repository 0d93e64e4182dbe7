"""Where an agent belongs, her site and team: a copy in memory, completed on a miss."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from types import MappingProxyType

from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.presence.app.ports import Roster
from services.presence.domain.entry import EPOCH
from services.presence.domain.fate import Reason

NO_TEAMS: Mapping[str, str] = MappingProxyType({})
NO_END_DATES: Mapping[str, date] = MappingProxyType({})
# Where a day begins last, west of the Pacific's date line.
_LAST_ZONE = timezone(timedelta(hours=-12))


class AgentDirectory:
    """Knows the site of every agent, and the team of all whom a copy or a message told of."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._site_of: dict[str, str] = {}
        self._team_of: dict[str, str] = {}
        self._end_date_of: dict[str, date] = {}
        self._agents_of: dict[str, set[str]] = {}
        self._in_order: dict[str, tuple[str, ...]] = {}
        self._told_times: dict[str, datetime] = {}

    @property
    def site_of(self) -> Mapping[str, str]:
        """The site id of each agent that the copy holds, by agent name."""
        return MappingProxyType(self._site_of)

    def team_of(self, agent: str) -> str:
        """Returns the name of an agent's team; empty for none."""
        return self._team_of.get(agent, "")

    def has_left(self, agent: str, now: datetime) -> bool:
        """Tells whether the day on which an agent leaves has begun: in every time zone, since that
        of her site is not known here.
        """
        end_date = self._end_date_of.get(agent)
        return end_date is not None and now >= datetime.combine(end_date, time(), _LAST_ZONE)

    def load(
        self,
        sites: Mapping[str, str],
        teams: Mapping[str, str] = NO_TEAMS,
        end_dates: Mapping[str, date] = NO_END_DATES,
    ) -> None:
        """Replaces the copy by a whole one, which is no older than anything told before."""
        told_times = {
            agent: told_time
            for agent, told_time in self._told_times.items()
            if sites.get(agent) == self._site_of[agent]
        }
        self._site_of.clear()
        self._team_of.clear()
        self._end_date_of.clear()
        self._agents_of.clear()
        self._told_times.clear()
        self.apply(sites, EPOCH, teams, end_dates)
        self._told_times |= told_times

    def apply(
        self,
        sites: Mapping[str, str],
        told_time: datetime,
        teams: Mapping[str, str] = NO_TEAMS,
        end_dates: Mapping[str, date] = NO_END_DATES,
    ) -> None:
        """Takes over what was told at an instant, unless something later is known of an agent.

        Sites have separate orders: without this, a late message of her former site would move an
        agent back.
        """
        self._in_order.clear()
        for agent, site in sites.items():
            if self._told_times.get(agent, EPOCH) > told_time:
                continue
            former = self._site_of.get(agent)
            if former is not None and former != site:
                self._agents_of[former].discard(agent)
            self._site_of[agent] = site
            self._team_of[agent] = teams.get(agent, "")
            self._end_date_of.pop(agent, None)
            if agent in end_dates:
                self._end_date_of[agent] = end_dates[agent]
            self._agents_of.setdefault(site, set()).add(agent)
            self._told_times[agent] = told_time

    def agents_of(self, site: str) -> tuple[str, ...]:
        """Returns the agents of a site in name order."""
        agents = self._in_order.get(site)
        if agents is None:
            agents = self._in_order[site] = tuple(sorted(self._agents_of.get(site, ())))
        return agents

    async def find_sites(self, agents: Iterable[str]) -> Mapping[str, str]:
        """Returns the site of each agent that exists, asking the roster once for those missing."""
        missing = {agent for agent in agents if agent not in self._site_of}
        if missing:
            found = await self._roster.find_agents(sorted(missing))
            self.apply(found.sites, EPOCH, found.teams, found.end_dates)
        return self.site_of

    def sees(self, agent: str, scope: Scope) -> bool:
        """Tells whether a scope opens an agent of the copy, by her site and team as of now."""
        site = self._site_of.get(agent)
        return site is not None and scope.sees_agent(agent, f"sites/{site}", self.team_of(agent))

    def sees_entry(self, agent: str, site: str, scope: Scope) -> bool:
        """Tells whether a scope opens what was recorded about an agent at the site of an id: her
        team opens what is recorded where the team is.
        """
        team = self.team_of(agent) if self._site_of.get(agent) == site else ""
        return scope.sees_agent(agent, f"sites/{site}", team)

    def sees_somebody(self, site: str, scope: Scope) -> bool:
        """Tells whether a scope opens the site of an id, or at least one agent of it."""
        if scope.sees_site(f"sites/{site}"):
            return True
        return any(self.sees(agent, scope) for agent in self.agents_of(site))

    def sites_seen(self, agent: str, scope: Scope) -> frozenset[str] | None:
        """Returns the sites of which entries about an agent are visible to whoever sees her now;
        None for all. What was recorded at a site that she left stays with those who see that site,
        and with herself.
        """
        if scope.sites is None or agent in scope.agents:
            return None
        seen = {site.removeprefix("sites/") for site in scope.sites}
        if self.team_of(agent) in scope.teams:
            seen.add(self._site_of[agent])
        return frozenset(seen)

    async def find_visible_site(self, agent: str, scope: Scope) -> str:
        """Returns the site of an agent.

        Raises NOT_FOUND/UNKNOWN_AGENT also for one whom the caller may not see.
        """
        site = (await self.find_sites([agent])).get(agent)
        if site is None or not self.sees(agent, scope):
            raise Refusal(
                Code.NOT_FOUND,
                Reason.UNKNOWN_AGENT,
                f"{agent} does not exist or is not yours to see.",
                metadata={"agent": agent},
            )
        return site
