"""The consumer of somebody who keeps a copy: every replica sees every message."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from chassis.bus.connection import Bus
from chassis.bus.following import Apply, Expired, Replay, Watch, position_of
from chassis.bus.position import Position, Step, decide_step
from chassis.bus.pull import ConsumerLost, pulling
from chassis.bus.retrying import pause_seconds
from chassis.bus.streams import ensure_stream, stream_of, subject_of
from chassis.errors import Code, Refusal
from chassis.telemetry import Telemetry

# A replica that is gone leaves nothing behind for longer than this.
_FORGET_SECONDS = 30


class FullCopyConsumer:
    """Applies every message of an event, each site in its order, none twice.

    What it missed (a gap, a stream that was deleted, a lost connection) it replays from the owner
    before it goes on. A message that cannot be applied is tried again for ever: nothing is passed
    over.
    """

    def __init__(
        self,
        *,
        owner: str,
        event: str,
        bus: Bus,
        telemetry: Telemetry,
        apply: Apply,
        replay: Replay,
        on_expired: Expired,
        positions: Mapping[str, Position],
    ) -> None:
        """Take the positions (by the site's bare id) up to which the copy stands already."""
        self._owner = owner
        self._event = event
        self._bus = bus
        self._apply_message = apply
        self._ask_owner = replay
        self._on_expired = on_expired
        self._positions = dict(positions)
        # Sites whose next message is right whatever its number is.
        self._anew: set[str] = set()
        self._watch = Watch(telemetry, owner, event)
        self._trouble: str | None = "not subscribed yet"
        self._failure_count = 0

    def positions(self) -> Mapping[str, Position]:
        """Return how far each site was applied, by the site's bare id."""
        return MappingProxyType(self._positions)

    async def check(self) -> str | None:
        """Return None while the copy is in step, else why it is not."""
        return self._trouble

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            try:
                await self._follow()
            except ConsumerLost as loss:
                self._watch.log.info("consumer.lost", why=str(loss))
                self._trouble = str(loss)
            except Exception as error:  # whatever it is, the order forbids to go on without it
                self._failure_count += 1
                self._trouble = repr(error)
                self._watch.log.warning("consumer.interrupted", exc_info=error)
                await asyncio.sleep(pause_seconds(self._failure_count))

    async def _follow(self) -> None:
        await ensure_stream(self._bus, self._owner)
        consumer = await self._add_consumer()
        async with pulling(self._bus, stream_of(self._owner), consumer) as messages:
            # The new consumer holds what comes meanwhile; what came before it, the owner has.
            for position in tuple(self._positions.values()):
                await self._replay_all(position)
            self._trouble = None
            self._failure_count = 0
            async for message in messages:
                await self._take(message)

    async def _add_consumer(self) -> str:
        added = await self._bus.jetstream.add_consumer(
            stream_of(self._owner),
            ConsumerConfig(
                # The newest message of each site tells at once which ones have moved.
                deliver_policy=DeliverPolicy.LAST_PER_SUBJECT,
                filter_subject=subject_of(self._owner, self._event, "*"),
                ack_policy=AckPolicy.NONE,
                inactive_threshold=_FORGET_SECONDS,
                mem_storage=True,
                num_replicas=1,
            ),
        )
        return added.name

    async def _take(self, message: Msg) -> None:
        arrived = position_of(message)
        if arrived is None:
            self._watch.log.warning("consumer.foreign_message", subject=message.subject)
            return
        self._watch.pending.set(message.metadata.num_pending)
        if arrived.site in self._anew:
            await self._apply(arrived, message.data, message.headers or {})
            return
        known = self._positions.get(arrived.site, Position(arrived.site, arrived.epoch, 0))
        step = decide_step(known, arrived)
        if step is Step.GAP:
            known = await self._fill_gap(known, arrived)
            step = decide_step(known, arrived)
        if step is Step.NEW_EPOCH:
            known = await self._begin_anew(arrived.site) or _just_before(arrived)
            step = decide_step(known, arrived)
        if step is Step.REPEATED:
            self._watch.skipped()
            return
        if step is not Step.NEXT:
            raise ConsumerLost(f"{arrived} does not follow {known}")
        await self._apply(arrived, message.data, message.headers or {})

    async def _fill_gap(self, known: Position, arrived: Position) -> Position:
        self._watch.gaps.inc()
        self._watch.log.info("consumer.gap", known=str(known), arrived=str(arrived))
        while decide_step(known, arrived) is Step.GAP:
            reached = await self._replay_some(known)
            if reached is None:
                return _just_before(arrived)
            if reached == known:
                raise ConsumerLost(f"the owner has nothing between {known} and {arrived}")
            known = reached
        return known

    async def _replay_all(self, position: Position) -> None:
        reached = await self._replay_some(position)
        while reached is not None and reached != position:
            position, reached = reached, await self._replay_some(reached)

    async def _replay_some(self, known: Position) -> Position | None:
        """Return how far the owner brought us; None when the site begins anew with what comes."""
        try:
            async for position, payload in self._ask_owner(known):
                if decide_step(known, position) is not Step.REPEATED:
                    await self._apply(position, payload, {})
                    known = position
        except Refusal as refusal:
            if refusal.code is not Code.OUT_OF_RANGE:
                raise
            return await self._begin_anew(known.site)
        return known

    async def _begin_anew(self, site: str) -> Position | None:
        self._watch.expirations.inc()
        self._watch.log.warning("consumer.expired", site=site)
        position = await self._on_expired(site)
        if position is None:
            self._positions.pop(site, None)
            self._anew.add(site)
        else:
            self._positions[site] = position
        return position

    async def _apply(self, position: Position, payload: bytes, headers: Mapping[str, str]) -> None:
        with self._watch.applying(headers):
            await self._apply_message(position, payload, headers)
        self._anew.discard(position.site)
        self._positions[position.site] = position


def _just_before(position: Position) -> Position:
    return Position(position.site, position.epoch, position.seq - 1)
