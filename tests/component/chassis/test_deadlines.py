import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import grpc
import pytest
from muster.roster.v1 import roster_service_pb2 as wire

from chassis.errors import Code, Refusal
from chassis.rpc import channel
from chassis.rpc.channel import refusal_from
from chassis.rpc.deadline import CALL_LIMIT, bind_deadline, remaining
from tests.component.chassis.conftest import READER, Place, Places

USUAL_LIMIT = channel.CALL_LIMIT
"""As it is where no tests make it longer."""
ROUNDED = timedelta(milliseconds=20)
"""By so much the wire may round up what is left."""


class Clockwork:
    """Notes how long each call had left when it arrived."""

    def __init__(self) -> None:
        self.left: list[timedelta | None] = []

    async def __call__(self, _request: Any) -> wire.ListSitesResponse:
        self.left.append(remaining())
        return wire.ListSitesResponse()

    async def most_left(self, call: Callable[[], Any]) -> timedelta:
        """Calls a few times: what a busy machine takes of a call, it does not take of each."""
        for _ in range(5):
            # A call that ends too late was noted when it arrived, which is all that counts here.
            with suppress(grpc.aio.AioRpcError):
                await call()
        return max(left for left in self.left if left is not None)


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
        said = (("authorization", f"Bearer {token}"),)
        left = await clockwork.most_left(lambda: call(b"", metadata=said))

    assert CALL_LIMIT - timedelta(seconds=1) < left <= CALL_LIMIT + ROUNDED


async def test_our_channels_give_a_call_five_seconds(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "CALL_LIMIT", USUAL_LIMIT)
    place = await places.start()
    place.roster.list_sites = clockwork = Clockwork()
    stub = places.stub(place.target)

    left = await clockwork.most_left(lambda: stub.ListSites(wire.ListSitesRequest()))

    assert timedelta(seconds=4) < left <= timedelta(seconds=5) + ROUNDED


async def test_a_call_made_for_a_caller_leaves_her_a_margin(places: Places) -> None:
    peer, place = await places.start(), await places.start()
    peer.roster.list_sites = clockwork = Clockwork()
    to_peer = places.stub(peer.target)

    async def ask_peer(_request: Any) -> Any:
        return await to_peer.ListSites(wire.ListSitesRequest())

    place.roster.list_sites = ask_peer
    stub = places.stub(place.target)
    left = await clockwork.most_left(lambda: stub.ListSites(wire.ListSitesRequest(), timeout=2))

    assert timedelta(seconds=1) < left <= timedelta(seconds=1.95) + ROUNDED


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

    # Long enough for a busy machine to begin with it.
    with pytest.raises(grpc.aio.AioRpcError) as failure:
        await places.stub(place.target).ListSites(wire.ListSitesRequest(), timeout=2)

    assert refusal_from(failure.value).code is Code.DEADLINE_EXCEEDED
    await asyncio.wait_for(ended.wait(), 30)


async def test_a_handler_is_ended_when_its_caller_leaves(places: Places) -> None:
    place = await places.start()
    begun, ended = await hang(place)
    call = places.stub(place.target).ListSites(wire.ListSitesRequest())
    await asyncio.wait_for(begun.wait(), 30)

    call.cancel()

    await asyncio.wait_for(ended.wait(), 30)
