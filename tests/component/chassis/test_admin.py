import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from chassis.admin import admin_app
from chassis.health import Health
from chassis.http import HttpServer
from chassis.ports import PortTakenError


@asynccontextmanager
async def admin(health: Health, registry: CollectorRegistry) -> AsyncIterator[httpx.AsyncClient]:
    server = HttpServer(admin_app(health, registry), host="127.0.0.1", port=0)
    await server.start()
    try:
        url = f"http://127.0.0.1:{server.port}"
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            yield client
    finally:
        await server.stop(timedelta(seconds=1))


async def test_a_ready_process_says_so() -> None:
    health = Health()
    health.register("database", _is_fine)

    async with admin(health, CollectorRegistry()) as client:
        ready = await client.get("/readyz")

    assert (ready.status_code, ready.json()) == (200, {})


async def test_a_process_that_is_not_ready_names_what_fails_and_yet_lives() -> None:
    health = Health()
    health.register("database", _is_fine)
    health.register("bus", _is_away)

    async with admin(health, CollectorRegistry()) as client:
        ready, live = await client.get("/readyz"), await client.get("/livez")

    assert (ready.status_code, ready.json()) == (503, {"bus": "is away"})
    assert live.status_code == 200


async def test_metrics_are_told_in_the_format_of_prometheus() -> None:
    registry = CollectorRegistry()
    Counter("muster_test_things_total", "Counts things.", registry=registry).inc(3)

    async with admin(Health(), registry) as client:
        told = await client.get("/metrics")

    assert re.search(r"^muster_test_things_total 3\.0$", told.text, re.MULTILINE)
    assert told.headers["content-type"].startswith("text/plain")


async def test_a_taken_port_is_named() -> None:
    app = admin_app(Health(), CollectorRegistry())
    first = HttpServer(app, host="127.0.0.1", port=0)
    await first.start()

    with pytest.raises(PortTakenError, match=str(first.port)):
        await HttpServer(app, host="127.0.0.1", port=first.port).start()
    await first.stop(timedelta(0))


async def _is_fine() -> str | None:
    return None


async def _is_away() -> str | None:
    return "is away"


async def test_a_server_that_stops_ends_open_streams_at_the_grace() -> None:
    begun = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield b"first"
        begun.set()
        await asyncio.Event().wait()

    async def stream(_request: Request) -> Response:
        return StreamingResponse(endless())

    server = HttpServer(Starlette(routes=[Route("/", stream)]), host="127.0.0.1", port=0)
    await server.start()
    async with httpx.AsyncClient(timeout=30) as client:
        reading = asyncio.create_task(_read(client, f"http://127.0.0.1:{server.port}/"))
        await asyncio.wait_for(begun.wait(), 30)

        await asyncio.wait_for(server.stop(timedelta(0)), 30)

        assert (await reading).startswith(b"first")


async def _read(client: httpx.AsyncClient, url: str) -> bytes:
    read = b""
    with contextlib.suppress(httpx.RemoteProtocolError):
        async with client.stream("GET", url) as response:
            async for part in response.aiter_bytes():
                read += part
    return read
