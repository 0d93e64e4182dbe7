"""The use case and its answers, as a replica of presence holds them."""

from collections.abc import Awaitable, Callable, Iterable, Sequence

from muster.presence.v1 import timeline_service_pb2 as wire

from chassis.database import Database
from chassis.scope import EVERYTHING
from services.presence.app.directory import AgentDirectory
from services.presence.app.ports import RosterCopy
from services.presence.app.read_timelines import Read, ReadTimelines, Selection
from services.presence.app.site_days import SiteDays
from services.presence.bus.changed import changed_from
from services.presence.rpc import timeline_answers as answers
from services.presence.rpc.answer_cache import AnswerCache
from services.presence.store.snapshots import PostgresSiteSnapshots
from tools.bench.heatmap.day import DAY

_DAY_MS = 86_400_000


class Reader:
    """Reads the day; `cold` makes it forget everything first, as a restart does."""

    columns_size = 0

    def __init__(self, database: Database, site: str, agents: Sequence[str]) -> None:
        self._site, self._agents = site, agents
        self._snapshots = PostgresSiteSnapshots(database, changed_from)
        self._directory = AgentDirectory(_NoRoster())
        self._directory.load(dict.fromkeys(agents, site))
        start_ms = answers.milliseconds_of(DAY)
        self._span_ms = range(start_ms, start_ms + _DAY_MS)
        self._forget()

    async def exact(self) -> int:
        """Reads exact timelines; returns the bytes of the answer."""
        read = await self._read()
        answer = await self._exact.get(read, 0, lambda: _answer_of(read))
        self.columns_size = len(answer.lengths_packed) + len(answer.look_indexes_packed)
        return len(answer.SerializeToString())

    async def strips(self) -> int:
        """Reads strips; returns the bytes of the answer."""
        read = await self._read()
        end_ms = self._span_ms.stop
        answer = await self._strips.get(read, 0, lambda: answers.strips_answer(read, end_ms))
        return len(answer.SerializeToString())

    async def cold(self, read: Callable[[], Awaitable[int]]) -> int:
        """Reads with nothing in memory."""
        self._forget()
        return await read()

    async def from_log(self) -> object:
        """Folds the day from the log, as a restart does with today."""
        async with self._snapshots.open(self._site) as snapshot:
            return await snapshot.fold(self._agents, self._span_ms, None, None)

    async def _read(self) -> Read:
        return await self._timelines.of_site(Selection(self._site), self._span_ms, EVERYTHING)

    def _forget(self) -> None:
        days = SiteDays(self._snapshots)
        self._timelines = ReadTimelines(self._directory, self._snapshots, days)
        self._exact = AnswerCache[wire.SiteTimelines]()
        self._strips = AnswerCache[wire.Strips]()


def _answer_of(read: Read) -> wire.SiteTimelines:
    return answers.site_timelines_answer(read, with_reasons=True)


class _NoRoster:
    """Nobody is missing in the copy, so nobody is asked for."""

    async def find_agents(self, agents: Iterable[str]) -> RosterCopy:
        return RosterCopy()
