"""How queues stand: equal to what the contacts say, and live."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import grpc
import pytest
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1 import queue_pb2 as queue
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from chassis.clock import ManualClock
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.dispatch import requests
from tests.component.dispatch.replicas import Replica, Replicas
from tests.component.dispatch.requests import Kind, a_report, of_queue, span
from tests.support.waiting import eventually

LISBON = ZoneInfo("Europe/Lisbon")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""What happened a minute ago is of today: by the clock of the machine it may be of yesterday."""
event = partial(requests.event, now=NOON)
enqueued = partial(requests.enqueued, now=NOON)
answered = partial(requests.answered, now=NOON)
abandoned = partial(requests.abandoned, now=NOON)
Stay = contact.QueueStay
STATE_A_WAIT = (Kind.KIND_ANSWERED, Kind.KIND_ABANDONED)


@pytest.fixture
async def replica(replicas: Replicas) -> Replica:
    return await replicas.start(clock=ManualClock(NOON))


async def figures(caller: ContactServiceStub, site: str = "harbor") -> queue.SiteQueueFigures:
    request = wire.GetQueueFiguresRequest(site=f"sites/{site}")
    told: queue.SiteQueueFigures = await caller.GetQueueFigures(request)
    return told


def by_queue(told: queue.SiteQueueFigures) -> dict[str, queue.QueueFigures]:
    return {it.queue.rpartition("/")[2]: it for it in told.figures}


def counted(
    contacts: list[contact.Contact], rule: queue.Queue, day: datetime
) -> queue.QueueFigures:
    """What contacts say of a queue with the policy of_offered.v1, computed anew."""
    stays = [stay for it in contacts for stay in it.stays if stay.queue == rule.name]
    waiting = [stay for stay in stays if not stay.outcome]
    of_day = [
        stay
        for stay in stays
        if stay.enqueue_time.ToDatetime(UTC).astimezone(LISBON).date() == day.date()
    ]

    def count(outcome: int, most: float | None = None) -> int:
        ended = [stay for stay in of_day if stay.outcome == outcome]
        if most is None:
            return len(ended)
        waits = [it.wait.ToTimedelta().total_seconds() for it in ended if it.HasField("wait")]
        return sum(wait <= most for wait in waits)

    in_time = count(Stay.OUTCOME_ANSWERED, most=rule.target.seconds)
    offered = count(Stay.OUTCOME_ANSWERED) + count(Stay.OUTCOME_ABANDONED)
    expected = queue.QueueFigures(
        queue=rule.name,
        waiting_count=len(waiting),
        answered_count=count(Stay.OUTCOME_ANSWERED),
        answered_in_time_count=in_time,
        abandoned_count=count(Stay.OUTCOME_ABANDONED),
        short_abandoned_count=count(
            Stay.OUTCOME_ABANDONED, most=rule.short_abandon.seconds - 0.000001
        ),
        timed_out_count=count(Stay.OUTCOME_TIMED_OUT),
        overflowed_count=count(Stay.OUTCOME_OVERFLOWED),
        callback_count=count(Stay.OUTCOME_CALLBACK),
        service_level_policy=rule.service_level_policy,
    )
    if waiting:
        first = min(waiting, key=lambda stay: stay.enqueue_time.ToDatetime())
        expected.oldest_enqueue_time.CopyFrom(first.enqueue_time)
    if offered:
        expected.service_level_ratio = in_time / offered
    return expected


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_figures_equal_what_the_contacts_say_at_that_place(
    replicas: Replicas, seed: int
) -> None:
    # The day on which Lisbon puts its clocks back has 25 hours.
    now = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)
    caller = replicas.caller(await replicas.start(clock=ManualClock(now)))
    drawn = random.Random(seed)
    kinds = [kind for kind in contact.ContactEvent.Kind.values() if 0 < kind < 13]
    events = []
    for number in range(400):
        kind = drawn.choice(kinds)
        values = {"wait": span(drawn.randrange(40))} if kind in STATE_A_WAIT else {}
        events.append(
            event(
                f"c{drawn.randrange(40)}",
                kind,  # type: ignore[arg-type]  # the wire's number
                drawn.randrange(30 * 3600),
                now=now,
                event_id=str(number),
                queue_id=drawn.choice(["support", "sales"]),
                agent=drawn.choice(["agents/ana", "agents/bob"]),
                **values,
            )
        )

    waiting = [enqueued(f"w{number}", 60 + number, now=now) for number in range(3)]

    await caller.ReportContacts(a_report(*events, *waiting))
    told = await figures(caller)
    rules = (await caller.ListQueues(wire.ListQueuesRequest(site="sites/harbor"))).queues
    contacts = [contact async for contact in _all(caller, now)]

    day = now.astimezone(LISBON)
    assert told.cursor.seq == max(it.cursor.seq for it in contacts)
    assert (told.day.year, told.day.month, told.day.day) == (2026, 10, 25)
    assert list(told.figures) == [counted(contacts, rule, day) for rule in rules]
    assert by_queue(told)["support"].waiting_count >= 3


async def _all(caller: ContactServiceStub, now: datetime) -> AsyncIterator[contact.Contact]:
    request = wire.ListContactsRequest(site="sites/harbor", page_size=1000)
    request.start_time.FromDatetime(now - timedelta(days=2))
    request.end_time.FromDatetime(now)
    for it in (await caller.ListContacts(request)).contacts:
        yield it


