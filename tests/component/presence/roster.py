"""A roster of a few agents, which a test can change."""

from collections.abc import AsyncIterator
from typing import Any

from google.type import date_pb2
from muster.roster.v1 import events_pb2, people_pb2
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceServicer

from chassis.bus import Bus, subject_of

TEAMS = {"ana": "teams/north", "bob": "teams/south", "eve": "", "tom": ""}
AGENTS = {"ana": "bank", "bob": "bank", "eve": "bank", "tom": "shop"}


class FakeRoster(RosterServiceServicer):
    """Knows who belongs where, and tells of changes."""

    def __init__(self, bus: Bus) -> None:
        self.site_of = dict(AGENTS)
        self.team_of = dict(TEAMS)
        self.end_date_of: dict[str, date_pb2.Date] = {}
        self.asked_names: list[list[str]] = []
        self._bus = bus
        self._seqs = dict.fromkeys(self.site_of.values(), 1)

    def hire(self, agent: str, site: str) -> None:
        """Takes somebody on without telling."""
        self.site_of[agent] = site

    async def move(self, agent: str, site: str) -> None:
        """Moves somebody and tells it."""
        self.site_of[agent] = site
        self._seqs[site] += 1
        cursor = people_pb2.Cursor(site=f"sites/{site}", epoch=1, seq=self._seqs[site])
        changed = events_pb2.AgentsChanged(cursor=cursor, agents=[self._agent(agent)])
        changed.recorded_time.GetCurrentTime()
        await self._bus.jetstream.publish(
            subject_of("roster", "agents_changed", site),
            changed.SerializeToString(),
            headers={"Nats-Msg-Id": f"{site}:1:{self._seqs[site]}"},
        )

    async def end(self, agent: str, day: date_pb2.Date) -> None:
        """Lets somebody leave on a day and tells it."""
        self.end_date_of[agent] = day
        await self.move(agent, self.site_of[agent])

    async def BatchGetAgents(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self.asked_names.append(list(request.names))
        names = [name.removeprefix("agents/") for name in request.names]
        known = [self._agent(name) for name in names if name in self.site_of]
        return wire.BatchGetAgentsResponse(agents=known)

    async def CopyAgents(self, request: Any, context: Any) -> AsyncIterator[Any]:  # noqa: N802 - as on the wire
        yield wire.CopyAgentsResponse(agents=map(self._agent, self.site_of))
        yield wire.CopyAgentsResponse(
            cursors=[
                people_pb2.Cursor(site=f"sites/{site}", epoch=1, seq=seq)
                for site, seq in self._seqs.items()
            ]
        )

    async def ReplayChanges(self, request: Any, context: Any) -> AsyncIterator[Any]:  # noqa: N802 - as on the wire
        return
        yield  # nothing was missed

    def _agent(self, agent: str) -> people_pb2.Agent:
        site = self.site_of[agent]
        return people_pb2.Agent(
            name=f"agents/{agent}",
            display_name=agent,
            site=f"sites/{site}",
            team=self.team_of.get(agent, ""),
            end_date=self.end_date_of.get(agent),
        )
