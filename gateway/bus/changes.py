"""Follows what presence tells and hands it to the feeds of the push stream."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC

from muster.presence.v1 import events_pb2

from chassis.bus import Bus, FullCopyConsumer, Position
from chassis.clock import Clock
from chassis.errors import Refusal
from chassis.telemetry import Telemetry
from gateway.backends.presence import PresenceOrder, to_changes
from gateway.backends.roster import RosterSites
from gateway.domain.feed import Position as FeedPosition
from gateway.push.feeds import Feeds
from gateway.telemetry import FEED_LOST, FEED_WAITS, PushMetrics

_PAUSE_SECONDS = 1.0
_SITES = "sites/"


class BoardChanges:
    """Moves the feeds. It begins at the newest place of each site: what was before, a snapshot
    shows.
    """

    def __init__(
        self,
        feeds: Feeds,
        order: PresenceOrder,
        sites: RosterSites,
        metrics: PushMetrics,
        clock: Clock,
        telemetry: Telemetry,
    ) -> None:
        self._feeds = feeds
        self._order = order
        self._sites = sites
        self._metrics = metrics
        self._clock = clock
        self._telemetry = telemetry

    async def follow(self, bus: Bus) -> None:
        """Follows until cancelled. Roster and presence may be away when it begins."""
        positions = await self._positions()
        for position in positions.values():
            feed = self._feeds.of(_SITES + position.site)
            feed.begin(FeedPosition(position.epoch, position.seq))
        consumer = FullCopyConsumer(
            owner="presence",
            event="agent_states_changed",
            bus=bus,
            telemetry=self._telemetry,
            apply=self.apply,
            replay=self._replay,
            on_expired=self._on_expired,
            positions=positions,
        )
        await consumer.run()

    async def apply(self, position: Position, payload: bytes, _headers: Mapping[str, str]) -> None:
        """Hands one link to the feed of its site."""
        message = events_pb2.AgentStatesChanged.FromString(payload)
        recorded_time = message.recorded_time.ToDatetime(UTC)
        self._metrics.change_age.observe((self._clock.now() - recorded_time).total_seconds())
        self._feeds.of(_SITES + position.site).append(to_changes(message))

    async def _positions(self) -> dict[str, Position]:
        while True:
            try:
                return await self._read_positions()
            except Refusal as refusal:
                self._telemetry.log.warning(FEED_WAITS, why=str(refusal))
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _read_positions(self) -> dict[str, Position]:
        positions = {}
        for site in await self._sites.list_sites():
            newest = await self._order.get_position(site)
            # Of a site without links nothing can have been missed.
            if newest.seq > 0:
                bare = site.removeprefix(_SITES)
                positions[bare] = Position(bare, newest.epoch, newest.seq)
        return positions

    async def _replay(self, after: Position) -> AsyncIterator[tuple[Position, bytes]]:
        place = FeedPosition(after.epoch, after.seq)
        async for message in self._order.replay(_SITES + after.site, place):
            cursor = message.cursor
            position = Position(after.site, cursor.epoch, cursor.seq)
            yield position, message.SerializeToString()

    async def _on_expired(self, site: str) -> Position | None:
        self._telemetry.log.warning(FEED_LOST, site=site)
        newest = await self._order.get_position(_SITES + site)
        feed = self._feeds.of(_SITES + site)
        feed.lose()
        feed.begin(newest)
        return Position(site, newest.epoch, newest.seq)
