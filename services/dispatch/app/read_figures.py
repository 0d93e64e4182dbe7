"""The use case of reading how queues stand."""

from collections.abc import Collection

from chassis.clock import Clock
from chassis.scope import Scope
from services.dispatch.app.ports import FiguresReader, SiteFigures
from services.dispatch.app.sites import SiteDirectory


class ReadFigures:
    """Reads how the queues of a site stand."""

    def __init__(self, sites: SiteDirectory, reader: FiguresReader, clock: Clock) -> None:
        self._sites = sites
        self._reader = reader
        self._clock = clock

    async def __call__(self, site: str, queues: Collection[str], scope: Scope) -> SiteFigures:
        """Returns the figures of queues, or of all of the site; refuses with UNKNOWN_SITE."""
        await self._sites.require_site(site, scope)
        day = await self._sites.today(site)
        return await self._reader.read_figures(day, self._clock.now(), site, queues)
