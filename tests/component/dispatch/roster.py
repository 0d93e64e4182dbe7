"""A roster of two sites and a few agents."""

from collections.abc import AsyncIterator
from typing import Any

import grpc
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceServicer

AGENTS = {"ana": "harbor", "bob": "harbor", "tom": "shop"}
TEAMS = {"ana": "teams/north", "bob": "teams/south", "tom": "teams/shop"}
ZONES = {"harbor": "Europe/Lisbon", "shop": "Asia/Jerusalem"}


class FakeRoster(RosterServiceServicer):
    """Knows who belongs where, and which zone a site has."""

    async def BatchGetAgents(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        names = [name.removeprefix("agents/") for name in request.names]
        return wire.BatchGetAgentsResponse(
            agents=[_agent(name) for name in names if name in AGENTS]
        )

    async def CopyAgents(self, request: Any, context: Any) -> AsyncIterator[Any]:  # noqa: N802 - as on the wire
        yield wire.CopyAgentsResponse(agents=map(_agent, AGENTS))

    async def GetSite(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        zone = ZONES.get(request.name.removeprefix("sites/"))
        if zone is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, "no such site")
        return people_pb2.Site(name=request.name, time_zone=zone)


def _agent(name: str) -> people_pb2.Agent:
    return people_pb2.Agent(name=f"agents/{name}", site=f"sites/{AGENTS[name]}", team=TEAMS[name])
