"""The use case of reading one agent's log."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.scope import Scopes
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

    async def __call__(self, query: LogQuery, limit: int, scopes: Scopes, now: datetime) -> LogPage:
        """Returns a page of at most `limit` entries that were recorded at sites which the caller
        sees; the first one holds the opening entry.

        Raises NOT_FOUND/UNKNOWN_AGENT also for an agent whom the caller may not see.
        """
        scope = scopes.of_span(query.span.start_time, now, query.known_at)
        await self._directory.find_visible_site(query.agent, scope)
        query = replace(query, sites=self._directory.sites_seen(query.agent, scope))
        entries = await self._reader.list_entries(query, limit + 1)
        page = tuple(entries[:limit])
        opening = await self._reader.find_opening(query) if query.after is None else None
        if opening is not None and not self._is_seen(opening, scopes, now):
            opening = None
        more = len(entries) > limit
        return LogPage(page, opening, page[-1].entry.order if more else None)

    def _is_seen(self, opening: LoggedEntry, scopes: Scopes, now: datetime) -> bool:
        """What was in force when the span began may be older than what the caller may read."""
        scope = scopes.of_span(opening.entry.occurred_time, now)
        return self._directory.sees_entry(opening.entry.agent, opening.link.site, scope)
