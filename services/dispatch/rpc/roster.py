"""The roster, asked over gRPC."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import grpc
from muster.roster.v1 import people_pb2, roster_service_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as pb

from chassis.errors import Code, Refusal
from chassis.rpc.channel import refusal_from
from services.dispatch.app.ports import AgentPlace

_MOST_NAMES = 5_000


class RosterClient:
    """Asks who belongs where. What goes wrong is raised as the Refusal that the roster sent."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub = roster_service_pb2_grpc.RosterServiceStub(channel)

    async def find_agent_places(self, agents: Sequence[str]) -> Mapping[str, AgentPlace]:
        """Returns where each agent belongs that exists."""
        places: dict[str, AgentPlace] = {}
        try:
            for start in range(0, len(agents), _MOST_NAMES):
                request = pb.BatchGetAgentsRequest(names=agents[start : start + _MOST_NAMES])
                found = await self._stub.BatchGetAgents(request)
                places |= {agent.name: _place_of(agent) for agent in found.agents}
        except grpc.aio.AioRpcError as error:
            raise refusal_from(error) from error
        return places

    async def find_team_agents(self, teams: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Returns, by team, the site id of each of its agents."""
        told: defaultdict[str, dict[str, str]] = defaultdict(dict)
        wanted = frozenset(teams)
        try:
            async for part in self._stub.CopyAgents(pb.CopyAgentsRequest()):
                for agent in part.agents:
                    if agent.team in wanted:
                        told[agent.team][agent.name] = _place_of(agent).site
        except grpc.aio.AioRpcError as error:
            raise refusal_from(error) from error
        return told

    async def find_time_zones(self, sites: Sequence[str]) -> Mapping[str, str]:
        """Returns the time zone of each site that exists."""
        zones = {site: await self._find_time_zone(site) for site in sites}
        return {site: zone for site, zone in zones.items() if zone is not None}

    async def _find_time_zone(self, site: str) -> str | None:
        try:
            found = await self._stub.GetSite(pb.GetSiteRequest(name=f"sites/{site}"))
        except grpc.aio.AioRpcError as error:
            refusal: Refusal = refusal_from(error)
            if refusal.code is Code.NOT_FOUND:
                return None
            raise refusal from error
        zone: str = found.time_zone
        return zone


def _place_of(agent: people_pb2.Agent) -> AgentPlace:
    return AgentPlace(agent.site.removeprefix("sites/"), agent.team)
