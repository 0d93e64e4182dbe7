"""Queues as data."""

import grpc
import pytest
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from prometheus_client import CollectorRegistry

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.dispatch.replicas import Replica, Replicas
from tests.component.dispatch.requests import a_report, enqueued, of_queue, span


async def queues(dispatch: ContactServiceStub) -> dict[str, object]:
    answer = await dispatch.ListQueues(wire.ListQueuesRequest(site="sites/harbor"))
    return {queue.name.rpartition("/")[2]: queue for queue in answer.queues}


def counted(registry: CollectorRegistry, metric: str) -> float | None:
    return registry.get_sample_value(metric)


async def test_what_is_applied_is_listed_and_applying_again_changes_nothing(
    dispatch: ContactServiceStub,
) -> None:
    support = of_queue(
        "support",
        display_names={"en": "Support", "zh-Hans": "支持"},
        channel=contact.CHANNEL_CALL,
        target=span(30),
        short_abandon=span(0),
        service_level_policy="of_answered.v1",
        includes_other_leavers=True,
    )
    request = wire.ApplyQueuesRequest(queues=[support, of_queue("sales")])

    checked = await dispatch.ApplyQueues(
        wire.ApplyQueuesRequest(queues=request.queues, validate_only=True)
    )
    before = await queues(dispatch)
    first = await dispatch.ApplyQueues(request)
    second = await dispatch.ApplyQueues(request)
    support.target.seconds = 40
    third = await dispatch.ApplyQueues(wire.ApplyQueuesRequest(queues=[support]))

    assert (checked.created_count, len(before)) == (2, 0)
    assert (first.created_count, second.unchanged_count, third.updated_count) == (2, 2, 1)
    assert [it.seq for it in (*first.cursors, *second.cursors, *third.cursors)] == [1, 2]
    support.applied = True
    # Nobody waits for longer on the line.
    support.longest_wait.FromSeconds(2 * 3600)
    assert (await queues(dispatch))["support"] == support


async def test_a_queue_that_nobody_applied_becomes_known_by_an_event(
    dispatch: ContactServiceStub, replica: Replica
) -> None:
    await dispatch.ReportContacts(a_report(enqueued("c1", 9, "night-desk")))

    known = (await queues(dispatch))["night-desk"]
    assert known == of_queue(
        "night-desk",
        target=span(20),
        short_abandon=span(5),
        service_level_policy="of_offered.v1",
        longest_wait=span(7 * 86_400),
    )
    registry = replica.telemetry.registry
    assert counted(registry, "muster_dispatch_queues_discovered_total") == 1


async def test_each_faulty_row_is_named_and_nothing_is_applied(
    dispatch: ContactServiceStub,
) -> None:
    rows = [
        of_queue("good"),
        of_queue("good"),
        of_queue("slow", target=span(100_000)),
        of_queue("odd", service_level_policy="of_everything.v9"),
        of_queue("brief", longest_wait=span(59)),
        of_queue("far", site="nowhere"),
    ]

    with pytest.raises(grpc.aio.AioRpcError) as early:
        await dispatch.ApplyQueues(wire.ApplyQueuesRequest(queues=rows))
    with pytest.raises(grpc.aio.AioRpcError) as late:
        await dispatch.ApplyQueues(wire.ApplyQueuesRequest(queues=[rows[0], rows[-1]]))

    assert [it.field for it in refusal_from(early.value).violations] == [
        "queues[1].name",
        "queues[2].target",
        "queues[3].service_level_policy",
        "queues[4].longest_wait",
    ]
    assert [it.field for it in refusal_from(late.value).violations] == ["queues[1].name"]
    assert await queues(dispatch) == {}


async def test_queues_of_another_site_are_neither_hers_to_see_nor_to_apply(
    replicas: Replicas, replica: Replica
) -> None:
    shop = replicas.caller(replica, scope=Scope(frozenset({"sites/shop"})))

    with pytest.raises(grpc.aio.AioRpcError) as listing:
        await shop.ListQueues(wire.ListQueuesRequest(site="sites/harbor"))
    with pytest.raises(grpc.aio.AioRpcError) as applying:
        await shop.ApplyQueues(wire.ApplyQueuesRequest(queues=[of_queue("support")]))

    assert refusal_from(listing.value).reason == "UNKNOWN_SITE"
    assert refusal_from(applying.value).reason == "INVALID_FIELD"


async def test_pages_of_queues_hold_everything_once(dispatch: ContactServiceStub) -> None:
    names = ["a", "b", "c"]
    await dispatch.ApplyQueues(wire.ApplyQueuesRequest(queues=[of_queue(it) for it in names]))
    request = wire.ListQueuesRequest(site="sites/harbor", page_size=2)

    first = await dispatch.ListQueues(request)
    request.page_token = first.next_page_token
    second = await dispatch.ListQueues(request)

    seen = [it.name.rpartition("/")[2] for it in (*first.queues, *second.queues)]
    assert seen == names
    assert not second.next_page_token
