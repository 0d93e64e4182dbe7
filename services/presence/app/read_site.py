"""The use cases of reading a whole site: its timelines, and where its log stands."""

from dataclasses import dataclass, replace

from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.ports import Coverage, SiteEntries, SiteReader, Span
from services.presence.domain.columns import IntervalColumns
from services.presence.domain.entry import FIRST_EPOCH, Place, microseconds_of
from services.presence.domain.timeline import fold_timelines


@dataclass(frozen=True, slots=True, eq=False)
class SiteTimelines:
    """The timelines of a site's agents over a span, with what was read for them."""

    read: SiteEntries
    intervals: IntervalColumns


class ReadSite:
    """Reads what the caller may see of a site; what she may not see is as if it did not exist."""

    def __init__(self, directory: AgentDirectory, reader: SiteReader) -> None:
        self._directory = directory
        self._reader = reader

    async def timelines(self, site: str, span: Span, scope: Scope) -> SiteTimelines:
        """Returns the timelines of the visible agents who belong to the site now."""
        read = await self._reader.read_entries(site, self._visible_agents(site, scope), span)
        if not self._is_visible(site, scope):
            read = replace(read, place=_start_of(site))
        start_us, end_us = microseconds_of(span.start_time), microseconds_of(span.end_time)
        folded = fold_timelines(read.columns, read.spans, read.rules, start_us, end_us)
        return SiteTimelines(read, folded)

    async def coverage(self, site: str, scope: Scope) -> Coverage:
        """Returns where the log stands, for whoever may see at least one agent of the site."""
        if not self._is_visible(site, scope):
            return Coverage(_start_of(site))
        return await self._reader.read_coverage(site)

    def _is_visible(self, site: str, scope: Scope) -> bool:
        return scope.sees_site(f"sites/{site}") or bool(self._visible_agents(site, scope))

    def _visible_agents(self, site: str, scope: Scope) -> list[str]:
        name = f"sites/{site}"
        return [agent for agent in self._directory.agents_of(site) if scope.sees_agent(agent, name)]


def _start_of(site: str) -> Place:
    return Place(site, FIRST_EPOCH, 0)
