import asyncio
from datetime import timedelta
from typing import Any

import grpc
import pytest
from muster.roster.v1 import roster_service_pb2 as wire

from chassis.errors import Code, Refusal
from chassis.rpc.channel import refusal_from
from chassis.rpc.deadline import CALL_LIMIT, bind_deadline, remaining
from tests.component.chassis.conftest import READER, Place, Places


class Clockwork:
    """Notes how long each call had left when it arrived."""

    def __init__(self) -> None:
        self.left: list[timedelta | None] = []

    async def __call__(self, _request: Any) -> wire.ListSitesResponse:
        self.left.append(remaining())
        return wire.ListSitesResponse()

    def first(self) -> timedelta:
        assert self.left[0] is not None
        return self.left[0]


async def hang(place: Place) -> tuple[asyncio.Event, asyncio.Event]:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait_for_ever(_request: Any) -> wire.ListSitesResponse:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return wire.ListSitesResponse()

    place.roster.list_sites = wait_for_ever
    return begun, ended


async def test_a_call_without_a_deadline_gets_ten_seconds(places: Places) -> None:
    place = await places.start()
    place.roster.list_sites = clockwork = Clockwork()
    token = places.token(READER)
    async with grpc.aio.insecure_channel(place.target) as bare:
        call: Any = bare.unary_unary("/muster.roster.v1.RosterService/ListSites")
        await call(b"", metadata=(("authorization", f"Bearer {token}"),))

    assert CALL_LIMIT - timedelta(seconds=1) < clockwork.first() <= CALL_LIMIT


async def test_our_channels_give_a_call_five_seconds(places: Places) -> None:
    place = await places.start()
    place.roster.list_sites = clockwork = Clockwork()

    await places.stub(place.target).ListSites(wire.ListSitesRequest())

    assert timedelta(seconds=4) < clockwork.first() <= timedelta(seconds=5)


async def test_a_call_made_for_a_caller_leaves_her_a_margin(places: Places) -> None:
    peer, place = await places.start(), await places.start()
    peer.roster.list_sites = clockwork = Clockwork()
    to_peer = places.stub(peer.target)

    async def ask_peer(_request: Any) -> Any:
        return await to_peer.ListSites(wire.ListSitesRequest())

    place.roster.list_sites = ask_peer
    await places.stub(place.target).ListSites(wire.ListSitesRequest(), timeout=2)

    assert timedelta(seconds=1) < clockwork.first() <= timedelta(seconds=1.95)


async def test_nobody_is_called_when_no_time_is_left(places: Places) -> None:
    place = await places.start()
    place.roster.list_sites = clockwork = Clockwork()

    with bind_deadline(timedelta(milliseconds=40)), pytest.raises(Refusal) as refusal:
        await places.stub(place.target).ListSites(wire.ListSitesRequest())

    assert refusal.value.reason == "DEADLINE_PASSED"
    assert clockwork.left == []


async def test_a_handler_is_ended_at_the_deadline(places: Places) -> None:
    place = await places.start()
    _, ended = await hang(place)

    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await places.stub(place.target).ListSites(wire.ListSitesRequest(), timeout=0.2)

    assert refusal_from(failure.value).code is Code.DEADLINE_EXCEEDED
    await asyncio.wait_for(ended.wait(), 5)


async def test_a_handler_is_ended_when_its_caller_leaves(places: Places) -> None:
    place = await places.start()
    begun, ended = await hang(place)
    call = places.stub(place.target).ListSites(wire.ListSitesRequest())
    await asyncio.wait_for(begun.wait(), 5)

    call.cancel()

    await asyncio.wait_for(ended.wait(), 5)
