"""The use case of reading how queues stand."""

from collections.abc import Collection

from chassis.scope import Scope
from services.dispatch.app.ports import FiguresReader, SiteFigures
from services.dispatch.app.sites import SiteDirectory


class ReadFigures:
    """Reads how the queues of a site stand."""

    def __init__(self, sites: SiteDirectory, reader: FiguresReader) -> None:
        self._sites = sites
        self._reader = reader

    async def __call__(self, site: str, queues: Collection[str], scope: Scope) -> SiteFigures:
        """Returns the figures of queues, or of all of the site; refuses with UNKNOWN_SITE."""
        await self._sites.require_site(site, scope)
        return await self._reader.read_figures(await self._sites.today(site), site, queues)
