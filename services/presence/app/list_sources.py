"""The use case of listing sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.source_ports import Client, ListedSource, SourceReader, SourceRules


class Liveness(IntEnum):
    """Whether a source is alive, as numbers of the wire."""

    UNLEASED = 1
    LIVE = 2
    SILENT = 3
    LOST = 4


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A part of a site's sources with their liveness; the next part follows `next_after`."""

    sources: tuple[tuple[ListedSource, Liveness], ...]
    next_after: Client | None


class ListSources:
    """Lists the sources of sites that the caller may see, without clients of hidden agents."""

    def __init__(self, directory: AgentDirectory, reader: SourceReader, rules: SourceRules) -> None:
        self._directory = directory
        self._reader = reader
        self._rules = rules

    async def __call__(
        self, site: str, source: str, after: Client, limit: int, scope: Scope
    ) -> SourcePage:
        """Returns a page of at most `limit` sources; none of a site that is hidden."""
        agents = self._visible(site, scope)
        if agents == []:
            return SourcePage((), None)
        now, found = await self._reader.list_sources(site, source, agents, after, limit + 1)
        grace = await self._rules.grace(site)
        page = tuple((each, _liveness(each, grace, now)) for each in found[:limit])
        return SourcePage(page, page[-1][0].client if len(found) > limit else None)

    def _visible(self, site: str, scope: Scope) -> Sequence[str] | None:
        """Returns the agents whose clients the caller may see, None for all of the site."""
        if scope.sees_site(f"sites/{site}"):
            return None
        agents = self._directory.agents_of(site)
        return [agent for agent in agents if self._directory.sees(agent, scope)]


def _liveness(source: ListedSource, grace: timedelta, now: datetime) -> Liveness:
    if source.length is None:
        return Liveness.UNLEASED
    silent = now - source.proof_time
    if source.is_lost or silent > source.length + grace:
        return Liveness.LOST
    return Liveness.SILENT if silent > source.length else Liveness.LIVE
