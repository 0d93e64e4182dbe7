"""Following a stream with a full copy."""

import asyncio
from collections.abc import Callable

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.bus import Bus, FullCopyConsumer, Position, ensure_stream
from chassis.telemetry import Telemetry, silent_telemetry
from tests.component.bus.conftest import MakePublisher, Start
from tests.support.nats import running_nats
from tests.support.talker import EVENT, OWNER, Listener, Talker
from tests.support.waiting import eventually

STREAM = "MUSTER_PRESENCE"
Follow = Callable[..., FullCopyConsumer]


@pytest.fixture
def make_consumer(talker: Talker, listener: Listener, bus: Bus, telemetry: Telemetry) -> Follow:
    def make(
        *positions: Position, bus: Bus = bus, telemetry: Telemetry = telemetry
    ) -> FullCopyConsumer:
        return FullCopyConsumer(
            owner=OWNER,
            event=EVENT,
            bus=bus,
            telemetry=telemetry,
            apply=listener.apply,
            replay=talker.replay,
            on_expired=listener.begin_anew,
            positions={position.site: position for position in positions},
        )

    return make


async def in_step(consumer: FullCopyConsumer) -> bool:
    return await consumer.check() is None


def heard(listener: Listener, **seqs: list[int]) -> Callable[[], bool]:
    return lambda: dict(listener.heard) == seqs


def up_to(last: int) -> list[int]:
    return list(range(1, last + 1))


