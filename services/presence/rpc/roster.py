"""The roster, asked over gRPC."""

from collections.abc import AsyncIterator, Iterable
from datetime import date

import grpc
from muster.roster.v1 import people_pb2, roster_service_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as pb

from chassis.rpc.channel import refusal_from
from services.presence.app.ports import RosterCopy
from services.presence.domain.entry import Place

_MOST_NAMES = 5_000


class RosterClient:
    """Asks who belongs where. What goes wrong is raised as the Refusal that the roster sent."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub = roster_service_pb2_grpc.RosterServiceStub(channel)

    async def find_agents(self, agents: Iterable[str]) -> RosterCopy:
        """Returns the site and the team of each agent that exists."""
        names = list(agents)
        copy = RosterCopy()
        try:
            for start in range(0, len(names), _MOST_NAMES):
                request = pb.BatchGetAgentsRequest(names=names[start : start + _MOST_NAMES])
                _add(copy, (await self._stub.BatchGetAgents(request)).agents)
        except grpc.aio.AioRpcError as error:
            raise refusal_from(error) from error
        return copy

    async def copy(self) -> RosterCopy:
        """Returns where every agent belongs."""
        copy = RosterCopy()
        try:
            async for part in self._stub.CopyAgents(pb.CopyAgentsRequest()):
                _add(copy, part.agents)
                for cursor in part.cursors:
                    site = cursor.site.removeprefix("sites/")
                    copy.places[site] = Place(site, cursor.epoch, cursor.seq)
        except grpc.aio.AioRpcError as error:
            raise refusal_from(error) from error
        return copy

    async def replay(self, after: Place) -> AsyncIterator[tuple[Place, bytes]]:
        """Yields the changes of a site after a place, in order; OUT_OF_RANGE if not kept."""
        cursor = people_pb2.Cursor(site=f"sites/{after.site}", epoch=after.epoch, seq=after.seq)
        try:
            async for changed in self._stub.ReplayChanges(pb.ReplayChangesRequest(after=cursor)):
                told = changed.cursor
                yield Place(after.site, told.epoch, told.seq), changed.SerializeToString()
        except grpc.aio.AioRpcError as error:
            raise refusal_from(error) from error


def _add(copy: RosterCopy, agents: Iterable[people_pb2.Agent]) -> None:
    for agent in agents:
        copy.sites[agent.name] = agent.site.removeprefix("sites/")
        copy.teams[agent.name] = agent.team
        if agent.HasField("end_date"):
            day = agent.end_date
            copy.end_dates[agent.name] = date(day.year, day.month, day.day)
