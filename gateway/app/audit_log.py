"""Writes the audit log: what waits while a link is committed becomes the next link together."""

import asyncio
from datetime import timedelta

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.app.audit_ports import AuditPlace, AuditWriter
from gateway.telemetry import AuditMetrics
from proof.audit import AuditContent

MOST_IN_A_LINK = 500
MOST_WAITING = 5_000

_Waiting = tuple[AuditContent, "asyncio.Future[AuditPlace | None]"]


class AuditLog:
    """Keeps what it is given, or refuses with AUDIT_UNAVAILABLE."""

    def __init__(self, writer: AuditWriter, metrics: AuditMetrics, clock: Clock) -> None:
        self._writer = writer
        self._metrics = metrics
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._committing: asyncio.Task[None] | None = None

    async def write(self, content: AuditContent) -> AuditPlace:
        """Returns once the entry is kept. Whoever stops waiting does not take it back."""
        if len(self._waiting) >= MOST_WAITING:
            self._metrics.failed.inc()
            raise _unavailable()
        kept: asyncio.Future[AuditPlace | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((content, kept))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all(), name="audit log")
        place = await asyncio.shield(kept)
        if place is None:
            raise _unavailable()
        return place

    async def finish(self) -> None:
        """Returns once nothing waits any more."""
        while self._committing is not None:
            await asyncio.wait([self._committing])

    async def _commit_all(self) -> None:
        try:
            while self._waiting:
                part = self._waiting[:MOST_IN_A_LINK]
                del self._waiting[:MOST_IN_A_LINK]
                await self._commit(part)
        finally:
            self._committing = None

    async def _commit(self, part: list[_Waiting]) -> None:
        seq: int | None = None
        try:
            seq = await self._writer.append([content for content, _ in part], self._clock.now())
        except Refusal:
            self._metrics.failed.inc(len(part))
        finally:
            for position, (_, kept) in enumerate(part):
                if not kept.done():
                    kept.set_result(None if seq is None else AuditPlace(seq, position))
        self._metrics.entries.inc(0 if seq is None else len(part))


def _unavailable() -> Refusal:
    return Refusal(
        Code.UNAVAILABLE,
        "AUDIT_UNAVAILABLE",
        "the audit log cannot be written, and what cannot be written down does not happen",
        retry_after=timedelta(seconds=1),
    )
