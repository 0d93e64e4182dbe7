"""Where people belong, asked of roster in the gateway's own name and remembered for a minute."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import grpc
from muster.roster.v1 import roster_service_pb2 as pb
from muster.roster.v1 import roster_service_pb2_grpc

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
        return (await self.find_places([agent])).get(agent)

    async def find_places(self, agents: Sequence[str]) -> Mapping[str, PersonPlace]:
        now = self._clock.now()
        known = {agent: place for agent in agents if (place := self._known(agent, now))}
        unknown = [agent for agent in agents if agent not in known]
        if unknown:
            with refusing():
                found = await self._roster.BatchGetAgents(pb.BatchGetAgentsRequest(names=unknown))
            for agent in found.agents:
                known[agent.name] = PersonPlace(agent.site, agent.team)
                self._remember(agent.name, known[agent.name], now)
        return known

    def _known(self, agent: str, now: datetime) -> PersonPlace | None:
        place, since = self._people.get(agent, (None, now))
        return place if now - since < REMEMBERED_FOR else None

    def _remember(self, agent: str, place: PersonPlace, now: datetime) -> None:
        self._people.pop(agent, None)
        while len(self._people) >= REMEMBERED_PEOPLE:
            del self._people[next(iter(self._people))]
        self._people[agent] = place, now
