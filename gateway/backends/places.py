"""Where people belong, asked of roster in the gateway's own name and remembered for a minute."""

from datetime import datetime, timedelta

import grpc
from muster.roster.v1 import people_pb2, roster_service_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as pb

from chassis.clock import Clock
from gateway.app.protection_ports import PersonPlace
from gateway.backends.refusals import refusing

REMEMBERED_FOR = timedelta(seconds=60)
REMEMBERED_PEOPLE = 10_000


class RosterPlaces:
    """Places by the roster as it was at most a minute ago. Refuses as roster does."""

    def __init__(self, channel: grpc.aio.Channel, clock: Clock) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)
        self._clock = clock
        self._people: dict[str, tuple[PersonPlace, datetime]] = {}

    async def find_place(self, agent: str) -> PersonPlace | None:
        now = self._clock.now()
        known = self._people.pop(agent, None)
        if known is None or now - known[1] >= REMEMBERED_FOR:
            with refusing():
                found = await self._roster.BatchGetAgents(pb.BatchGetAgentsRequest(names=[agent]))
            if not found.agents:
                return None
            known = _place(found.agents[0]), now
        while len(self._people) >= REMEMBERED_PEOPLE:
            del self._people[next(iter(self._people))]
        self._people[agent] = known
        return known[0]


def _place(agent: people_pb2.Agent) -> PersonPlace:
    return PersonPlace(agent.site, agent.team)
