"""From the outbox to the stream."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from functools import partial

import pytest
from nats.js.api import DiscardPolicy, StreamConfig
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.bus import Bus, Position, ensure_stream
from chassis.bus import publisher as publishing
from chassis.clock import ManualClock
from chassis.database import Database, SiteClaims
from chassis.database.outbox import mark_published, read_unpublished
from chassis.telemetry import silent_telemetry
from tests.component.bus.conftest import MakePublisher, Start
from tests.support.nats import running_nats
from tests.support.postgres import running_cluster
from tests.support.talker import NOON, OWNER, Talker
from tests.support.waiting import eventually

STREAM = "MUSTER_PRESENCE"


async def is_well(database: Database) -> bool:
    return await database.check() is None


async def claim_has_run_out(database: Database) -> bool:
    async with database.connection() as connection:
        cursor = await connection.execute(
            "SELECT expires_time < clock_timestamp() FROM site_claim WHERE holder = 'dying'"
        )
        # Or somebody has it again already.
        return await cursor.fetchone() in (None, (True,))


async def published(bus: Bus) -> dict[str, list[int]]:
    """The seqs in the stream by site, in the order of the stream."""
    seqs: dict[str, list[int]] = defaultdict(list)
    info = await bus.jetstream.stream_info(STREAM)
    for number in range(info.state.first_seq, info.state.last_seq + 1):
        message = await bus.jetstream.get_msg(STREAM, number)
        position = Position.parse((message.headers or {})["Nats-Msg-Id"])
        assert message.data == str(position).encode()
        assert message.subject == f"muster.presence.v1.said.{position.site}"
        seqs[position.site].append(position.seq)
    return dict(seqs)


async def test_what_was_committed_is_published_in_the_order_of_its_site(
    talker: Talker, bus: Bus, make_publisher: MakePublisher, start: Start
) -> None:
    publisher = make_publisher()
    await talker.say("bank", count=70)
    start(publisher.run())

    await eventually(talker.all_published)
    await talker.say("shop", count=2)
    publisher.wake("shop")
    await eventually(talker.all_published)

    assert await published(bus) == {"bank": list(range(1, 71)), "shop": [1, 2]}


async def test_a_commit_is_published_when_its_committer_wakes_and_not_at_the_next_look(
    talker: Talker,
    make_publisher: MakePublisher,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "_LOOK_SECONDS", 3600.0)
    publisher = make_publisher()
    start(publisher.run())

    await talker.say()
    publisher.wake("bank")

    await eventually(talker.all_published)


async def test_two_replicas_lose_nothing_and_double_nothing(
    talker: Talker,
    order_url: str,
    nats_url: str,
    bus: Bus,
    make_publisher: MakePublisher,
    start: Start,
) -> None:
    other_database = await Database.open(order_url, application="other")
    other_bus = await Bus.connect(nats_url, name="other", telemetry=silent_telemetry())
    replicas = [
        make_publisher("here"),
        make_publisher("there", database=other_database, bus=other_bus),
    ]
    for replica in replicas:
        start(replica.run())

    async def commit(site: str) -> None:
        for number in range(30):
            await talker.say(site)
            replicas[number % 2].wake(site)

    sites = ["bank", "farm", "shop"]
    await asyncio.gather(*(commit(site) for site in sites))
    await eventually(talker.all_published)

    assert await published(bus) == {site: list(range(1, 31)) for site in sites}
    await other_bus.close()
    await other_database.close()


async def test_the_holder_hears_of_a_commit_of_another_replica(
    talker: Talker,
    make_publisher: MakePublisher,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "_LOOK_SECONDS", 3600.0)
    here, there = make_publisher("here"), make_publisher("there")
    start(here.run())
    start(there.run())
    await talker.say()
    here.wake("bank")
    await eventually(talker.all_published)

    for _ in range(3):
        await talker.say()
        there.wake("bank")
        await eventually(talker.all_published)


async def test_the_sites_of_a_dead_replica_are_taken_over(
    talker: Talker, order: Database, bus: Bus, make_publisher: MakePublisher, start: Start
) -> None:
    dead = SiteClaims(
        database=order, purpose="publish", holder="dead", lifetime=timedelta(seconds=1)
    )
    await dead.take(["bank"])
    await talker.say(count=3)

    start(make_publisher().run())
    await eventually(talker.all_published)

    assert await published(bus) == {"bank": [1, 2, 3]}


async def test_a_site_that_failed_here_and_went_to_another_is_taken_back_when_that_one_dies(
    talker: Talker,
    order: Database,
    make_publisher: MakePublisher,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, is_failing = read_unpublished, True

    async def fail_at_first(*arguments: object) -> object:
        if is_failing:
            raise OSError("trouble")
        return await read(*arguments)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(publishing, "read_unpublished", fail_at_first)
    monkeypatch.setattr(publishing, "pause_seconds", lambda _: 0.05)
    monkeypatch.setattr(publishing, "RENEWAL", timedelta(milliseconds=50))
    telemetry = silent_telemetry()
    await talker.say()
    start(make_publisher(telemetry=telemetry).run())
    failures = partial(
        telemetry.registry.get_sample_value,
        "muster_bus_publish_failures_total",
        {"owner": OWNER},
    )
    await eventually(failures)

    async with order.transaction() as connection:
        await connection.execute(
            "UPDATE site_claim SET holder = 'dying',"
            " expires_time = clock_timestamp() + interval '1 second'"
        )
    await eventually(partial(claim_has_run_out, order))
    is_failing = False

    await eventually(talker.all_published)


async def test_a_replica_that_stops_leaves_its_sites_at_once(
    talker: Talker,
    order: Database,
    make_publisher: MakePublisher,
    start: Start,
) -> None:
    await talker.say()
    stopping = start(make_publisher("stopping").run())
    await eventually(talker.all_published)

    stopping.cancel()
    await asyncio.wait([stopping])

    heir = SiteClaims(database=order, purpose="publish", holder="heir")
    assert await heir.take(["bank"]) == {"bank"}


async def test_a_crash_between_publishing_and_marking_doubles_nothing(
    talker: Talker,
    bus: Bus,
    make_publisher: MakePublisher,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark, failures = mark_published, [OSError("crash"), OSError("crash")]

    async def crash_at_first(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        await mark(*arguments)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(publishing, "mark_published", crash_at_first)
    await talker.say(count=3)

    start(make_publisher().run())
    await eventually(talker.all_published)

    assert not failures
    assert await published(bus) == {"bank": [1, 2, 3]}


async def test_a_stream_that_is_deleted_is_made_again(
    talker: Talker, bus: Bus, make_publisher: MakePublisher, start: Start
) -> None:
    publisher = make_publisher()
    start(publisher.run())
    await talker.say(count=2)
    publisher.wake("bank")
    await eventually(talker.all_published)

    await bus.jetstream.delete_stream(STREAM)
    await talker.say()
    publisher.wake("bank")
    await eventually(talker.all_published)

    # What was in it, consumers read from the owner.
    assert await published(bus) == {"bank": [3]}


async def test_while_nats_is_dead_the_outbox_waits(
    talker: Talker, make_publisher: MakePublisher, start: Start
) -> None:
    with running_nats() as server:
        bus = await Bus.connect(server.url, name="test", telemetry=silent_telemetry())
        publisher = make_publisher(bus=bus)
        start(publisher.run())
        await talker.say()
        publisher.wake("bank")
        await eventually(talker.all_published)

        server.kill()
        await talker.say(count=3)
        publisher.wake("bank")
        assert await talker.waiting_count() == 3
        server.start()

        await eventually(talker.all_published)
        assert await published(bus) == {"bank": [1, 2, 3, 4]}
        await bus.close()


async def test_a_database_killed_and_started_again_is_published_from_as_before(
    bus: Bus, make_publisher: MakePublisher, start: Start
) -> None:
    with running_cluster() as cluster:
        database = await Database.open(cluster.clone_order(), application="test")
        talker = Talker(database)
        publisher = make_publisher(database=database)
        start(publisher.run())
        await talker.say(count=2)
        publisher.wake("bank")
        await eventually(talker.all_published)

        cluster.kill()
        publisher.wake("bank")
        cluster.start()
        await eventually(lambda: is_well(database))
        await talker.say(count=2)
        publisher.wake("bank")

        await eventually(talker.all_published)
        assert await published(bus) == {"bank": [1, 2, 3, 4]}
    await database.close()


async def test_a_full_stream_holds_the_outbox_back_and_loses_nothing(
    talker: Talker, bus: Bus, make_publisher: MakePublisher, start: Start
) -> None:
    await ensure_stream(bus, OWNER)
    small = StreamConfig(
        name=STREAM,
        subjects=["muster.presence.v1.>"],
        discard=DiscardPolicy.NEW,
        max_msgs=2,
        duplicate_window=120,
    )
    await bus.jetstream.delete_stream(STREAM)
    await bus.jetstream.add_stream(small)
    telemetry = silent_telemetry()
    await talker.say(count=5)
    start(make_publisher(telemetry=telemetry).run())
    pending = {"owner": OWNER, "site": "bank"}
    await eventually(
        lambda: (
            telemetry.registry.get_sample_value("muster_bus_outbox_pending_messages", pending) == 3
        )
    )

    await bus.jetstream.update_stream(small.evolve(max_msgs=100))
    await eventually(talker.all_published)

    assert await published(bus) == {"bank": [1, 2, 3, 4, 5]}


async def test_a_trace_goes_from_the_commit_through_the_outbox_into_the_message(
    talker: Talker, bus: Bus, make_publisher: MakePublisher, start: Start
) -> None:
    spans = InMemorySpanExporter()
    telemetry = silent_telemetry(spans=spans)
    with telemetry.tracer.start_as_current_span("commit") as commit:
        await talker.say()
    start(make_publisher(telemetry=telemetry).run())
    await eventually(talker.all_published)

    (publish,) = [
        span
        for span in spans.get_finished_spans()
        if span.name == "publish muster.presence.v1.said"
    ]
    message = await bus.jetstream.get_msg(STREAM, 1)

    assert publish.parent is not None
    assert publish.parent.span_id == commit.get_span_context().span_id
    assert f"{publish.context.span_id:016x}" in (message.headers or {})["traceparent"]


async def test_published_rows_are_dropped_after_a_day(
    talker: Talker, make_publisher: MakePublisher, start: Start
) -> None:
    await talker.say(count=2)
    first = start(make_publisher().run())
    await eventually(talker.all_published)
    first.cancel()
    await asyncio.wait([first])
    clock = ManualClock(NOON)
    clock.advance(timedelta(days=1, seconds=1))

    start(make_publisher(clock=clock).run())

    async def nothing_is_kept() -> bool:
        async with talker.database.connection() as connection:
            cursor = await connection.execute("SELECT count(*) FROM outbox")
            return await cursor.fetchone() == (0,)

    await eventually(nothing_is_kept)
