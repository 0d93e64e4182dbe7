"""Group commit: what arrives for a site while a commit is in flight is committed together."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from chassis.errors import Code, Refusal
from services.presence.app.ports import StateLog, UnstorableEntriesError
from services.presence.domain.entry import Entry, Place
from services.presence.domain.fate import Fate, Outcome, Reason, Refused
from services.presence.domain.link import MOST_ENTRIES
from services.presence.telemetry import PresenceTelemetry

_UNSTORABLE = Refused(Reason.INVALID_FIELD, "report: the store cannot hold it; do not repeat it.")


@dataclass(frozen=True, slots=True)
class Committed:
    """The fates of entries, and the place in the site's order that includes those recorded."""

    place: Place | None
    fates: tuple[Fate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Submission:
    entries: Sequence[Entry]
    done: asyncio.Future[Committed]
    context: Context


class Committer:
    """Commits entries of many callers, one commit at a time for each site.

    A lone caller commits at once. A caller who goes away takes nothing with her: the commit that
    holds her entries goes on. Entries whose data the store refuses harm no others.
    """

    def __init__(
        self,
        log: StateLog,
        *,
        committed: Callable[[str], None],
        telemetry: PresenceTelemetry,
        most_pending: int,
    ) -> None:
        self._log = log
        self._committed = committed
        self._telemetry = telemetry
        self._most_pending = most_pending
        self._pending = 0
        self._queues: dict[str, deque[_Submission]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    async def commit(self, site: str, entries: Sequence[Entry]) -> Committed:
        """Returns when the fate of each entry is durable.

        Raises RESOURCE_EXHAUSTED/OVERLOADED at once when too many entries wait, and whatever the
        store raises when nothing of this call is known to be recorded; repeating is harmless.
        """
        self._check_load(len(entries))
        parts = [
            self._submit(site, entries[start : start + MOST_ENTRIES])
            for start in range(0, len(entries), MOST_ENTRIES)
        ]
        answers = await asyncio.gather(*map(asyncio.shield, parts))
        places = [answer.place for answer in answers if answer.place is not None]
        fates = tuple(chain.from_iterable(answer.fates for answer in answers))
        return Committed(max(places, default=None), fates)

    async def drain(self) -> None:
        """Returns when everything submitted so far is committed or has failed."""
        while self._workers:
            await asyncio.wait(self._workers)

    def _check_load(self, count: int) -> None:
        if self._pending and self._pending + count > self._most_pending:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                Reason.OVERLOADED,
                f"{self._pending} reports wait to be recorded; send these again later.",
                retry_after=timedelta(seconds=1),
            )

    def _submit(self, site: str, entries: Sequence[Entry]) -> asyncio.Future[Committed]:
        done: asyncio.Future[Committed] = asyncio.get_running_loop().create_future()
        queue = self._queues.get(site)
        if queue is None:
            queue = self._queues[site] = deque()
            worker = asyncio.create_task(self._work(site, queue), context=Context())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        queue.append(_Submission(entries, done, copy_context()))
        self._count(len(entries))
        return done

    async def _work(self, site: str, queue: deque[_Submission]) -> None:
        while queue:
            group = _take_group(queue)
            # The trace that a commit continues is that of the first caller in it.
            await asyncio.create_task(self._commit_group(site, group), context=group[0].context)
        del self._queues[site]

    async def _commit_group(self, site: str, group: Sequence[_Submission]) -> None:
        entries = list(chain.from_iterable(submission.entries for submission in group))
        try:
            committed = await self._record(site, entries)
        except Exception as error:
            for submission in group:
                submission.done.set_exception(error)
        else:
            self._committed(site)
            _answer(group, committed)
        finally:
            self._count(-len(entries))

    async def _record(self, site: str, entries: Sequence[Entry]) -> Committed:
        try:
            recorded = await self._log.record(site, entries)
        except UnstorableEntriesError:
            return await self._bisect(site, entries)
        fates = (Outcome.RECORDED if new else Outcome.ALREADY_RECORDED for new in recorded.new)
        return Committed(recorded.place, tuple(fates))

    async def _bisect(self, site: str, entries: Sequence[Entry]) -> Committed:
        if len(entries) == 1:
            self._telemetry.entry_unstorable(site)
            return Committed(None, (_UNSTORABLE,))
        middle = len(entries) // 2
        first = await self._record(site, entries[:middle])
        second = await self._record(site, entries[middle:])
        return Committed(second.place or first.place, first.fates + second.fates)

    def _count(self, change: int) -> None:
        self._pending += change
        self._telemetry.pending_reports.set(self._pending)


def _take_group(queue: deque[_Submission]) -> list[_Submission]:
    group = [queue.popleft()]
    size = len(group[0].entries)
    while queue and size + len(queue[0].entries) <= MOST_ENTRIES:
        group.append(queue.popleft())
        size += len(group[-1].entries)
    return group


def _answer(group: Sequence[_Submission], committed: Committed) -> None:
    start = 0
    for submission in group:
        end = start + len(submission.entries)
        submission.done.set_result(Committed(committed.place, committed.fates[start:end]))
        start = end
