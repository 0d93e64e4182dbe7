"""The same call in several ways, each with as little in it as possible."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import grpc
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as wire

from gateway.http.binding import BINARY, JSON

Call = Callable[[], Awaitable[float]]

FLOOR = "bare gRPC"

_METHOD = "/muster.roster.v1.RosterService/GetSite"
_SITE = "sites/bank"


@asynccontextmanager
async def calling(addresses: Mapping[str, str]) -> AsyncIterator[dict[str, Call]]:
    """Yields the ways by name; each call returns the seconds that it took."""
    session, minted = addresses["session"], addresses["minted"]
    async with AsyncExitStack() as stack:
        roster, gateway = [
            await stack.enter_async_context(grpc.aio.insecure_channel(addresses[name]))
            for name in ("roster", "grpc")
        ]
        rest = {
            kind: await stack.enter_async_context(_http(addresses["http"], session, media_type))
            for kind, media_type in (("JSON", JSON), ("binary", BINARY))
        }
        yield {
            FLOOR: _rpc(roster, minted),
            "gRPC passed through": _rpc(gateway, session),
            "REST, JSON": rest["JSON"],
            "REST, binary": rest["binary"],
        }


def _rpc(channel: grpc.aio.Channel, token: str) -> Call:
    stub = channel.unary_unary(
        _METHOD,
        request_serializer=wire.GetSiteRequest.SerializeToString,
        response_deserializer=people_pb2.Site.FromString,
    )
    metadata = (("authorization", f"Bearer {token}"),)

    async def call() -> float:
        start = time.perf_counter()
        await stub(wire.GetSiteRequest(name=_SITE), metadata=metadata, timeout=5)
        return time.perf_counter() - start

    return call


@asynccontextmanager
async def _http(url: str, token: str, accept: str) -> AsyncIterator[Call]:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    request = (
        f"GET /v1/{_SITE} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n"
        f"accept: {accept}\r\n\r\n"
    ).encode()

    async def call() -> float:
        start = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            line for line in head.split("\r\n") if line.lower().startswith("content-length")
        )
        await reader.readexactly(int(length.partition(":")[2]))
        if not head.startswith("HTTP/1.1 200"):
            raise AssertionError(head)
        return time.perf_counter() - start

    try:
        yield call
    finally:
        writer.close()