async def test_every_message_is_applied_once_in_the_order_of_its_site(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    publisher, consumer = make_publisher(), make_consumer()
    start(publisher.run())
    start(consumer.run())
    await eventually(lambda: in_step(consumer))

    for _ in range(20):
        for site in ("bank", "shop"):
            await talker.say(site)
            publisher.wake(site)

    await eventually(heard(listener, bank=up_to(20), shop=up_to(20)))
    assert consumer.positions() == {
        "bank": Position("bank", 1, 20),
        "shop": Position("shop", 1, 20),
    }


async def test_all_replicas_hear_everything(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    consumers = [make_consumer(), make_consumer()]
    for consumer in consumers:
        start(consumer.run())
    await talker.say(count=2)
    start(make_publisher().run())

    await eventually(lambda: sorted(listener.heard["bank"]) == [1, 1, 2, 2])


async def test_what_came_after_an_old_position_is_replayed_before_anything_else(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    await talker.say(count=9)
    publisher = make_publisher()
    start(publisher.run())
    await eventually(talker.all_published)

    start(make_consumer(Position("bank", 1, 4)).run())
    await eventually(heard(listener, bank=[5, 6, 7, 8, 9]))
    await talker.say()
    publisher.wake("bank")

    await eventually(heard(listener, bank=[5, 6, 7, 8, 9, 10]))


async def test_a_gap_is_filled_by_the_owner_before_the_message_is_applied(
    talker: Talker, listener: Listener, bus: Bus, make_consumer: Follow, start: Start
) -> None:
    await ensure_stream(bus, OWNER)
    start(make_consumer().run())
    await talker.say(count=7)

    await talker.publish(bus, Position("bank", 1, 1), Position("bank", 1, 7))
    await eventually(heard(listener, bank=up_to(7)))

    await talker.say()
    await talker.publish(bus, Position("bank", 1, 8))
    await eventually(heard(listener, bank=up_to(8)))


async def test_a_repeated_message_changes_nothing(
    talker: Talker, listener: Listener, bus: Bus, make_consumer: Follow, start: Start
) -> None:
    await ensure_stream(bus, OWNER)
    await talker.say(count=6)
    start(make_consumer(Position("bank", 1, 5)).run())

    await talker.publish(bus, *(Position("bank", 1, seq) for seq in (3, 6, 4, 5)))
    await talker.publish(bus, Position("shop", 1, 1))

    await eventually(heard(listener, bank=[6], shop=[1]))


async def test_a_stream_that_is_deleted_costs_delay_and_no_message(
    talker: Talker,
    listener: Listener,
    bus: Bus,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    publisher = make_publisher()
    start(publisher.run())
    start(make_consumer().run())
    await talker.say(count=2)
    publisher.wake("bank")
    await eventually(heard(listener, bank=[1, 2]))

    await talker.say()
    await bus.jetstream.delete_stream(STREAM)
    publisher.wake("bank")
    await talker.say(count=2)
    await talker.say("shop")
    publisher.wake("bank")
    publisher.wake("shop")

    await eventually(heard(listener, bank=up_to(5), shop=[1]))


async def test_what_was_lost_with_a_stream_is_replayed_without_a_further_message(
    talker: Talker, listener: Listener, bus: Bus, make_consumer: Follow, start: Start
) -> None:
    await ensure_stream(bus, OWNER)
    consumer = make_consumer(Position("bank", 1, 0))
    start(consumer.run())
    await eventually(lambda: in_step(consumer))

    await talker.say(count=2)
    await bus.jetstream.delete_stream(STREAM)

    await eventually(heard(listener, bank=[1, 2]))


async def test_nats_killed_and_started_again_costs_no_message(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    with running_nats() as server:
        bus = await Bus.connect(server.url, name="test", telemetry=silent_telemetry())
        publisher, consumer = make_publisher(bus=bus), make_consumer(bus=bus)
        start(publisher.run())
        start(consumer.run())
        await talker.say(count=3)
        publisher.wake("bank")
        await eventually(heard(listener, bank=[1, 2, 3]))

        for round_ in (1, 2):
            server.kill()
            await talker.say(count=3)
            publisher.wake("bank")
            server.start()
            await eventually(heard(listener, bank=up_to(3 + 3 * round_)))
        await bus.close()


async def test_a_message_that_cannot_be_applied_is_tried_again_and_none_passes_it(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    consumer = make_consumer()
    start(consumer.run())
    await eventually(lambda: in_step(consumer))
    listener.fail_next(3)
    await talker.say(count=4)

    start(make_publisher().run())

    await eventually(heard(listener, bank=[1, 2, 3, 4]))


async def test_an_owner_who_does_not_answer_is_asked_again(
    talker: Talker,
    listener: Listener,
    bus: Bus,
    make_consumer: Follow,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await talker.say(count=2)
    replay, failures = talker.replay, [OSError("no answer"), OSError("no answer")]

    def fail_at_first(after: Position) -> object:
        if failures:
            raise failures.pop()
        return replay(after)

    monkeypatch.setattr(talker, "replay", fail_at_first)
    start(make_consumer(Position("bank", 1, 0)).run())

    await eventually(heard(listener, bank=[1, 2]))


async def test_a_site_whose_past_is_gone_is_copied_anew_and_followed_from_there(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    await talker.say(count=6)
    await talker.forget("bank", 3)
    listener.anew = Position("bank", 1, 5)

    start(make_consumer(Position("bank", 1, 1)).run())
    start(make_publisher().run())

    await eventually(heard(listener, bank=[6]))
    assert listener.expired == ["bank"]


async def test_whoever_needs_no_copy_goes_on_with_the_next_message(
    talker: Talker,
    listener: Listener,
    bus: Bus,
    make_consumer: Follow,
    start: Start,
) -> None:
    await ensure_stream(bus, OWNER)
    await talker.say(count=6)
    await talker.forget("bank", 4)
    consumer = make_consumer(Position("bank", 1, 1))
    start(consumer.run())
    await eventually(lambda: in_step(consumer))

    await talker.publish(bus, Position("bank", 1, 5), Position("bank", 1, 6))

    await eventually(heard(listener, bank=[5, 6]))
    assert listener.expired == ["bank"]


async def test_a_new_epoch_is_a_new_beginning(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    publisher = make_publisher()
    start(publisher.run())
    start(make_consumer().run())
    await talker.say(count=2)
    publisher.wake("bank")
    await eventually(heard(listener, bank=[1, 2]))

    await talker.restore()
    listener.anew = Position("bank", 2, 2)
    await talker.say(count=2)
    publisher.wake("bank")

    await eventually(heard(listener, bank=[1, 2, 3, 4]))
    assert listener.expired == ["bank"]


async def test_a_message_that_no_outbox_sent_is_passed_over(
    talker: Talker, listener: Listener, bus: Bus, make_consumer: Follow, start: Start
) -> None:
    await ensure_stream(bus, OWNER)
    start(make_consumer().run())

    await bus.jetstream.publish("muster.presence.v1.said.bank", b"by hand")
    await talker.say()
    await talker.publish(bus, Position("bank", 1, 1))

    await eventually(heard(listener, bank=[1]))


async def test_a_consumer_says_why_it_is_not_in_step(
    talker: Talker, listener: Listener, bus: Bus, make_consumer: Follow, start: Start
) -> None:
    consumer = make_consumer(Position("bank", 1, 0))
    assert await consumer.check() == "not subscribed yet"
    listener.fail_next(10_000)
    await talker.say()

    task = start(consumer.run())

    async def told() -> bool:
        return "asked to fail" in (await consumer.check() or "")

    await eventually(told)
    task.cancel()
    await asyncio.wait([task])


async def test_a_trace_goes_from_the_publisher_into_what_applies(
    talker: Talker,
    listener: Listener,
    make_publisher: MakePublisher,
    make_consumer: Follow,
    start: Start,
) -> None:
    spans = InMemorySpanExporter()
    telemetry = silent_telemetry(spans=spans)
    consumer = make_consumer(telemetry=telemetry)
    start(consumer.run())
    await eventually(lambda: in_step(consumer))
    await talker.say()

    start(make_publisher(telemetry=telemetry).run())
    await eventually(heard(listener, bank=[1]))
    await eventually(talker.all_published)

    named = {span.name: span for span in spans.get_finished_spans()}
    publish, process = (named[f"{verb} muster.presence.v1.said"] for verb in ("publish", "process"))
    assert process.parent is not None
    assert process.parent.span_id == publish.context.span_id
