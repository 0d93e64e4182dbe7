"""The publisher of an outbox: what was committed goes to the stream, each site in its order."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import nats.errors
import nats.js.errors
from nats.aio.msg import Msg
from nats.js.api import Header
from opentelemetry.trace import SpanKind

from chassis.bus.connection import Bus
from chassis.bus.metrics import PublisherMetrics
from chassis.bus.position import Position
from chassis.bus.retrying import pause_seconds
from chassis.bus.streams import ensure_stream, wake_subject_of
from chassis.cancelling import run_together
from chassis.clock import Clock
from chassis.database import Database, OutboxRow, SiteClaims, prune_outbox
from chassis.database.claims import RENEWAL
from chassis.database.outbox import mark_published, read_backlogs, read_unpublished
from chassis.telemetry import Telemetry, context_of, trace_headers

_BATCH = 64
_LOOK_SECONDS = 1.0
_PRUNE_SECONDS = 3600.0
_KEEP = timedelta(days=1)
# An answer that a dying server owed us never comes; and whatever is sent twice is known by its id.
_ACK_SECONDS = 2.0
_RELEASE_SECONDS = 1.0


class OutboxPublisher:
    """Publishes the outbox of the sites that this replica has the claim of.

    A site's messages enter the stream in the order of their commits. After a crash, or when
    somebody else takes over, some are sent again under the same message id, which the stream knows
    for two minutes and consumers for ever. While NATS is away or the stream is full the outbox
    waits.
    """

    def __init__(
        self,
        *,
        owner: str,
        database: Database,
        bus: Bus,
        clock: Clock,
        telemetry: Telemetry,
        holder: str,
    ) -> None:
        """Make a publisher; holder names this replica, as no other is named at the same time."""
        self._owner = owner
        self._database = database
        self._bus = bus
        self._clock = clock
        self._tracer = telemetry.tracer
        self._metrics = telemetry.metrics(PublisherMetrics)
        self._log = telemetry.log.bind(owner=owner)
        self._claims = SiteClaims(database=database, purpose="publish", holder=holder)
        self._work = asyncio.Event()
        self._woken: set[str] = set()
        self._committed: set[str] = set()
        self._failures: dict[str, int] = {}
        self._reported: set[str] = set()
        self._others_until: dict[str, float] = {}

    def wake(self, site: str) -> None:
        """Tell that something of the site (its bare id) was committed. Returns at once."""
        self._committed.add(site)
        self._wake_here(site)

    async def run(self) -> None:
        """Publish until cancelled."""
        listening = await self._bus.client.subscribe(
            wake_subject_of(self._owner, "*"), cb=self._hear
        )
        try:
            await run_together(
                self._for_ever(self._publish_woken, 0.0),
                self._for_ever(self._look_around, _LOOK_SECONDS),
                self._for_ever(self._claims.renew, RENEWAL.total_seconds()),
                self._for_ever(self._prune, _PRUNE_SECONDS),
            )
        finally:
            await self._let_go(listening.unsubscribe)
            await self._let_go(self._claims.release)

    async def _publish_woken(self) -> None:
        await self._work.wait()
        self._work.clear()
        woken, self._woken = self._woken, set()
        committed, self._committed = self._committed, set()
        try:
            ours = await self._claim(woken)
        except BaseException:
            self._committed |= committed
            for site in woken:
                self._wake_here(site)
            raise
        for site in woken - ours:
            # Another's by now: when it comes back to us, it is looked after as any other.
            self._failures.pop(site, None)
        for site in committed - ours:
            await self._bus.client.publish(wake_subject_of(self._owner, site))
        await asyncio.gather(*(self._publish_site(site) for site in ours))

    async def _claim(self, sites: set[str]) -> set[str]:
        now = asyncio.get_running_loop().time()
        held = {site for site in sites if self._claims.holds(site)}
        wanted = {site for site in sites - held if self._others_until.get(site, 0.0) <= now}
        taken = await self._claims.take(wanted)
        # Whoever holds them is told; we need not ask the database at every commit.
        self._others_until.update(dict.fromkeys(wanted - taken, now + _LOOK_SECONDS / 2))
        return held | taken

    async def _publish_site(self, site: str) -> None:
        try:
            count = await self._publish_batch(site)
        except Exception as error:  # of the bus or of the database: both come back
            self._metrics.failed.labels(self._owner).inc()
            failures = self._failures[site] = self._failures.get(site, 0) + 1
            # Of an error of JetStream the text alone says that its stream is full.
            why = str(error) or repr(error)
            self._log.warning("outbox.publish_failed", site=site, error=why)
            asyncio.get_running_loop().call_later(pause_seconds(failures), self._wake_here, site)
        else:
            self._failures.pop(site, None)
            if count == _BATCH:
                self._wake_here(site)

    async def _publish_batch(self, site: str) -> int:
        async with self._database.connection() as connection:
            rows = await read_unpublished(connection, site, _BATCH)
        last: OutboxRow | None = None
        try:
            # One after the other: were two on their way at once, the second could arrive alone.
            for row in rows:
                if not self._claims.holds(site):
                    break
                await self._publish(row)
                last = row
        finally:
            if last is not None:
                async with self._database.transaction() as connection:
                    await mark_published(connection, last, self._clock.now())
        return len(rows)

    async def _publish(self, row: OutboxRow) -> None:
        destination = row.subject.rpartition(".")[0]
        with self._tracer.start_as_current_span(
            f"publish {destination}", context=context_of(row.headers), kind=SpanKind.PRODUCER
        ):
            begun = time.perf_counter()
            duplicate = await self._send(row)
            self._metrics.seconds.labels(self._owner).observe(time.perf_counter() - begun)
        outcome = "duplicate" if duplicate else "stored"
        self._metrics.published.labels(self._owner, outcome).inc()

    async def _send(self, row: OutboxRow) -> bool:
        position = Position(row.site, row.epoch, row.seq)
        headers = {**row.headers, **trace_headers(), Header.MSG_ID: str(position)}
        try:
            acknowledged = await self._bus.jetstream.publish(
                row.subject, row.payload, timeout=_ACK_SECONDS, headers=headers
            )
        except nats.js.errors.NoStreamResponseError:
            # Deleted while we run, or never made: consumers read what was in it from us.
            await ensure_stream(self._bus, self._owner)
            acknowledged = await self._bus.jetstream.publish(
                row.subject, row.payload, timeout=_ACK_SECONDS, headers=headers
            )
        return bool(acknowledged.duplicate)

    async def _look_around(self) -> None:
        """Find what nobody woke us for: after a start, a lost wake-up, another replica's end."""
        async with self._database.connection() as connection:
            backlogs = await read_backlogs(connection)
        now = self._clock.now()
        for site in self._reported - {backlog.site for backlog in backlogs}:
            self._metrics.pending.labels(self._owner, site).set(0)
            self._metrics.oldest.labels(self._owner, site).set(0)
        for backlog in backlogs:
            age = max(0.0, (now - backlog.oldest_time).total_seconds())
            self._metrics.pending.labels(self._owner, backlog.site).set(backlog.count)
            self._metrics.oldest.labels(self._owner, backlog.site).set(age)
            if backlog.site not in self._failures:
                self._wake_here(backlog.site)
        self._reported = {backlog.site for backlog in backlogs}

    async def _prune(self) -> None:
        count = 1
        while count:
            async with self._database.transaction() as connection:
                count = await prune_outbox(connection, self._clock.now() - _KEEP)

    async def _for_ever(self, duty: Callable[[], Awaitable[None]], pause: float) -> None:
        failures = 0
        while True:
            try:
                await duty()
            except Exception as error:  # of the bus or of the database: both come back
                failures += 1
                self._log.warning("outbox.duty_failed", duty=duty.__name__, error=repr(error))
                await asyncio.sleep(pause_seconds(failures))
            else:
                failures = 0
                await asyncio.sleep(pause)

    async def _let_go(self, end: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(_RELEASE_SECONDS):
                await end()
        except Exception as error:  # a claim runs out by itself, and a connection ends with us
            self._log.info("outbox.release_failed", error=repr(error))

    async def _hear(self, message: Msg) -> None:
        self._wake_here(message.subject.rpartition(".")[2])

    def _wake_here(self, site: str) -> None:
        self._woken.add(site)
        self._work.set()
