"""Callers who ask for too much, over every way in."""

import grpc
import pytest
from muster.roster.v1 import roster_service_pb2 as roster_pb
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.rpc.channel import refusal_from
from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk

_AT_ONCE = 3


@pytest.fixture
def few_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller may call three times, and then for a long time no more."""
    monkeypatch.setenv("MUSTER_CALLS_AT_ONCE", str(_AT_ONCE))
    monkeypatch.setenv("MUSTER_CALLS_PER_SECOND", "0.01")


@pytest.fixture
def few_sign_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_ANONYMOUS_CALLS_AT_ONCE", "4")
    monkeypatch.setenv("MUSTER_ANONYMOUS_CALLS_PER_SECOND", "0.01")


async def test_over_rest_too_many_calls_are_refused_with_the_time_to_wait(
    few_calls: None, desk: Desk
) -> None:
    async with desk.http(await desk.sign_in()) as client:
        answers = [await client.get(f"/v1/{SITE}") for _ in range(_AT_ONCE + 1)]

    assert [answer.status_code for answer in answers] == [200] * _AT_ONCE + [429]
    assert answers[-1].json()["reason"] == "RATE_LIMITED"
    assert answers[-1].json()["metadata"] == {"class": "read"}
    assert 0 < int(answers[-1].headers["retry-after"]) <= 100


async def test_over_grpc_the_same_caller_has_the_same_calls(few_calls: None, desk: Desk) -> None:
    token = await desk.sign_in()
    async with desk.http(token) as client:
        for _ in range(_AT_ONCE):
            await client.get(f"/v1/{SITE}")

    async with desk.rpc(token) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await RosterServiceStub(channel).GetSite(roster_pb.GetSiteRequest(name=SITE))

    refusal = refusal_from(refused.value)
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert (refusal.reason, dict(refusal.metadata)) == ("RATE_LIMITED", {"class": "read"})
    assert refusal.retry_after is not None


async def test_opening_a_push_stream_costs_a_call_a_topic(few_calls: None, desk: Desk) -> None:
    query = f"topic=board/{SITE}&topic=roster/{SITE}"
    async with desk.http(await desk.sign_in()) as client:
        async with client.stream("GET", f"/v1/push?{query}") as opened:
            assert opened.status_code == 200
        refused = await client.get(f"/v1/push?{query}")

    assert (refused.status_code, refused.json()["reason"]) == (429, "RATE_LIMITED")
    assert 0 < int(refused.headers["retry-after"]) <= 100


async def test_a_network_has_a_limited_number_of_attempts_to_sign_in(
    few_sign_ins: None, desk: Desk
) -> None:
    async with desk.http() as client:
        asked = {"account": "nobody", "password": "wrong"}
        answers = [await client.post("/v1/sessions", json=asked) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[-1].json()["reason"] == "RATE_LIMITED"
