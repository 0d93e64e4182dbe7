"""Following the roster: the copy of who belongs where, loaded whole and kept by its events."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import date
from typing import Protocol

from muster.roster.v1 import events_pb2, people_pb2

from chassis.bus import FullCopyConsumer, Position
from chassis.errors import Refusal
from services.presence.app.directory import AgentDirectory
from services.presence.app.ports import RosterCopy
from services.presence.domain.entry import Place, instant_of
from services.presence.telemetry import PresenceTelemetry

_PAUSES_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)


class RosterSource(Protocol):
    """The roster as the one who follows it needs it."""

    async def copy(self) -> RosterCopy:
        """Returns where every agent belongs."""
        ...

    def replay(self, after: Place) -> AsyncIterator[tuple[Place, bytes]]:
        """Yields the changes after a place."""
        ...


MakeConsumer = Callable[["RosterFollower", Mapping[str, Position]], FullCopyConsumer]


class RosterFollower:
    """Keeps the directory equal to the roster, some moments behind."""

    def __init__(
        self,
        directory: AgentDirectory,
        roster: RosterSource,
        telemetry: PresenceTelemetry,
        make_consumer: MakeConsumer,
    ) -> None:
        self._directory = directory
        self._roster = roster
        self._telemetry = telemetry
        self._make_consumer = make_consumer
        self._consumer: FullCopyConsumer | None = None

    async def run(self) -> None:
        """Loads the copy, as soon as there is a roster, and follows its events for ever."""
        positions = await self._load()
        self._consumer = self._make_consumer(self, positions)
        await self._consumer.run()

    async def check(self) -> str | None:
        """Returns None when the copy is whole and followed, else why not."""
        if self._consumer is None:
            return "the copy of the roster is not loaded yet"
        return await self._consumer.check()

    async def apply(self, position: Position, payload: bytes, headers: Mapping[str, str]) -> None:
        """Takes over one message."""
        changed = events_pb2.AgentsChanged.FromString(payload)
        sites = {agent.name: agent.site.removeprefix("sites/") for agent in changed.agents}
        teams = {agent.name: agent.team for agent in changed.agents}
        told_time = instant_of(changed.recorded_time.ToMicroseconds())
        self._directory.apply(sites, told_time, teams, _end_dates_of(changed.agents))
        self._telemetry.directory_agents.set(len(self._directory.site_of))

    async def replay(self, after: Position) -> AsyncIterator[tuple[Position, bytes]]:
        """Yields what the roster told after a position."""
        async for place, payload in self._roster.replay(Place(after.site, after.epoch, after.seq)):
            yield Position(*place), payload

    async def on_expired(self, site: str) -> Position | None:
        """Loads the whole copy again, since the roster no longer keeps what was missed."""
        return (await self._load()).get(site)

    async def _load(self) -> dict[str, Position]:
        for attempt in range(2**31):
            try:
                copy = await self._roster.copy()
            except Refusal as refusal:
                self._telemetry.directory_waits(str(refusal))
                await asyncio.sleep(_PAUSES_SECONDS[min(attempt, len(_PAUSES_SECONDS) - 1)])
            else:
                break
        self._directory.load(copy.sites, copy.teams, copy.end_dates)
        self._telemetry.directory_loaded(len(copy.sites))
        return {site: Position(*place) for site, place in copy.places.items()}


def _end_dates_of(agents: Iterable[people_pb2.Agent]) -> dict[str, date]:
    """Returns the first day on which agents are there no more, of those who leave."""
    return {
        agent.name: date(agent.end_date.year, agent.end_date.month, agent.end_date.day)
        for agent in agents
        if agent.HasField("end_date")
    }
