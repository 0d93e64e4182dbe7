"""Which sites and agents there are and which of them a caller may see."""

from collections.abc import Iterable, Mapping

from chassis.calendar import ZoneDay
from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.dispatch.app.ports import AgentPlace, Roster, Sight
from services.dispatch.app.remembered import Remembered
from services.dispatch.domain.fate import Reason


class SiteDirectory:
    """Knows the zone of every site, the place of every agent and the agents of every team, up to a
    minute behind.
    """

    def __init__(self, roster: Roster, clock: Clock) -> None:
        self._clock = clock
        self._zones = Remembered(roster.find_time_zones, clock)
        self._places = Remembered(roster.find_agent_places, clock)
        self._team_agents = Remembered(roster.find_team_agents, clock)

    async def require_site(self, site: str, scope: Scope) -> None:
        """Refuses with NOT_FOUND/UNKNOWN_SITE unless the site exists and all of it is visible."""
        if not scope.sees_site(f"sites/{site}"):
            raise unknown_site(site)
        await self._zone(site)

    async def today(self, site: str) -> ZoneDay:
        """Returns the present day of a site; refuses if there is no such site."""
        return ZoneDay.containing(self._clock.now(), await self._zone(site))

    async def existing(self, sites: Iterable[str]) -> frozenset[str]:
        """Returns those of the sites that exist."""
        wanted = frozenset(sites)
        return wanted & (await self._zones.find(wanted)).keys()

    async def find_agent_places(self, agents: Iterable[str]) -> Mapping[str, AgentPlace]:
        """Returns where each agent belongs that exists, perhaps with others."""
        return await self._places.find(agents)

    async def sight_of(self, scope: Scope) -> Sight:
        """Returns a scope with the agents of its teams, as of now."""
        told = await self._team_agents.find(scope.teams)
        agents = {name: site for team in scope.teams for name, site in told.get(team, {}).items()}
        return Sight(scope, agents)

    async def require_agent(self, agent: str, scope: Scope) -> None:
        """Refuses with NOT_FOUND/UNKNOWN_AGENT unless the agent exists and is visible."""
        place = (await self._places.find([agent])).get(agent)
        if place is None or not scope.sees_agent(agent, f"sites/{place.site}", place.team):
            raise Refusal(
                Code.NOT_FOUND,
                Reason.UNKNOWN_AGENT,
                f"{agent} does not exist or is not yours to see.",
                metadata={"agent": agent},
            )

    async def _zone(self, site: str) -> str:
        zone = (await self._zones.find([site])).get(site)
        if zone is None:
            raise unknown_site(site)
        return zone


def unknown_site(site: str) -> Refusal:
    """Refuses because of a site that does not exist or is not the caller's."""
    return Refusal(
        Code.NOT_FOUND,
        Reason.UNKNOWN_SITE,
        f"sites/{site} does not exist or is not wholly yours.",
        metadata={"site": f"sites/{site}"},
    )
