"""A site's log in memory, as reading timelines needs it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import numpy as np

from services.presence.app.timeline_ports import EVERYBODY, EntryReference, Folded, Word
from services.presence.domain.agent_day import (
    DAY_MS,
    PackedDay,
    empty_day,
    pack_days,
    unpack_days,
)
from services.presence.domain.entry import Place
from services.presence.domain.looks import Look
from services.presence.domain.site_timelines import SiteTimelines, no_timelines
from tests.unit.presence.timelines import timelines

SITE = "bank"
_NONE = np.zeros(0, np.int64)


class FakeLog:
    """Changes in the order of recording; the clock stands where a test puts it."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms
        self.changes: list[tuple[int, str, int, Look]] = []
        self.folded: list[tuple[str, ...]] = []
        self.forgotten = False
        self.may_fold = asyncio.Event()
        self.may_fold.set()
        self._days: dict[tuple[int, str], tuple[int, PackedDay]] = {}
        self._late: dict[tuple[int, str], int] = {}

    def record(self, agent: str, time_ms: int, look: Look) -> None:
        self.changes.append((self.now_ms, f"agents/{agent}", time_ms, look))
        day = time_ms // DAY_MS * DAY_MS
        if day + DAY_MS <= self.now_ms:
            self._late[day, f"agents/{agent}"] = len(self.changes)

    def truth(self, agents: Collection[str], span_ms: range) -> SiteTimelines:
        """What a fold of everything recorded so far says."""
        people = {}
        for agent in agents:
            own = {time: look for _, one, time, look in self.changes if one == agent}
            row = _row(sorted(own.items()), span_ms)
            if row:
                people[agent.removeprefix("agents/")] = row
        if not people:
            return no_timelines(span_ms.start, span_ms.stop)
        return timelines(people, span_ms.start, len(span_ms))

    def whole_truth(self, agents: Collection[str], span_ms: range) -> SiteTimelines:
        """The same, with those of whom nothing is recorded."""
        return self.truth(agents, span_ms).completed(tuple(sorted(agents)))

    @asynccontextmanager
    async def open(self, site: str) -> AsyncIterator["FakeLog"]:
        yield self

    @property
    def place(self) -> Place:
        return Place(SITE, 1, len(self.changes))

    @property
    def rules_version(self) -> int:
        return 1

    def is_closed(self, day_ms: int) -> bool:
        recorded = self.changes[-1][0] if self.changes else 0
        return recorded >= day_ms + DAY_MS

    async def changed_since(self, place: Place) -> Mapping[str, int] | None:
        if self.forgotten:
            return None
        changed: dict[str, int] = {}
        for _, agent, time, _ in self.changes[place.seq :]:
            changed[agent] = min(changed.get(agent, time), time)
        return changed

    async def fold(
        self,
        agents: Sequence[str],
        span_ms: range,
        known_by: datetime | None,
        sites: frozenset[str] | None,
    ) -> Folded:
        assert sites == frozenset({SITE})
        self.folded.append(tuple(agents))
        await self.may_fold.wait()
        return Folded(self.truth(agents, span_ms), (), _NONE, (), _NONE, _NONE)

    async def find_entries(
        self, agent: str, words: Collection[Word], known_by: datetime | None
    ) -> Mapping[Word, EntryReference]:
        return {}

    async def load_day(self, day_ms: int) -> tuple[SiteTimelines, frozenset[str]]:
        kept = [
            packed
            for (day, agent), (seq, packed) in sorted(self._days.items())
            if day == day_ms and seq >= self._last_late(agent, day_ms)
        ]
        return unpack_days(day_ms, kept), frozenset(one.agent for one in kept)

    async def store_day(self, place: Place, day: SiteTimelines, agents: Collection[str]) -> None:
        packed = {one.agent: one for one in pack_days(day)}
        for agent in agents:
            one = packed.get(agent, empty_day(agent))
            self._days[day.start_ms, agent] = (place.seq, one)

    def _last_late(self, agent: str, day_ms: int) -> int:
        late = [
            seq
            for (day, one), seq in self._late.items()
            if day <= day_ms and one in (agent, EVERYBODY)
        ]
        return max(late, default=0)


def _row(changes: list[tuple[int, Look]], span_ms: range) -> list[tuple[int, Look]]:
    """Changes as a row of `timelines`: equal neighbours are one, before the first nobody knows."""
    row: list[tuple[int, Look]] = []
    for time, look in changes:
        if time < span_ms.stop and (not row or row[-1][1] != look):
            row.append((time - span_ms.start, look))
    before = [change for change in row if change[0] <= 0]
    if not row:
        return []
    opening = before[-1:] or [(0, Look(6, 0, 0, ""))]
    return [*opening, *(change for change in row if change[0] > 0)]
