"""Following dispatch's own changes, those of other replicas too, so that figures are live."""

from collections.abc import AsyncIterator, Mapping

from chassis.bus import Bus, FullCopyConsumer, Position
from chassis.telemetry import Telemetry
from services.dispatch.app.live_figures import LiveFigures
from services.dispatch.app.ports import ContactReader, FiguresReader
from services.dispatch.domain.event import Place


class ChangeFollower:
    """Touches the sites of which something changed."""

    def __init__(self, live: LiveFigures, contacts: ContactReader, figures: FiguresReader) -> None:
        self._live = live
        self._contacts = contacts
        self._figures = figures
        self._consumer: FullCopyConsumer | None = None

    async def run(self, bus: Bus, telemetry: Telemetry) -> None:
        """Follows for ever, from where the sites stand now."""
        heads = await self._figures.read_heads()
        self._consumer = FullCopyConsumer(
            owner="dispatch",
            event="contacts_changed",
            bus=bus,
            telemetry=telemetry,
            apply=self._apply,
            replay=self._replay,
            on_expired=self._on_expired,
            positions={place.site: Position(*place) for place in heads},
        )
        await self._consumer.run()

    async def check(self) -> str | None:
        """Returns None while the figures are live, else why not."""
        if self._consumer is None:
            return "the changes of contacts are not followed yet"
        return await self._consumer.check()

    async def _apply(self, position: Position, payload: bytes, headers: Mapping[str, str]) -> None:
        self._live.touch(position.site)

    async def _replay(self, after: Position) -> AsyncIterator[tuple[Position, bytes]]:
        place = Place(after.site, after.epoch, after.seq)
        async for told, payload in self._contacts.replay(place):
            yield Position(*told), payload

    async def _on_expired(self, site: str) -> Position | None:
        """Goes on from where the site stands: figures are counted anew, whatever was missed."""
        self._live.touch(site)
        heads = {place.site: Position(*place) for place in await self._figures.read_heads()}
        return heads.get(site)
