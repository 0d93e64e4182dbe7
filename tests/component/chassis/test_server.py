import asyncio
from datetime import timedelta
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as wire

from chassis.health import Health
from chassis.identity import Identity
from chassis.ports import PortTakenError
from chassis.rpc.access import REFLECTION_PERMISSION
from chassis.rpc.channel import refusal_from
from chassis.rpc.server import RpcServer
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from tests.component.chassis.conftest import NOBODY, READER, Place, Places
from tests.support.waiting import eventually

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


def health_stub(places: Places, place: Place) -> Any:
    return health_pb2_grpc.HealthStub(places.channel(place.target, None))


async def test_health_needs_no_identity_and_speaks_for_every_service(places: Places) -> None:
    place = await places.start()
    stub = health_stub(places, place)

    for service in ("", "muster.roster.v1.RosterService"):
        answer = await stub.Check(health_pb2.HealthCheckRequest(service=service))
        assert answer.status == SERVING


async def test_a_server_that_starts_in_trouble_says_so_from_the_first_answer(
    places: Places,
) -> None:
    place = places.build()
    place.health.register("database", _is_away)
    await place.server.start()

    answer = await health_stub(places, place).Check(health_pb2.HealthCheckRequest())

    assert answer.status == NOT_SERVING


async def test_whoever_watches_hears_of_trouble_and_of_the_end(places: Places) -> None:
    place = await places.start()
    watch = health_stub(places, place).Watch(health_pb2.HealthCheckRequest())
    heard = [(await watch.read()).status]

    place.health.register("database", _is_away)
    heard.append((await watch.read()).status)
    place.health.register("database", _is_fine)
    heard.append((await watch.read()).status)
    await place.server.drain(timedelta(seconds=30))
    heard.append((await watch.read()).status)

    assert heard == [SERVING, NOT_SERVING, SERVING, NOT_SERVING]
    assert await watch.read() is grpc.aio.EOF


async def test_a_drain_lets_the_call_in_hand_finish(places: Places) -> None:
    place = await places.start()
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def take_time(_request: Any) -> wire.ListSitesResponse:
        begun.set()
        await go_on.wait()
        return wire.ListSitesResponse(next_page_token="finished")

    place.roster.list_sites = take_time
    call = places.stub(place.target).ListSites(wire.ListSitesRequest())
    await begun.wait()

    draining = asyncio.create_task(place.server.drain(timedelta(seconds=30)))
    await eventually(lambda: place.health.draining)
    go_on.set()

    assert (await call).next_page_token == "finished"
    await asyncio.wait_for(draining, 20)


async def test_a_drain_ends_at_its_grace(places: Places) -> None:
    place = await places.start()
    begun = asyncio.Event()

    async def hang(_request: Any) -> wire.ListSitesResponse:
        begun.set()
        await asyncio.Event().wait()
        return wire.ListSitesResponse()

    place.roster.list_sites = hang
    call = asyncio.ensure_future(_outcome(places.stub(place.target)))
    await begun.wait()

    await asyncio.wait_for(place.server.drain(timedelta(milliseconds=100)), 30)

    assert await call is not grpc.StatusCode.OK


async def test_a_drain_does_not_wait_for_checks(places: Places) -> None:
    place = await places.start()
    asked = asyncio.Event()

    async def hang() -> str | None:
        asked.set()
        await asyncio.Event().wait()
        return None

    place.health.register("database", hang)
    place.health.draining = True

    await asyncio.wait_for(place.server.drain(timedelta(milliseconds=100)), 30)

    assert not asked.is_set()


async def test_reflection_lists_the_services_to_those_who_may(places: Places) -> None:
    place = await places.start()
    request = reflection_pb2.ServerReflectionRequest(list_services="")

    async def ask(identity: Any) -> list[str]:
        channel = places.channel(place.target, identity)
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        answers = [answer async for answer in stub.ServerReflectionInfo(iter([request]))]
        return sorted(service.name for service in answers[0].list_services_response.service)

    allowed = Identity("accounts/somebody", frozenset({REFLECTION_PERMISSION}), EVERYTHING)
    assert "muster.roster.v1.RosterService" in await ask(allowed)
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await ask(NOBODY)
    assert failure.value.code() is grpc.StatusCode.PERMISSION_DENIED
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await ask(None)
    assert failure.value.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_a_taken_port_is_named(places: Places) -> None:
    place = await places.start()
    second = RpcServer(
        process="second",
        host="127.0.0.1",
        port=place.server.port,
        authenticate=_nobody,
        telemetry=silent_telemetry(),
        health=Health(),
    )

    with pytest.raises(PortTakenError, match=str(place.server.port)):
        await second.start()


async def test_calls_are_shared_among_replicas_and_go_on_when_one_ends(places: Places) -> None:
    first, second = await places.start(), await places.start()
    counts = {"first": 0, "second": 0}
    for name, place in (("first", first), ("second", second)):
        place.roster.list_sites = _counting(counts, name)
    target = f"ipv4:127.0.0.1:{first.server.port},127.0.0.1:{second.server.port}"
    stub = places.stub(target)
    await _until_both(stub, counts)

    await first.server.drain(timedelta(seconds=1))
    before = counts["second"]
    for _ in range(20):
        await stub.ListSites(wire.ListSitesRequest())

    assert counts["second"] == before + 20


async def test_no_call_fails_when_connections_grow_old(places: Places) -> None:
    place = await places.start(
        max_connection_age=timedelta(milliseconds=100),
        max_connection_age_grace=timedelta(seconds=5),
    )
    stub = places.stub(place.target)

    async with asyncio.timeout(60):
        while len(place.roster.connections) < 3:
            await stub.ListSites(wire.ListSitesRequest())


async def _outcome(stub: Any) -> grpc.StatusCode:
    call = stub.ListSites(wire.ListSitesRequest())
    code: grpc.StatusCode = await call.code()
    return code


def _counting(counts: dict[str, int], name: str) -> Any:
    async def count(_request: Any) -> wire.ListSitesResponse:
        counts[name] += 1
        return wire.ListSitesResponse()

    return count


async def _until_both(stub: Any, counts: dict[str, int]) -> None:
    async with asyncio.timeout(60):
        while not all(counts.values()):
            await stub.ListSites(wire.ListSitesRequest())


async def _is_away() -> str | None:
    return "is away"


async def _is_fine() -> str | None:
    return None


async def _nobody(_bearer: str) -> Any:
    raise AssertionError("nobody calls")


async def test_bytes_that_are_no_message_are_the_callers_fault(places: Places) -> None:
    place = await places.start()
    method = "/muster.roster.v1.RosterService/ListSites"

    call: Any = places.channel(place.target, READER).unary_unary(method)  # takes bytes as they are

    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await call(b"\xff\xff\xff")

    assert failure.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal_from(failure.value).reason == "MALFORMED_REQUEST"
