"""The ports of presence, in memory."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from services.presence.app.ports import Recorded, RosterCopy, UnstorableEntriesError
from services.presence.domain.entry import Entry, Place, ReportKey


class FakeStateLog:
    """Records in memory; a test may hold it up, poison it or make it fail."""

    def __init__(self) -> None:
        self.commits: list[tuple[str, list[Entry]]] = []
        self.poison: set[str] = set()
        self.may_commit = asyncio.Event()
        self.may_commit.set()
        self._error: Exception | None = None
        self._keys: set[ReportKey] = set()

    def fail_next(self, error: Exception) -> None:
        self._error = error

    async def record(self, site: str, entries: Sequence[Entry]) -> Recorded:
        self.commits.append((site, list(entries)))
        await self.may_commit.wait()
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        if self.poison & {entry.event_id for entry in entries}:
            raise UnstorableEntriesError
        new = [entry.key not in self._keys for entry in entries]
        self._keys.update(entry.key for entry in entries)
        return Recorded(Place(site, 1, len(self.commits)), tuple(new))

    def event_ids(self) -> list[list[str]]:
        """The event ids of each commit that was tried."""
        return [[entry.event_id for entry in entries] for _, entries in self.commits]


class FakeRoster:
    """Knows some agents, and notes who was asked for."""

    def __init__(self, sites: Mapping[str, str]) -> None:
        self.sites = dict(sites)
        self.asked: list[list[str]] = []

    async def find_agents(self, agents: Iterable[str]) -> RosterCopy:
        names = list(agents)
        self.asked.append(names)
        return RosterCopy({agent: self.sites[agent] for agent in names if agent in self.sites})
