"""Who is in which team at which site, and the order in which rosters change, asked in the gateway's
own name.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

import grpc
from muster.roster.v1 import events_pb2, people_pb2, roster_service_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as pb

from chassis.errors import Code, Refusal
from gateway.backends.refusals import refusing, streamed
from gateway.domain.feed import Position


@dataclass(slots=True)
class RosterCopy:
    """The team of each agent, empty for none, and the places of the sites that it includes."""

    teams: dict[str, str] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)


class RosterOrder:
    """The rosters of all sites, copied and replayed."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)

    async def copy(self) -> RosterCopy:
        """Returns everybody's team."""
        copy = RosterCopy()
        with refusing():
            async for part in self._roster.CopyAgents(pb.CopyAgentsRequest()):
                copy.teams.update((agent.name, agent.team) for agent in part.agents)
                for cursor in part.cursors:
                    copy.places[cursor.site] = Position(cursor.epoch, cursor.seq)
        return copy

    def replay(self, site: str, after: Position) -> AsyncGenerator[events_pb2.AgentsChanged, None]:
        """Streams a site's changes of agents after a place, up to the newest; refuses a place that
        is too old with OUT_OF_RANGE.
        """
        cursor = people_pb2.Cursor(site=site, epoch=after.epoch, seq=after.seq)
        request = pb.ReplayChangesRequest(after=cursor)
        return streamed(lambda: self._roster.ReplayChanges(request))

    async def knows(self, site: str, place: Position) -> bool:
        """Tells whether what follows a place of a site is known; not of a place ahead of it."""
        try:
            async with aclosing(self.replay(site, place)) as messages:
                await anext(messages, None)
        except Refusal as refusal:
            if refusal.code is not Code.OUT_OF_RANGE:
                raise
            return False
        return True
