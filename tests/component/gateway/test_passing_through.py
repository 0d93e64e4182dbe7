import asyncio

import grpc
import pytest
from google.protobuf.descriptor_database import DescriptorDatabase
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from muster.gateway.v1 import board_service_pb2
from muster.gateway.v1.board_service_pb2_grpc import BoardServiceStub
from muster.presence.v1 import presence_service_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.roster.v1 import roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.rpc.channel import refusal_from
from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk


async def test_a_call_reaches_the_service_in_the_callers_name(desk: Desk) -> None:
    async with desk.rpc(await desk.sign_in()) as channel:
        site = await RosterServiceStub(channel).GetSite(
            roster_service_pb2.GetSiteRequest(name=SITE)
        )

    assert site.time_zone == "UTC"
    assert desk.roster.callers == ["accounts/supervisor"]


async def test_metadata_crosses_and_the_session_token_does_not(desk: Desk) -> None:
    token = await desk.sign_in()

    async with desk.rpc(token) as channel:
        call = RosterServiceStub(channel).GetSite(
            roster_service_pb2.GetSiteRequest(name=SITE), metadata=(("x-request", "7"),)
        )
        await call
        trailing = dict(await call.trailing_metadata())

    assert desk.roster.metadata["x-request"] == "7"
    assert token not in desk.roster.metadata["authorization"]
    assert trailing["x-served-by"] == "roster"


async def test_a_refusal_arrives_as_the_service_said_it(desk: Desk) -> None:
    async with desk.rpc(await desk.sign_in()) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await RosterServiceStub(channel).GetSite(
                roster_service_pb2.GetSiteRequest(name="sites/none")
            )

    refusal = refusal_from(failed.value)
    assert failed.value.code() is grpc.StatusCode.NOT_FOUND
    assert (refusal.reason, refusal.domain) == ("UNKNOWN_SITE", "roster.muster")
    assert dict(refusal.metadata) == {"site": "sites/none"}


async def test_violations_cross_as_well(desk: Desk) -> None:
    async with desk.rpc(await desk.sign_in()) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await RosterServiceStub(channel).ListAgents(
                roster_service_pb2.ListAgentsRequest(site=SITE, page_size=-1)
            )

    assert [one.field for one in refusal_from(failed.value).violations] == ["page_size"]


async def test_the_service_gets_what_is_left_of_the_time_of_a_caller_and_ends_as_she_gives_up(
    desk: Desk,
) -> None:
    async with desk.rpc(await desk.sign_in()) as channel:
        call = PresenceServiceStub(channel).ListStateLog(
            presence_service_pb2.ListStateLogRequest(), timeout=30
        )
        waiting = asyncio.ensure_future(call)
        await asyncio.wait_for(desk.presence.called.wait(), 30)

        waiting.cancel()

        await asyncio.wait_for(desk.presence.cancelled.wait(), 30)

    assert 0 < desk.presence.remaining_seconds < 30


async def test_a_service_that_is_away_is_called_unavailable(desk: Desk) -> None:
    token = await desk.sign_in()
    await desk.stop("roster")

    async with desk.rpc(token) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await RosterServiceStub(channel).GetSite(
                roster_service_pb2.GetSiteRequest(name=SITE), timeout=20
            )

    assert failed.value.code() is grpc.StatusCode.UNAVAILABLE
    assert refusal_from(failed.value).reason == "BACKEND_UNAVAILABLE"
    assert "127.0.0.1" not in str(failed.value.details())


async def test_internal_methods_are_not_served(desk: Desk) -> None:
    async with desk.rpc(await desk.sign_in()) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await PresenceServiceStub(channel).GetSiteCoverage(
                presence_service_pb2.GetSiteCoverageRequest()
            )

    assert failed.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def test_without_a_session_nothing_passes(desk: Desk) -> None:
    async with desk.rpc() as channel:
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await RosterServiceStub(channel).GetSite(roster_service_pb2.GetSiteRequest(name=SITE))

    assert failed.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert desk.roster.callers == []


async def test_a_process_of_ours_passes_with_its_own_token_and_no_more_than_it_was_granted(
    desk: Desk,
) -> None:
    async with desk.rpc(desk.own_token("floor")) as channel:
        await RosterServiceStub(channel).GetSite(roster_service_pb2.GetSiteRequest(name=SITE))
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await BoardServiceStub(channel).GetHeatmap(
                board_service_pb2.GetHeatmapRequest(site=SITE)
            )

    assert desk.roster.callers == ["processes/floor"]
    assert failed.value.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_reflection_is_for_those_who_may(desk: Desk) -> None:
    asked = reflection_pb2.ServerReflectionRequest(list_services="")

    async with desk.rpc(await desk.sign_in("agent")) as channel:
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await anext(aiter(stub.ServerReflectionInfo(iter([asked]))))

    assert failed.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert dict(refusal_from(failed.value).metadata) == {"permission": "gateway.reflection.read"}


async def reflected(desk: Desk, **asked: str) -> reflection_pb2.ServerReflectionResponse:
    """What reflection answers to those who may."""
    async with desk.rpc(await desk.sign_in()) as channel:
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        request = reflection_pb2.ServerReflectionRequest(**asked)
        return await anext(aiter(stub.ServerReflectionInfo(iter([request]))))


async def test_reflection_shows_the_public_services_and_no_others(desk: Desk) -> None:
    answer = await reflected(desk, list_services="")

    shown = {service.name for service in answer.list_services_response.service}
    assert shown >= {
        "muster.gateway.v1.AccountService",
        "muster.gateway.v1.BoardService",
        "muster.presence.v1.PresenceService",
        "muster.roster.v1.RosterService",
    }
    assert "muster.process.v1.ProcessService" not in shown


async def test_reflection_describes_public_methods_with_all_that_they_need(desk: Desk) -> None:
    answer = await reflected(desk, file_containing_symbol="muster.roster.v1.RosterService")

    told = DescriptorDatabase()
    for content in answer.file_descriptor_response.file_descriptor_proto:
        told.Add(FileDescriptorProto.FromString(content))
    service = DescriptorPool(told).FindServiceByName("muster.roster.v1.RosterService")
    assert "ListAgents" in service.methods_by_name
    assert "CopyAgents" not in service.methods_by_name


@pytest.mark.parametrize(
    "symbol",
    [
        "muster.roster.v1.RosterService.CopyAgents",
        "muster.roster.v1.CopyAgentsResponse",
        "muster.process.v1.ProcessService",
    ],
)
async def test_reflection_does_not_know_what_is_internal(desk: Desk, symbol: str) -> None:
    answer = await reflected(desk, file_containing_symbol=symbol)

    assert answer.error_response.error_code == grpc.StatusCode.NOT_FOUND.value[0]
