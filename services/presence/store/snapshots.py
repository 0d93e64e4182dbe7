"""Snapshots of a site in PostgreSQL: the log, folded, and the packed days beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import numpy as np

from chassis.database import Connection, Database, read_outbox_after
from chassis.errors import Code, Refusal
from services.presence.app.ports import SiteEntries, Span
from services.presence.app.timeline_ports import EntryReference, Folded, Word
from services.presence.domain.agent_day import DAY_MS
from services.presence.domain.entry import EPOCH, FIRST_EPOCH, Place, instant_of
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.site_timelines import SiteTimelines, timelines_of
from services.presence.domain.timeline import fold_timelines
from services.presence.store.agent_days import load_day, store_day
from services.presence.store.entry_reader import Reading, read_site_entries
from services.presence.store.entry_references import find_entries
from services.presence.store.policies import read_rules

ChangedFrom = Callable[[bytes], Mapping[str, int]]
"""Reads from a published message from when on it changes whom, in milliseconds since 1970."""

_HEAD = "SELECT epoch, seq, recorded_time FROM site_head WHERE site = %s"
_LINKS = 100
_MOST_LINKS = 3_000


class PostgresSiteSnapshots:
    """Opens snapshots of sites, each a read-only transaction that sees one instant."""

    def __init__(self, database: Database, changed_from: ChangedFrom) -> None:
        self._database = database
        self._changed_from = changed_from

    @asynccontextmanager
    async def open(self, site: str) -> AsyncIterator["PostgresSiteSnapshot"]:
        """Opens a snapshot of a site as it is now."""
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor = await connection.execute(_HEAD, (site,), binary=True)
            epoch, seq, recorded = await cursor.fetchone() or (FIRST_EPOCH, 0, None)
            place = Place(site, epoch, seq)
            rules = await read_rules(connection, site)
            opened = (connection, place, recorded or EPOCH, rules.history)
            yield PostgresSiteSnapshot(*opened, self._changed_from)

    async def store_day(self, place: Place, day: SiteTimelines, agents: Collection[str]) -> None:
        """Keeps the packed day of each agent, as folded at a place."""
        async with self._database.transaction() as connection:
            await store_day(connection, place, day, agents)


class PostgresSiteSnapshot:
    """One instant of a site's log, as long as its transaction is open."""

    def __init__(
        self,
        connection: Connection,
        place: Place,
        recorded_time: datetime,
        rules: PrecedenceHistory,
        changed_from: ChangedFrom,
    ) -> None:
        self._connection = connection
        self._recorded_time = recorded_time
        self._changed_from = changed_from
        self._rules = rules
        self.place = place

    @property
    def rules_version(self) -> int:
        """The version of the site's policy."""
        return len(self._rules.versions)

    def is_closed(self, day_ms: int) -> bool:
        """Tells whether what comes after the snapshot was recorded after the day."""
        return self._recorded_time >= instant_of((day_ms + DAY_MS) * 1_000)

    async def changed_since(self, place: Place) -> Mapping[str, int] | None:
        """Reads from the outbox whom the links after a place changed."""
        if self.place.seq - place.seq > _MOST_LINKS:
            return None
        changed: dict[str, int] = {}
        try:
            while place.seq < self.place.seq:
                rows = await read_outbox_after(self._connection, *place, limit=_LINKS)
                for row in rows:
                    for agent, from_ms in self._changed_from(row.payload).items():
                        changed[agent] = min(changed.get(agent, from_ms), from_ms)
                place = place._replace(seq=rows[-1].seq)
        except Refusal as refusal:
            if refusal.code is not Code.OUT_OF_RANGE:
                raise
            return None
        return changed

    async def fold(
        self,
        agents: Sequence[str],
        span_ms: range,
        known_by: datetime | None,
        sites: frozenset[str] | None,
    ) -> Folded:
        """Reads the entries of agents and folds them beside the event loop."""
        span = Span(instant_of(span_ms.start * 1_000), instant_of(span_ms.stop * 1_000))
        reading = Reading(self.place.site, agents, span, known_by, sites)
        rules = self._rules
        if known_by is not None:
            rules = (await read_rules(self._connection, self.place.site, known_by)).history
        read = await read_site_entries(self._connection, self.place, reading, rules)
        return await asyncio.to_thread(_fold, read, span_ms)

    async def find_entries(
        self, agent: str, words: Collection[Word], known_by: datetime | None
    ) -> Mapping[Word, EntryReference]:
        """Finds the entries that said words."""
        return await find_entries(self._connection, agent, words, known_by)

    async def load_day(self, day_ms: int) -> tuple[SiteTimelines, frozenset[str]]:
        """Loads the packed days that are still right."""
        return await load_day(self._connection, self.place, day_ms)


def _fold(read: SiteEntries, span_ms: range) -> Folded:
    span_us = (span_ms.start * 1_000, span_ms.stop * 1_000)
    intervals = fold_timelines(read.columns, read.spans, read.rules, *span_us)
    told = timelines_of(intervals, read.agents, read.reasons, span_ms)
    if not intervals.interval_counts.all():
        told = told.take(np.flatnonzero(intervals.interval_counts))
    return Folded(
        told,
        intervals.contacts,
        intervals.contact_indexes,
        read.columns.tracks,
        intervals.track_indexes,
        intervals.entry_times_us,
    )
