from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from muster.gateway.v1 import account_service_pb2, board_service_pb2  # noqa: F401 - describes methods
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as wire

from chassis.access import AccessRuleMissingError, current_caller, current_scope
from chassis.errors import Code, Refusal
from chassis.rpc.channel import refusal_from
from tests.component.chassis.conftest import COPIER, NOBODY, READER, Places

BARE_SERVICE = "muster.bare.v1.BareService"


async def refused(call: Any) -> Refusal:
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await (read_whole(call) if hasattr(call, "__aiter__") else call)
    return refusal_from(failure.value)


async def read_whole(stream: Any) -> list[Any]:
    return [message async for message in stream]


async def test_a_method_knows_its_caller_and_the_rows_she_may_see(places: Places) -> None:
    place = await places.start()

    async def tell_caller(_request: Any) -> wire.ListSitesResponse:
        sites = sorted(current_scope().sites or ())
        display_name = current_caller().identity.subject
        named = [people_pb2.Site(name=name, display_name=display_name) for name in sites]
        return wire.ListSitesResponse(sites=named)

    place.roster.list_sites = tell_caller

    answer = await places.stub(place.target).ListSites(wire.ListSitesRequest())

    assert [(site.name, site.display_name) for site in answer.sites] == [
        ("sites/x", READER.subject)
    ]


async def test_a_stream_knows_its_caller_until_its_end(places: Places) -> None:
    place = await places.start()

    async def tell_caller(_request: Any) -> AsyncIterator[wire.CopyAgentsResponse]:
        for _ in range(3):
            agent = people_pb2.Agent(display_name=current_caller().identity.subject)
            yield wire.CopyAgentsResponse(agents=[agent])

    place.roster.copy_agents = tell_caller

    stream = places.stub(place.target, COPIER).CopyAgents(wire.CopyAgentsRequest())

    assert [part.agents[0].display_name async for part in stream] == [COPIER.subject] * 3


async def test_without_an_identity_nothing_is_answered(places: Places) -> None:
    place = await places.start()
    stub = places.stub(place.target, None)

    unary = await refused(stub.ListSites(wire.ListSitesRequest()))
    stream = await refused(stub.CopyAgents(wire.CopyAgentsRequest()))

    assert {(one.code, one.reason, one.domain) for one in (unary, stream)} == {
        (Code.UNAUTHENTICATED, "SIGN_IN_REQUIRED", "muster")
    }


async def test_the_missing_permission_is_named(places: Places) -> None:
    place = await places.start()

    unary = await refused(places.stub(place.target, NOBODY).ListSites(wire.ListSitesRequest()))
    stream = await refused(places.stub(place.target, READER).CopyAgents(wire.CopyAgentsRequest()))

    assert (unary.code, unary.reason) == (Code.PERMISSION_DENIED, "PERMISSION_MISSING")
    assert unary.metadata == {"permission": "roster.people.read"}
    assert stream.metadata == {"permission": "roster.agents.copy"}


async def test_a_token_of_strangers_is_no_identity(places: Places) -> None:
    place = await places.start()
    stub = places.stub(place.target, None)

    refusal = await refused(
        stub.ListSites(
            wire.ListSitesRequest(), metadata=(("authorization", "Bearer mst_nobody_knows"),)
        )
    )

    assert refusal.reason == "SIGN_IN_REQUIRED"


async def test_a_stale_token_keeps_nobody_from_signing_in(places: Places) -> None:
    place = places.build()
    place.server.add_generic(EchoHandler("/muster.gateway.v1.AccountService/CreateSession"))
    await place.server.start()
    create_session: Any = places.channel(place.target, None).unary_unary(
        "/muster.gateway.v1.AccountService/CreateSession"
    )

    answer = await create_session(b"password", metadata=(("authorization", "Bearer stale"),))

    assert answer == b"password"


async def test_calls_that_are_passed_through_are_checked_as_well(places: Places) -> None:
    method = "/muster.gateway.v1.BoardService/GetHeatmap"
    place = places.build()
    place.server.add_generic(EchoHandler(method), services=["muster.gateway.v1.BoardService"])
    await place.server.start()

    get_heatmap: Any = places.channel(place.target, READER).unary_unary(method)
    refusal = await refused(get_heatmap(b"bytes"))

    assert refusal.metadata == {"permission": "board.read"}


async def test_a_method_that_does_not_exist_is_said_so(places: Places) -> None:
    place = await places.start()
    call: Any = places.channel(place.target).unary_unary("/muster.roster.v1.RosterService/Sing")

    refusal = await refused(call(b""))

    assert (refusal.code, refusal.reason) == (Code.UNIMPLEMENTED, "NO_SUCH_METHOD")


async def test_a_server_with_a_method_that_has_no_rule_does_not_start(places: Places) -> None:
    place = places.build()
    place.server.add(_add_bare_service, object())

    with pytest.raises(AccessRuleMissingError, match=BARE_SERVICE):
        await place.server.start()


class EchoHandler(grpc.GenericRpcHandler):
    """Passes one method through as bytes."""

    def __init__(self, method: str) -> None:
        self._method = method

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        async def echo(request: bytes, _context: Any) -> bytes:
            return request

        known = handler_call_details.method == self._method
        return grpc.unary_unary_rpc_method_handler(echo) if known else None


def _add_bare_service(servicer: object, server: Any) -> None:
    server.add_registered_method_handlers(BARE_SERVICE, {"Do": servicer})
