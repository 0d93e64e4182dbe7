"""Translates events that wait and reports what they say: at least once, and repeats are harmless,
since every report's id comes from the vendor's event.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from structlog.typing import FilteringBoundLogger

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.app.mappings import Mappings
from gateway.app.source_ports import Reporter, Reports, SourceEvents, SourceMetrics
from gateway.domain.sources.body import read_message
from gateway.domain.sources.mapping import SourceMapping
from gateway.domain.sources.source import ClaimedEvent, EventState, Fate
from gateway.domain.sources.texts import shown
from gateway.domain.sources.translate import translate
from gateway.domain.sources.understood import ContactChange, StateChange, Understood
from gateway.telemetry import SOURCE_EVENT_FAILED

BATCH = 500
MOST_REPORTED = 2000
"""How much is reported at once."""

LEASE = timedelta(seconds=30)
"""How long a replica has for a batch before another one takes it as well."""

SHORTEST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=30)
MOST_REASONS = 20


@dataclass(slots=True)
class _Work:
    """An event with what was made of it so far."""

    event: ClaimedEvent
    understood: tuple[Understood, ...]
    refusals: list[str] = field(default_factory=list)

    def fate(self) -> Fate:
        unknowns = tuple(
            dict.fromkeys(unknown for one in self.understood for unknown in one.unknowns)
        )
        refusals = [*(fault for one in self.understood for fault in one.faults), *self.refusals]
        said = [*refusals, *(f"unknown {one.field}: {one.value}" for one in unknowns)]
        reasons = tuple(shown(reason) for reason in dict.fromkeys(said))[:MOST_REASONS]
        state = EventState.DONE
        if unknowns:
            state = EventState.UNKNOWN
        if refusals:
            state = EventState.REFUSED
        return Fate(self.event.id, state, self.event.version, reasons, unknowns)


_Change = TypeVar("_Change", StateChange, ContactChange)


class DeliverEvents:
    """Works off what is due."""

    def __init__(
        self,
        events: SourceEvents,
        mappings: Mappings,
        reports: Reports,
        metrics: SourceMetrics,
        clock: Clock,
        log: FilteringBoundLogger,
    ) -> None:
        self._events = events
        self._mappings = mappings
        self._reports = reports
        self._metrics = metrics
        self._clock = clock
        self._log = log

    async def __call__(self) -> int:
        """Works off one batch and returns how many events it took. What nobody answers for now
        waits, longer with each attempt.
        """
        now = self._clock.now()
        claimed = await self._events.claim(BATCH, now, now + LEASE)
        of_source: dict[str, list[ClaimedEvent]] = defaultdict(list)
        for event in claimed:
            of_source[event.source].append(event)
        for events in of_source.values():
            await self._work_off(events)
        return len(claimed)

    async def _work_off(self, events: Sequence[ClaimedEvent]) -> None:
        try:
            await self._deliver(events)
        except Refusal as refusal:
            attempt = max(event.attempt_count for event in events)
            reason = f"{refusal.reason}: {refusal.message}"
            await self._events.put_off(events, reason, self._clock.now() + wait_after(attempt))

    async def _deliver(self, events: Sequence[ClaimedEvent]) -> None:
        work = await self._translated(events)
        reporter = Reporter(events[0].source, events[0].site)
        states = [(one, it) for one in work for said in one.understood for it in said.states]
        for part in _parts(states):
            refusals = await self._reports.report_states(reporter, [it for _, it in part])
            _note(part, refusals)
        contacts = [(one, it) for one in work for said in one.understood for it in said.contacts]
        for told in _parts(contacts):
            refusals = await self._reports.report_contacts(reporter, [it for _, it in told])
            _note(told, refusals)
        fates = [one.fate() for one in work]
        now = self._clock.now()
        await self._events.settle(reporter.source, fates, now)
        self._count(work, fates, now)

    async def _translated(self, events: Sequence[ClaimedEvent]) -> list[_Work]:
        work = []
        for version, group in groupby(sorted(events, key=attrgetter("version")), _version):
            mapping = await self._mappings.find(events[0].source, version)
            if mapping is None:
                raise Refusal(
                    Code.FAILED_PRECONDITION, "UNKNOWN_MAPPING", f"there is no version {version}"
                )
            # A full batch takes a tenth of a second: beside the event loop.
            work.extend(await asyncio.to_thread(self._translate, mapping, list(group)))
        return work

    def _translate(self, mapping: SourceMapping, events: Sequence[ClaimedEvent]) -> list[_Work]:
        return [_Work(event, self._understood(mapping, event)) for event in events]

    def _understood(self, mapping: SourceMapping, event: ClaimedEvent) -> tuple[Understood, ...]:
        try:
            return translate(mapping, read_message(event.body))
        except Exception as error:
            # A defect of ours: set aside, so that it hinders no other event and can be retried.
            self._log.error(SOURCE_EVENT_FAILED, event_id=event.id, exc_info=error)
            return (Understood(faults=(f"INTERNAL_ERROR: {type(error).__name__}",)),)

    def _count(self, work: Sequence[_Work], fates: Sequence[Fate], now: datetime) -> None:
        for one, fate in zip(work, fates, strict=True):
            age = (now - one.event.receive_time).total_seconds()
            self._metrics.settled(fate.state, age)
            self._metrics.unknown(len(fate.unknowns))


def wait_after(attempt: int) -> timedelta:
    """Returns the wait after so many attempts: it doubles up to an end."""
    doublings: int = min(attempt - 1, 10)
    return min(SHORTEST_WAIT * (1 << doublings), LONGEST_WAIT)


def _version(event: ClaimedEvent) -> int:
    return event.version


def _parts(
    changes: Sequence[tuple[_Work, _Change]],
) -> Iterator[Sequence[tuple[_Work, _Change]]]:
    """Yields what is to be reported in parts, in the order in which it happened."""
    in_order = sorted(changes, key=lambda one: (one[1].occurred_time, one[1].sequence))
    for start in range(0, len(in_order), MOST_REPORTED):
        yield in_order[start : start + MOST_REPORTED]


def _note(changes: Sequence[tuple[_Work, _Change]], refusals: Sequence[str | None]) -> None:
    for (work, _), refusal in zip(changes, refusals, strict=True):
        if refusal is not None:
            work.refusals.append(refusal)
