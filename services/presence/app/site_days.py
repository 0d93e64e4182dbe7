"""The timelines of sites, UTC day by UTC day, in memory and no older than the log."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import TypeAlias

from services.presence.app.timeline_ports import EVERYBODY, SiteSnapshot, SiteSnapshots
from services.presence.domain.agent_day import DAY_MS
from services.presence.domain.entry import Place
from services.presence.domain.joining import join_spans
from services.presence.domain.site_timelines import SiteTimelines, no_timelines, overlay

MOST_INTERVALS = 5_000_000
"""How many intervals of all sites are kept: 80 MB, or eight days of 10,000 agents."""


_MOST_JOINED = 8
_Reading: TypeAlias = tuple[Place, SiteTimelines]


@dataclass(slots=True, eq=False)
class _Day:
    """A day of a site: timelines of `known` agents, those of the `dirty` ones out of date."""

    timelines: SiteTimelines
    known: frozenset[str] = frozenset()
    dirty: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        return self.timelines.looks.size


_Wanted: TypeAlias = tuple[range, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    """What was made of days, right as long as they are the same."""

    parts: tuple[SiteTimelines, ...]
    timelines: SiteTimelines

    def is_made_of(self, parts: Sequence[SiteTimelines]) -> bool:
        return len(parts) == len(self.parts) and all(map(is_, parts, self.parts))


@dataclass(slots=True, eq=False)
class _Site:
    place: Place
    rules_version: int = 0
    days: dict[int, _Day] = field(default_factory=dict)
    joined: OrderedDict[_Wanted, _Joined] = field(default_factory=OrderedDict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class SiteDays:
    """Reads whole sites. Only what has changed since the last reading is folded anew.

    Nothing has to tell it of changes: each reading begins by looking where the log stands. A day
    that is over is kept in the store as well, so that a restart does not fold it again.
    """

    def __init__(self, snapshots: SiteSnapshots, most_intervals: int = MOST_INTERVALS) -> None:
        self._snapshots = snapshots
        self._most_intervals = most_intervals
        self._sites: dict[str, _Site] = {}
        self._recent: OrderedDict[tuple[str, int], None] = OrderedDict()
        self._readings: set[asyncio.Task[_Reading]] = set()

    async def read(
        self, site: str, agents: tuple[str, ...], span_ms: range
    ) -> tuple[Place, SiteTimelines]:
        """Returns the timelines of agents of a site, and the place at which they are right.

        As long as nothing in them changes they are the very same value. A caller who gives up takes
        nothing with her: what is being folded serves the next one.
        """
        reading = asyncio.create_task(self._read(site, agents, span_ms))
        self._readings.add(reading)
        reading.add_done_callback(self._end)
        return await asyncio.shield(reading)

    def _end(self, reading: asyncio.Task[_Reading]) -> None:
        self._readings.discard(reading)
        if not reading.cancelled():
            # Whoever still waits is told; if nobody does, the next one will find it.
            reading.exception()

    async def _read(self, site: str, agents: tuple[str, ...], span_ms: range) -> _Reading:
        known = self._sites.setdefault(site, _Site(Place(site, 0, 0)))
        async with known.lock, self._snapshots.open(site) as snapshot:
            await self._catch_up(known, snapshot)
            days = range(span_ms.start // DAY_MS * DAY_MS, span_ms.stop, DAY_MS)
            parts = [await self._day(known, snapshot, day_ms, agents) for day_ms in days]
        self._forget_oldest()
        told = tuple(part.timelines for part in parts)
        return snapshot.place, await self._join(known, told, (span_ms, agents))

    async def _join(
        self, known: _Site, parts: tuple[SiteTimelines, ...], wanted: _Wanted
    ) -> SiteTimelines:
        joined = known.joined.get(wanted)
        if joined is None or not joined.is_made_of(parts):
            span_ms, agents = wanted
            joined = _Joined(parts, await asyncio.to_thread(_joined, parts, span_ms, agents))
            known.joined[wanted] = joined
        known.joined.move_to_end(wanted)
        if len(known.joined) > _MOST_JOINED:
            known.joined.popitem(last=False)
        return joined.timelines

    async def _catch_up(self, known: _Site, snapshot: SiteSnapshot) -> None:
        """Marks what has changed since the last reading."""
        is_judged_anew = known.rules_version != snapshot.rules_version
        changed: Mapping[str, int] | None = {}
        if known.place.epoch != snapshot.place.epoch or is_judged_anew:
            changed = None
        elif known.place != snapshot.place:
            changed = await snapshot.changed_since(known.place)
        known.place, known.rules_version = snapshot.place, snapshot.rules_version
        if changed is None:
            known.days.clear()
            return
        for day_ms, day in known.days.items():
            _mark(day, day_ms + DAY_MS, changed)

    async def _day(
        self, known: _Site, snapshot: SiteSnapshot, day_ms: int, agents: Sequence[str]
    ) -> _Day:
        key = (known.place.site, day_ms)
        self._recent[key] = None
        self._recent.move_to_end(key)
        day = known.days.get(day_ms)
        if day is None:
            day = known.days[day_ms] = _Day(no_timelines(day_ms, day_ms + DAY_MS))
            if snapshot.is_closed(day_ms):
                day.timelines, day.known = await snapshot.load_day(day_ms)
        wanted = [one for one in agents if one not in day.known or one in day.dirty]
        if wanted:
            await self._fold(day, snapshot, day_ms, wanted)
        return day

    async def _fold(
        self, day: _Day, snapshot: SiteSnapshot, day_ms: int, agents: Sequence[str]
    ) -> None:
        span_ms, site = range(day_ms, day_ms + DAY_MS), snapshot.place.site
        folded = await snapshot.fold(agents, span_ms, None, frozenset({site}))
        fresh = folded.timelines
        day.timelines = overlay(day.timelines, fresh) if day.timelines.agents else fresh
        day.known |= frozenset(agents)
        day.dirty.difference_update(agents)
        # A day of which nobody is known is not worth keeping.
        if snapshot.is_closed(day_ms) and fresh.agents:
            await self._snapshots.store_day(snapshot.place, fresh, agents)

    def _forget_oldest(self) -> None:
        kept = sum(day.size for site in self._sites.values() for day in site.days.values())
        while kept > self._most_intervals and len(self._recent) > 1:
            (site, day_ms), _ = self._recent.popitem(last=False)
            day = self._sites[site].days.pop(day_ms, None)
            kept -= day.size if day is not None else 0


def _joined(
    parts: Sequence[SiteTimelines], span_ms: range, agents: tuple[str, ...]
) -> SiteTimelines:
    return join_spans(parts, span_ms.start, span_ms.stop).only(agents).completed(agents)


def _mark(day: _Day, end_ms: int, changed: Mapping[str, int]) -> None:
    if changed.get(EVERYBODY, end_ms) < end_ms:
        day.dirty.update(day.known)
        return
    day.dirty.update(
        agent for agent, from_ms in changed.items() if from_ms < end_ms and agent in day.known
    )