async def test_a_day_of_25_hours_counts_whole(replicas: Replicas) -> None:
    # 23:30 of the local day; it began at 23:00 UTC of the day before.
    now = datetime(2026, 10, 25, 23, 30, tzinfo=UTC)
    caller = replicas.caller(await replicas.start(clock=ManualClock(now)))
    hour = 3600

    await caller.ReportContacts(
        a_report(
            abandoned("first", 24.5 * hour - 60, queue_id="support", wait=span(60), now=now),
            abandoned("before", 24.5 * hour - 60, queue_id="support", wait=span(61), now=now),
            abandoned("last", 30, queue_id="support", wait=span(10), now=now),
        )
    )

    assert by_queue(await figures(caller))["support"].abandoned_count == 2


async def test_the_rule_of_a_queue_decides_what_counts_at_once(
    dispatch: ContactServiceStub,
) -> None:
    await dispatch.ReportContacts(
        a_report(
            answered("c1", 30, queue_id="support", wait=span(25)),
            abandoned("c2", 30, queue_id="support", wait=span(4)),
            event("c3", Kind.KIND_TIMED_OUT, 30, queue_id="support", wait=span(60)),
        )
    )
    before = by_queue(await figures(dispatch))["support"]
    rule = of_queue(
        "support",
        target=span(25),
        service_level_policy="of_offered_without_short_abandons.v1",
        includes_other_leavers=True,
    )
    await dispatch.ApplyQueues(wire.ApplyQueuesRequest(queues=[rule]))

    after = by_queue(await figures(dispatch))["support"]
    assert before.service_level_ratio == 0
    assert (after.answered_in_time_count, after.short_abandoned_count) == (1, 1)
    assert after.service_level_ratio == 0.5
    assert after.service_level_policy == "of_offered_without_short_abandons.v1"
    assert after.includes_other_leavers


async def test_who_waits_for_longer_than_anybody_does_is_lost_until_an_end_is_told(
    dispatch: ContactServiceStub,
) -> None:
    rule = of_queue("support", longest_wait=span(3_600))
    await dispatch.ApplyQueues(wire.ApplyQueuesRequest(queues=[rule]))
    await dispatch.ReportContacts(a_report(enqueued("c1", 4_000), enqueued("c2", 300)))
    before = by_queue(await figures(dispatch))["support"]

    await dispatch.ReportContacts(a_report(answered("c1", 10, wait=span(3_990))))
    after = by_queue(await figures(dispatch))["support"]

    assert (before.waiting_count, before.lost_count) == (1, 1)
    assert (after.waiting_count, after.lost_count, after.answered_count) == (1, 0, 1)


async def test_a_queue_without_stays_has_no_service_level(dispatch: ContactServiceStub) -> None:
    await dispatch.ApplyQueues(wire.ApplyQueuesRequest(queues=[of_queue("support")]))

    told = by_queue(await figures(dispatch))["support"]

    assert not told.HasField("service_level_ratio")


async def test_who_watches_gets_all_and_then_what_changes(
    replicas: Replicas, replica: Replica
) -> None:
    # What another replica records is seen as well.
    reporter = replicas.caller(await replicas.start(clock=ManualClock(NOON)))
    watcher = replicas.caller(replica)
    await reporter.ReportContacts(a_report(enqueued("c1", 60), enqueued("c2", 50, "sales")))
    stream = watcher.WatchQueueFigures(wire.WatchQueueFiguresRequest(site="sites/harbor"))

    async with asyncio.timeout(60):
        first = await stream.read()
        answer = await reporter.ReportContacts(a_report(answered("c1", 55)))
        second = await stream.read()
    stream.cancel()

    assert set(by_queue(first)) == {"support", "sales"}
    assert second.cursor == answer.cursor
    assert list(by_queue(second)) == ["support"]
    assert by_queue(second)["support"].waiting_count == 0
    assert by_queue(second)["support"].answered_count == 1


async def test_changes_are_told_at_most_every_quarter_of_a_second(
    dispatch: ContactServiceStub,
) -> None:
    stream = dispatch.WatchQueueFigures(wire.WatchQueueFiguresRequest(site="sites/harbor"))
    start = asyncio.get_running_loop().time()

    async with asyncio.timeout(60):
        await stream.read()
        for number in range(30):
            await dispatch.ReportContacts(a_report(enqueued(f"c{number}", 60)))
        told = await stream.read()
        count = 1
        while by_queue(told)["support"].waiting_count < 30:
            told = await stream.read()
            count += 1
    stream.cancel()

    assert count <= (asyncio.get_running_loop().time() - start) / 0.25 + 1


async def test_watches_are_bounded_and_a_place_is_free_when_somebody_leaves(
    replicas: Replicas,
) -> None:
    replica = await replicas.start(most_watches=1)
    caller = replicas.caller(replica)
    request = wire.WatchQueueFiguresRequest(site="sites/harbor")
    held = caller.WatchQueueFigures(request)
    await held.read()

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await caller.WatchQueueFigures(request).read()
    held.cancel()
    registry = replica.telemetry.registry
    await eventually(lambda: registry.get_sample_value("muster_dispatch_watches") == 0)
    other = caller.WatchQueueFigures(request)
    again = await other.read()
    other.cancel()

    refusal = refusal_from(raised.value)
    assert again.cursor.site == "sites/harbor"
    assert refusal.reason == "OVERLOADED"
    assert refusal.retry_after == timedelta(seconds=5)


async def test_figures_of_a_site_are_for_who_sees_all_of_it(
    replicas: Replicas, replica: Replica
) -> None:
    ana = replicas.caller(replica, scope=Scope(frozenset(), frozenset({"agents/ana"})))

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await figures(ana)

    assert refusal_from(raised.value).reason == "UNKNOWN_SITE"
