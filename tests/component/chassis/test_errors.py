import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import grpc
import pytest
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as wire

from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.rpc.channel import refusal_from
from tests.component.chassis.conftest import COPIER, Place, Places


async def refusal_when(places: Places, place: Place, error: Exception) -> Refusal:
    async def fail(_request: Any) -> wire.ListSitesResponse:
        raise error

    place.roster.list_sites = fail
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await places.stub(place.target).ListSites(wire.ListSitesRequest())
    return refusal_from(failure.value)


async def test_a_refusal_arrives_with_all_that_it_says(places: Places) -> None:
    place = await places.start()
    sent = Refusal(
        Code.RESOURCE_EXHAUSTED,
        "OVERLOADED",
        "队列已满: come back later",
        metadata={"pending": "50000"},
        retry_after=timedelta(milliseconds=1500),
    )

    got = await refusal_when(places, place, sent)

    assert (got.code, got.reason, got.message) == (sent.code, sent.reason, sent.message)
    assert got.metadata == sent.metadata
    assert got.retry_after == sent.retry_after
    assert got.domain == "roster.muster"


async def test_faulty_fields_arrive_one_by_one(places: Places) -> None:
    place = await places.start()
    violations = (
        FieldViolation("agents[3].team", "there is no team teams/y"),
        FieldViolation("agents[4].name", "must be agents/ and an id"),
    )

    got = await refusal_when(places, place, invalid_fields(violations))

    assert got.code is Code.INVALID_ARGUMENT
    assert got.violations == violations


async def test_of_a_thousand_faulty_fields_those_that_fit_arrive_and_the_rest_is_counted(
    places: Places,
) -> None:
    place = await places.start()
    violations = [FieldViolation(f"agents[{i}].team", "there is none") for i in range(1000)]

    got = await refusal_when(places, place, invalid_fields(violations))

    assert 10 < len(got.violations) < 1000
    assert int(got.metadata["violations_left_out"]) == 1000 - len(got.violations)


async def test_an_unknown_error_is_told_to_the_log_alone(places: Places) -> None:
    place = await places.start()

    got = await refusal_when(places, place, RuntimeError("the password is hunter2"))

    assert (got.code, got.reason, got.domain) == (Code.INTERNAL, "INTERNAL_ERROR", "muster")
    assert "hunter2" not in got.message
    line = json.loads(place.log.getvalue())
    assert line["event"] == "rpc.failed"
    assert "hunter2" in line["error"]
    assert line["trace_id"] == got.metadata["trace"] != ""


async def test_a_stream_can_be_refused_in_its_midst(places: Places) -> None:
    place = await places.start()

    async def break_off(_request: Any) -> AsyncIterator[wire.CopyAgentsResponse]:
        yield wire.CopyAgentsResponse(agents=[people_pb2.Agent(name="agents/ana")])
        raise Refusal(Code.OUT_OF_RANGE, "CURSOR_EXPIRED", "read a new snapshot")

    place.roster.copy_agents = break_off
    stream = places.stub(place.target, COPIER).CopyAgents(wire.CopyAgentsRequest())
    first = await stream.read()
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await stream.read()

    assert first.agents[0].name == "agents/ana"
    assert refusal_from(failure.value).reason == "CURSOR_EXPIRED"


async def test_a_peer_that_is_gone_is_no_defect_of_ours(places: Places) -> None:
    peer, place = await places.start(), await places.start()
    gone = places.stub(peer.target)
    await peer.server.drain(timedelta(0))

    async def ask_peer(_request: Any) -> wire.ListSitesResponse:
        answer: wire.ListSitesResponse = await gone.ListSites(wire.ListSitesRequest())
        return answer

    place.roster.list_sites = ask_peer
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await places.stub(place.target).ListSites(wire.ListSitesRequest())

    got = refusal_from(failure.value)
    assert (got.code, got.reason) == (Code.UNAVAILABLE, "BACKEND_UNAVAILABLE")


async def test_nobody_there_at_all_is_said_in_the_same_words(places: Places) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await places.stub("ipv4:127.0.0.1:1").ListSites(wire.ListSitesRequest())

    got = refusal_from(failure.value)
    assert (got.code, got.reason) == (Code.UNAVAILABLE, "BACKEND_UNAVAILABLE")
