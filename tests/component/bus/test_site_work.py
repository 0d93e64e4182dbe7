"""Working on a site's messages, one replica at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from chassis.bus import Bus, Position, SiteWorkConsumer, ensure_stream
from chassis.database import Connection, Database
from chassis.telemetry import silent_telemetry
from tests.component.bus.conftest import MakePublisher, Start
from tests.support.nats import running_nats
from tests.support.talker import EVENT, OWNER, Listener, Talker
from tests.support.waiting import eventually

STREAM = "MUSTER_PRESENCE"
Work = Callable[..., SiteWorkConsumer]
Done = Callable[..., Awaitable[bool]]


@pytest.fixture
async def results(order: Database) -> Done:
    """Tells whether the seqs given, by site, are exactly what was written, each once."""
    async with order.transaction() as connection:
        await connection.execute("CREATE TABLE heard (site text, seq bigint)")

    async def written(**seqs: list[int]) -> bool:
        async with order.connection() as connection:
            cursor = await connection.execute(
                "SELECT site, array_agg(seq ORDER BY seq) FROM heard GROUP BY site"
            )
            return dict(await cursor.fetchall()) == seqs

    return written


@pytest.fixture
def make_worker(talker: Talker, order: Database, bus: Bus) -> Work:
    def make(listener: Listener, holder: str = "here", *, bus: Bus = bus) -> SiteWorkConsumer:
        return SiteWorkConsumer(
            consumer="ear",
            owner=OWNER,
            event=EVENT,
            bus=bus,
            database=order,
            telemetry=silent_telemetry(),
            holder=holder,
            apply=listener.apply_in_transaction,
            replay=talker.replay,
            on_expired=partial(_begin_anew, listener),
        )

    return make


async def _begin_anew(listener: Listener, connection: Connection, site: str) -> Position:
    position = await listener.begin_anew(site)
    assert position is not None
    return position


async def test_work_is_done_once_in_the_order_of_its_site(
    talker: Talker,
    listener: Listener,
    results: Done,
    make_publisher: MakePublisher,
    make_worker: Work,
    start: Start,
) -> None:
    await talker.say("bank", count=5)
    await talker.say("shop", count=5)
    start(make_publisher().run())
    start(make_worker(listener).run())

    await eventually(lambda: results(bank=[1, 2, 3, 4, 5], shop=[1, 2, 3, 4, 5]))
    assert listener.heard == {"bank": [1, 2, 3, 4, 5], "shop": [1, 2, 3, 4, 5]}


async def test_the_position_is_stored_with_the_write_or_neither_is(
    talker: Talker,
    listener: Listener,
    results: Done,
    make_publisher: MakePublisher,
    make_worker: Work,
    start: Start,
) -> None:
    listener.fail_next(2)
    await talker.say(count=3)
    start(make_publisher().run())
    start(make_worker(listener).run())

    # Each failure comes after the insert: had that stayed, the row would be there twice.
    await eventually(lambda: results(bank=[1, 2, 3]))
    async with talker.database.connection() as connection:
        cursor = await connection.execute(
            "SELECT consumer, site, epoch, seq FROM consumer_position"
        )
        assert await cursor.fetchall() == [("ear", "bank", 1, 3)]


async def test_a_site_that_is_stuck_is_told_by_name_until_it_goes_on(
    talker: Talker,
    listener: Listener,
    results: Done,
    make_publisher: MakePublisher,
    make_worker: Work,
    start: Start,
) -> None:
    listener.fail_next(4)
    worker = make_worker(listener)
    await talker.say()
    start(make_publisher().run())
    start(worker.run())

    async def is_stuck() -> bool:
        return (await worker.check() or "").startswith("bank: ")

    async def is_well() -> bool:
        return await worker.check() is None

    await eventually(is_stuck)
    await eventually(lambda: results(bank=[1]))
    await eventually(is_well)


async def test_of_two_replicas_one_works_and_the_other_takes_over(
    talker: Talker,
    results: Done,
    make_publisher: MakePublisher,
    make_worker: Work,
    start: Start,
) -> None:
    first, second = Listener(), Listener()
    publisher = make_publisher()
    start(publisher.run())
    await talker.say(count=3)
    publisher.wake("bank")
    stopping = start(make_worker(first, "first").run())
    await eventually(lambda: results(bank=[1, 2, 3]))
    start(make_worker(second, "second").run())

    stopping.cancel()
    await asyncio.wait([stopping])
    await talker.say(count=3)
    publisher.wake("bank")

    await eventually(lambda: results(bank=[1, 2, 3, 4, 5, 6]))
    assert (first.heard["bank"], second.heard["bank"]) == ([1, 2, 3], [4, 5, 6])


async def test_two_who_both_believe_to_hold_a_site_do_its_work_once(
    talker: Talker,
    results: Done,
    make_publisher: MakePublisher,
    make_worker: Work,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def take_all(_: object, sites: set[str]) -> frozenset[str]:
        return frozenset(sites)

    monkeypatch.setattr("chassis.database.claims.SiteClaims.take", take_all)
    monkeypatch.setattr("chassis.database.claims.SiteClaims.holds", lambda *_: True)
    publisher = make_publisher()
    start(publisher.run())
    for holder in ("first", "second"):
        start(make_worker(Listener(), holder).run())

    for _ in range(20):
        await talker.say()
        publisher.wake("bank")

    await eventually(lambda: results(bank=list(range(1, 21))))


async def test_a_gap_is_filled_by_the_owner(
    talker: Talker,
    listener: Listener,
    results: Done,
    bus: Bus,
    make_worker: Work,
    start: Start,
) -> None:
    await ensure_stream(bus, OWNER)
    await talker.say(count=2)
    await talker.publish(bus, Position("bank", 1, 1))
    start(make_worker(listener).run())
    await eventually(lambda: results(bank=[1, 2]))
    await talker.say(count=8)

    await talker.publish(bus, Position("bank", 1, 10))

    await eventually(lambda: results(bank=list(range(1, 11))))
    assert listener.heard["bank"] == list(range(1, 11))


async def test_neither_a_deleted_stream_nor_a_killed_server_costs_work(
    talker: Talker,
    listener: Listener,
    results: Done,
    make_publisher: MakePublisher,
    make_worker: Work,
    start: Start,
) -> None:
    with running_nats() as server:
        bus = await Bus.connect(server.url, name="test", telemetry=silent_telemetry())
        publisher = make_publisher(bus=bus)
        start(publisher.run())
        start(make_worker(listener, bus=bus).run())
        await talker.say(count=2)
        publisher.wake("bank")
        await eventually(lambda: results(bank=[1, 2]))

        await talker.say()
        await eventually(talker.all_published)
        await bus.jetstream.delete_stream(STREAM)
        await talker.say()
        publisher.wake("bank")
        server.kill()
        await talker.say()
        server.start()

        await eventually(lambda: results(bank=[1, 2, 3, 4, 5]))
        assert listener.heard["bank"] == [1, 2, 3, 4, 5]
        await bus.close()


async def test_a_site_whose_past_is_gone_is_taken_in_anew(
    talker: Talker,
    listener: Listener,
    results: Done,
    bus: Bus,
    make_worker: Work,
    start: Start,
) -> None:
    await ensure_stream(bus, OWNER)
    await talker.say(count=6)
    await talker.forget("bank", 3)
    listener.anew = Position("bank", 1, 4)
    await talker.publish(bus, Position("bank", 1, 4))

    start(make_worker(listener).run())

    await eventually(lambda: results(bank=[5, 6]))
    assert listener.expired == ["bank"]


async def test_a_position_of_before_a_restore_goes_on_with_the_first_message_after_it(
    talker: Talker,
    listener: Listener,
    results: Done,
    make_publisher: MakePublisher,
    make_worker: Work,
    start: Start,
) -> None:
    start(make_publisher().run())
    before = start(make_worker(listener).run())
    await talker.say(count=2)
    await eventually(lambda: results(bank=[1, 2]))
    before.cancel()

    await talker.restore()
    listener.anew = Position("bank", 2, 2)
    await talker.say(count=2)
    start(make_worker(listener, "there").run())

    await eventually(lambda: results(bank=[1, 2, 3, 4]))
    assert listener.expired == ["bank"]
