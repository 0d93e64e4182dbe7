"""The consumer of somebody who does a site's work: one replica at a time, in a transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeAlias

from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from chassis.bus.connection import Bus
from chassis.bus.following import Replay, Watch, position_of
from chassis.bus.position import Position, Step, decide_step
from chassis.bus.pull import ConsumerLost, pulling
from chassis.bus.retrying import pause_seconds
from chassis.bus.stored import read_position, read_sites, store_position
from chassis.bus.streams import ensure_stream, stream_of, subject_of
from chassis.database import Connection, Database, SiteClaims
from chassis.errors import Code, Refusal
from chassis.telemetry import Telemetry

ApplyInTransaction: TypeAlias = Callable[
    [Connection, Position, bytes, Mapping[str, str]], Awaitable[None]
]
"""Takes in one message and writes with the connection; both are committed with the position."""

ExpiredInTransaction: TypeAlias = Callable[[Connection, str], Awaitable[Position]]
"""Takes the site in anew, and returns how far that has come."""

_LOOK_SECONDS = 1.0
_FORGET_SECONDS = 24 * 3600
_ACK_SECONDS = 30
_RELEASE_SECONDS = 1.0


class SiteWorkConsumer:
    """Applies every message of an event once, each site in its order, whatever crashes.

    The position is committed together with what apply wrote. A site is worked on by the replica
    that holds its claim; should two believe that they do, the locked position lets only one of them
    apply a message.
    """

    def __init__(
        self,
        *,
        consumer: str,
        owner: str,
        event: str,
        bus: Bus,
        database: Database,
        telemetry: Telemetry,
        holder: str,
        apply: ApplyInTransaction,
        replay: Replay,
        on_expired: ExpiredInTransaction,
    ) -> None:
        """Make a consumer; its name is the same in all replicas, holder names this replica."""
        self._consumer = consumer
        self._owner = owner
        self._event = event
        self._bus = bus
        self._database = database
        self._apply_message = apply
        self._ask_owner = replay
        self._on_expired = on_expired
        self._watch = Watch(telemetry, owner, event)
        self._claims = SiteClaims(database=database, purpose=f"consume.{consumer}", holder=holder)
        self._working: dict[str, asyncio.Task[None]] = {}
        self._trouble: str | None = "not subscribed yet"
        # The sites of which something cannot be applied, with the reason.
        self._stuck: dict[str, str] = {}

    async def check(self) -> str | None:
        """Return None while this replica keeps its sites in step, else why it does not."""
        stuck = "; ".join(f"{site}: {why}" for site, why in sorted(self._stuck.items()))
        return self._trouble or stuck or None

    async def run(self) -> None:
        """Work until cancelled."""
        failures = 0
        try:
            while True:
                try:
                    await self._share_out()
                    failures, self._trouble = 0, None
                except Exception as error:  # of the bus or of the database: both come back
                    failures, self._trouble = failures + 1, repr(error)
                    self._watch.log.warning("consumer.interrupted", exc_info=error)
                    await asyncio.sleep(pause_seconds(failures))
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            await self._end(tuple(self._working))
            await self._release()

    async def _share_out(self) -> None:
        """Claim what is free, work on what is ours, and stop what is another's by now."""
        ours = await self._claims.take(await self._list_sites())
        await self._end([site for site in self._working if site not in ours])
        for site in ours - self._working.keys():
            self._working[site] = asyncio.create_task(self._work(site), name=f"work {site}")

    async def _list_sites(self) -> set[str]:
        await ensure_stream(self._bus, self._owner)
        subjects = subject_of(self._owner, self._event, "*")
        info = await self._bus.jetstream.stream_info(
            stream_of(self._owner), subjects_filter=subjects
        )
        published = {subject.rpartition(".")[2] for subject in info.state.subjects or {}}
        # A stream that was made anew does not know the sites of before.
        async with self._database.connection() as connection:
            return published | await read_sites(connection, self._consumer)

    async def _end(self, sites: Iterable[str]) -> None:
        tasks = {site: self._working.pop(site) for site in sites}
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        for site in tasks:
            self._stuck.pop(site, None)

    async def _release(self) -> None:
        try:
            async with asyncio.timeout(_RELEASE_SECONDS):
                await self._claims.release()
        except Exception as error:  # the claims run out by themselves
            self._watch.log.info("consumer.release_failed", error=repr(error))

    async def _work(self, site: str) -> None:
        failures = 0
        while True:
            try:
                await self._follow(site)
            except ConsumerLost as loss:
                self._watch.log.info("consumer.lost", site=site, why=str(loss))
            except Exception as error:  # whatever it is, the order forbids to go on without it
                failures += 1
                self._stuck[site] = repr(error)
                self._watch.log.warning("consumer.interrupted", site=site, exc_info=error)
                await asyncio.sleep(pause_seconds(failures))

    async def _follow(self, site: str) -> None:
        await ensure_stream(self._bus, self._owner)
        durable = await self._add_consumer(site)
        async with pulling(self._bus, stream_of(self._owner), durable) as messages:
            await self._catch_up(site)
            self._stuck.pop(site, None)
            async for message in messages:
                await self._take(message)
                await message.ack()

    async def _add_consumer(self, site: str) -> str:
        name = f"{self._consumer}_{site}"
        await self._bus.jetstream.add_consumer(
            stream_of(self._owner),
            ConsumerConfig(
                durable_name=name,
                deliver_policy=DeliverPolicy.ALL,
                filter_subject=subject_of(self._owner, self._event, site),
                ack_policy=AckPolicy.EXPLICIT,
                ack_wait=_ACK_SECONDS,
                inactive_threshold=_FORGET_SECONDS,
            ),
        )
        return name

    async def _take(self, message: Msg) -> None:
        arrived = position_of(message)
        if arrived is None:
            self._watch.log.warning("consumer.foreign_message", subject=message.subject)
            return
        self._watch.pending.set(message.metadata.num_pending)
        step = await self._apply(arrived, message.data, message.headers or {})
        if step in (Step.GAP, Step.NEW_EPOCH):
            self._watch.gaps.inc()
            self._watch.log.info("consumer.gap", arrived=str(arrived))
            await self._catch_up(arrived.site)
            step = await self._apply(arrived, message.data, message.headers or {})
        if step in (Step.GAP, Step.NEW_EPOCH):
            raise ConsumerLost(f"the owner has nothing that leads to {arrived}")

    async def _catch_up(self, site: str) -> None:
        """Replay from the stored position until the owner has nothing more."""
        while True:
            async with self._database.connection() as connection:
                begun = await read_position(connection, self._consumer, site)
            try:
                reached = await self._replay(begun or Position(site, 1, 0))
            except Refusal as refusal:
                if refusal.code is not Code.OUT_OF_RANGE:
                    raise
                reached = await self._begin_anew(site)
            if reached == begun or reached.seq == 0:
                return

    async def _replay(self, known: Position) -> Position:
        async for position, payload in self._ask_owner(known):
            # The owner's word is the record: a number it leaves out is another event of its.
            await self._apply(position, payload, {}, expected=(Step.NEXT, Step.GAP))
            known = position
        return known

    async def _begin_anew(self, site: str) -> Position:
        self._watch.expirations.inc()
        self._watch.log.warning("consumer.expired", site=site)
        async with self._database.transaction() as connection:
            position = await self._on_expired(connection, site)
            await store_position(connection, self._consumer, position)
        return position

    async def _apply(
        self,
        arrived: Position,
        payload: bytes,
        headers: Mapping[str, str],
        expected: tuple[Step, ...] = (Step.NEXT,),
    ) -> Step:
        """Apply the message if its step is an expected one, and return the step."""
        async with self._database.transaction() as connection:
            known = await read_position(connection, self._consumer, arrived.site)
            step = decide_step(known or Position(arrived.site, arrived.epoch, 0), arrived)
            if step in expected:
                with self._watch.applying(headers):
                    await self._apply_message(connection, arrived, payload, headers)
                    await store_position(connection, self._consumer, arrived)
            elif step is Step.REPEATED:
                self._watch.skipped()
        return step
