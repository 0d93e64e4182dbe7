"""The use case of reading one agent's log."""

from dataclasses import dataclass, replace

from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.ports import LogQuery, StateLogReader
from services.presence.domain.entry import EntryOrder, LoggedEntry


@dataclass(frozen=True, slots=True)
class LogPage:
    """A part of a log; `next_after` is the place from which the next one continues, or None."""

    entries: tuple[LoggedEntry, ...]
    opening: LoggedEntry | None
    next_after: EntryOrder | None


class ReadLog:
    """Reads the log of agents whom the caller may see."""

    def __init__(self, directory: AgentDirectory, reader: StateLogReader) -> None:
        self._directory = directory
        self._reader = reader

    async def __call__(self, query: LogQuery, limit: int, scope: Scope) -> LogPage:
        """Returns a page of at most `limit` entries that were recorded at sites which the caller
        sees; the first one holds the opening entry.

        Raises NOT_FOUND/UNKNOWN_AGENT also for an agent whom the caller may not see.
        """
        await self._directory.find_visible_site(query.agent, scope)
        query = replace(query, sites=self._directory.sites_seen(query.agent, scope))
        entries = await self._reader.list_entries(query, limit + 1)
        page = tuple(entries[:limit])
        opening = await self._reader.find_opening(query) if query.after is None else None
        more = len(entries) > limit
        return LogPage(page, opening, page[-1].entry.order if more else None)
