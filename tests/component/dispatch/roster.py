"""A roster of two sites and a few agents."""

from typing import Any

import grpc
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceServicer

AGENTS = {"ana": "harbor", "bob": "harbor", "tom": "shop"}
ZONES = {"harbor": "Europe/Lisbon", "shop": "Asia/Jerusalem"}


class FakeRoster(RosterServiceServicer):
    """Knows who belongs where, and which zone a site has."""

    async def BatchGetAgents(self, request: Any, context: Any) -> Any:  # noqa: N802
        names = [name.removeprefix("agents/") for name in request.names]
        return wire.BatchGetAgentsResponse(
            agents=[
                people_pb2.Agent(name=f"agents/{name}", site=f"sites/{AGENTS[name]}")
                for name in names
                if name in AGENTS
            ]
        )

    async def GetSite(self, request: Any, context: Any) -> Any:  # noqa: N802
        zone = ZONES.get(request.name.removeprefix("sites/"))
        if zone is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, "no such site")
        return people_pb2.Site(name=request.name, time_zone=zone)
