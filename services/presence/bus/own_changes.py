"""Following what presence itself publishes, whichever replica committed it: for those who watch."""

from collections.abc import AsyncIterator, Mapping
from typing import Protocol

from chassis.bus import Bus, FullCopyConsumer, Position
from chassis.telemetry import Telemetry
from services.presence.app.ports import SiteReader
from services.presence.app.site_feeds import SiteFeeds
from services.presence.domain.entry import Place


class Record(SiteReader, Protocol):
    """The record of all sites."""

    async def read_heads(self) -> list[Place]:
        """Returns where the log of each site stands."""
        ...


class OwnChanges:
    """Moves the feeds of all sites. They begin at their heads: what was before, the record has."""

    def __init__(self, bus: Bus, telemetry: Telemetry, record: Record, feeds: SiteFeeds) -> None:
        self._bus = bus
        self._telemetry = telemetry
        self._record = record
        self._feeds = feeds

    async def run(self) -> None:
        """Follows until cancelled."""
        heads = await self._record.read_heads()
        consumer = FullCopyConsumer(
            owner="presence",
            event="agent_states_changed",
            bus=self._bus,
            telemetry=self._telemetry,
            apply=self._apply,
            replay=self._replay,
            on_expired=self._on_expired,
            positions={head.site: Position(*head) for head in heads},
        )
        await consumer.run()

    async def _apply(self, position: Position, payload: bytes, _: Mapping[str, str]) -> None:
        self._feeds.append(Place(position.site, position.epoch, position.seq), payload)

    async def _replay(self, after: Position) -> AsyncIterator[tuple[Position, bytes]]:
        place = Place(after.site, after.epoch, after.seq)
        async for payload in self._record.replay(place):
            place = place._replace(seq=place.seq + 1)
            yield Position(*place), payload

    async def _on_expired(self, site: str) -> Position | None:
        head = (await self._record.read_coverage(site)).place
        return Position(*head)
