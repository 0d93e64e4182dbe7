"""A call from the moment it is enqueued, through the gateway."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import grpc
from muster.dispatch.v1 import contact_service_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from chassis.clock import SystemClock
from tests.support.desk import Desk
from tests.support.tree import Tree

SUPPORT = "sites/quay/queues/support"


async def test_a_call_waits_live_and_is_found_where_its_agent_was_busy(
    tree: Tree, supervisor: Desk
) -> None:
    await supervisor.open_site("quay", ["kim"])
    now = SystemClock().now()
    await report(supervisor, event("1", "ENQUEUED", now - timedelta(seconds=30), queueId="support"))
    async with grpc.aio.insecure_channel(tree.grpc_address) as channel, asyncio.timeout(30):
        watch = ContactServiceStub(channel).WatchQueueFigures(
            contact_service_pb2.WatchQueueFiguresRequest(site="sites/quay"),
            metadata=(("authorization", f"Bearer {supervisor.token}"),),
        )
        waiting = await watch.read()
        answered = event("2", "ANSWERED", now - timedelta(seconds=20), agent="agents/kim")
        await report(supervisor, answered)
        talking = await watch.read()
        watch.cancel()

    figures = await supervisor.get("/v1/sites/quay/queueFigures")
    busy = {"startTime": (now - timedelta(seconds=15)).isoformat(), "endTime": now.isoformat()}
    contacts = (await supervisor.get("/v1/agents/kim/contacts", **busy))["contacts"]
    assert [(it.queue, it.waiting_count) for it in waiting.figures] == [(SUPPORT, 1)]
    assert [(it.waiting_count, it.answered_count) for it in talking.figures] == [(0, 1)]
    assert figures["figures"][0]["serviceLevelRatio"] == 1.0
    assert [it["contactId"] for it in contacts] == ["call 7"]


def event(event_id: str, kind: str, time: datetime, **fields: str) -> dict[str, Any]:
    return {
        "eventId": event_id,
        "contactId": "call 7",
        "kind": f"KIND_{kind}",
        "occurredTime": time.isoformat(),
        **fields,
    }


async def report(desk: Desk, told: dict[str, Any]) -> None:
    answer = await desk.post(
        "/v1/contacts:report",
        {
            "site": "sites/quay",
            "source": "desk-test",
            "sourceKind": "SOURCE_KIND_TELEPHONY",
            "events": [told],
        },
    )
    assert answer["outcomes"] == ["OUTCOME_RECORDED"]
