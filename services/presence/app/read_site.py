"""The use case of reading where a site's log stands."""

from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.ports import Coverage, SiteReader
from services.presence.domain.entry import FIRST_EPOCH, Place


class ReadSite:
    """Reads it for those who may see something of the site; for others there is none."""

    def __init__(self, directory: AgentDirectory, reader: SiteReader) -> None:
        self._directory = directory
        self._reader = reader

    async def coverage(self, site: str, scope: Scope) -> Coverage:
        """Returns where the log stands, for whoever may see at least one agent of the site."""
        if not self._directory.sees_somebody(site, scope):
            return Coverage(_start_of(site))
        return await self._reader.read_coverage(site)


def _start_of(site: str) -> Place:
    return Place(site, FIRST_EPOCH, 0)
