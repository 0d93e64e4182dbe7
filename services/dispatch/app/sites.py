"""Which sites and agents there are and which of them a caller may see."""

from collections.abc import Iterable, Mapping

from chassis.calendar import ZoneDay
from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.dispatch.app.ports import Roster
from services.dispatch.app.remembered import Remembered
from services.dispatch.domain.fate import Reason


class SiteDirectory:
    """Knows the zone of every site and the site of every agent, up to a minute behind."""

    def __init__(self, roster: Roster, clock: Clock) -> None:
        self._clock = clock
        self._zones = Remembered(roster.find_time_zones, clock)
        self._sites = Remembered(roster.find_agent_sites, clock)

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

    async def find_agent_sites(self, agents: Iterable[str]) -> Mapping[str, str]:
        """Returns the site id of each agent that exists, perhaps with others."""
        return await self._sites.find(agents)

    async def require_agent(self, agent: str, scope: Scope) -> None:
        """Refuses with NOT_FOUND/UNKNOWN_AGENT unless the agent exists and is visible."""
        site = (await self._sites.find([agent])).get(agent)
        if site is None or not scope.sees_agent(agent, f"sites/{site}"):
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
