"""Follows what roster tells: everybody's team, and that there is something to fetch."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from muster.roster.v1 import events_pb2

from chassis.bus import Bus, FullCopyConsumer, Position
from chassis.cancelling import run_together
from chassis.errors import Refusal
from chassis.telemetry import Telemetry
from gateway.backends.roster_order import RosterOrder
from gateway.domain.feed import Position as FeedPosition
from gateway.push.roster import Part, RosterFeeds
from gateway.telemetry import FEED_WAITS

_PAUSE_SECONDS = 1.0
_SITES = "sites/"


class RosterChanges:
    """Keeps the teams of agents, and moves the feeds of rosters."""

    def __init__(self, feeds: RosterFeeds, order: RosterOrder, telemetry: Telemetry) -> None:
        self._feeds = feeds
        self._order = order
        self._telemetry = telemetry
        self._teams: dict[str, str] = {}

    def team_of(self, agent: str) -> str:
        """Returns the team of an agent; empty if she has none or is not known."""
        return self._teams.get(agent, "")

    async def follow(self, bus: Bus) -> None:
        """Follows until cancelled. Roster may be away when it begins."""
        positions = await self._load()
        people = self._consumer(bus, "agents_changed", positions)
        shifts = self._consumer(bus, "shifts_changed", positions)
        await run_together(people.run(), shifts.run())

    async def apply(self, position: Position, payload: bytes, headers: Mapping[str, str]) -> None:
        """Takes over a change of agents. A replayed one without any was about shifts."""
        changed = events_pb2.AgentsChanged.FromString(payload)
        self._teams.update((agent.name, agent.team) for agent in changed.agents)
        told = bool(headers or changed.agents or changed.teams)
        self._touch(position, Part.PEOPLE if told else Part.SHIFTS)

    async def apply_shifts(
        self, position: Position, payload: bytes, headers: Mapping[str, str]
    ) -> None:
        """Notes that shifts changed; what is replayed tells of agents."""
        if headers:
            self._touch(position, Part.SHIFTS)
        else:
            await self.apply(position, payload, headers)

    def _consumer(
        self, bus: Bus, event: str, positions: Mapping[str, Position]
    ) -> FullCopyConsumer:
        return FullCopyConsumer(
            owner="roster",
            event=event,
            bus=bus,
            telemetry=self._telemetry,
            apply=self.apply if event == "agents_changed" else self.apply_shifts,
            replay=self._replay,
            on_expired=self._on_expired,
            positions=positions,
        )

    def _touch(self, position: Position, part: Part) -> None:
        place = FeedPosition(position.epoch, position.seq)
        self._feeds.of(_SITES + position.site).touch(part, place)

    async def _load(self) -> dict[str, Position]:
        while True:
            try:
                copy = await self._order.copy()
            except Refusal as refusal:
                self._telemetry.log.warning(FEED_WAITS, why=str(refusal))
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                break
        self._teams.clear()
        self._teams.update(copy.teams)
        for site, place in copy.places.items():
            self._feeds.of(site).begin(place)
        bare = {site.removeprefix(_SITES): place for site, place in copy.places.items()}
        return {site: Position(site, place.epoch, place.seq) for site, place in bare.items()}

    async def _replay(self, after: Position) -> AsyncIterator[tuple[Position, bytes]]:
        place = FeedPosition(after.epoch, after.seq)
        async for message in self._order.replay(_SITES + after.site, place):
            position = Position(after.site, message.cursor.epoch, message.cursor.seq)
            yield position, message.SerializeToString()

    async def _on_expired(self, site: str) -> Position | None:
        return (await self._load()).get(site)
