"""The roster, asked over gRPC."""

from collections.abc import Mapping, Sequence

import grpc
from muster.roster.v1 import roster_service_pb2 as pb
from muster.roster.v1 import roster_service_pb2_grpc

from chassis.errors import Code, Refusal
from chassis.rpc.channel import refusal_from

_MOST_NAMES = 5_000


class RosterClient:
    """Asks who belongs where. What goes wrong is raised as the Refusal that the roster sent."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub = roster_service_pb2_grpc.RosterServiceStub(channel)

    async def find_agent_sites(self, agents: Sequence[str]) -> Mapping[str, str]:
        """Returns the site id of each agent that exists."""
        sites: dict[str, str] = {}
        try:
            for start in range(0, len(agents), _MOST_NAMES):
                request = pb.BatchGetAgentsRequest(names=agents[start : start + _MOST_NAMES])
                found = await self._stub.BatchGetAgents(request)
                sites |= {agent.name: agent.site.removeprefix("sites/") for agent in found.agents}
        except grpc.aio.AioRpcError as error:
            raise refusal_from(error) from error
        return sites

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
