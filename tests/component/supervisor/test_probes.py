"""Probes tell a program that is ready from one that is not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from chassis.embedded import free_port
from chassis.supervisor.probes import Probe, http_probe, nats_probe, postgres_probe

Serve = Callable[..., Awaitable[int]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts servers that give one answer, in parts or whole, and returns their ports."""
    servers: list[asyncio.Server] = []

    async def start(*parts: bytes) -> int:
        async def reply(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for part in parts:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0.02)
            writer.close()

        servers.append(await asyncio.start_server(reply, "127.0.0.1", 0))
        port: int = servers[-1].sockets[0].getsockname()[1]
        return port

    yield start
    for server in servers:
        server.close()


async def test_a_page_that_answers_200_is_ready(serve: Serve) -> None:
    port = await serve(b"HTTP/1.1 200 OK\r\n\r\n{}")

    assert await http_probe("127.0.0.1", port)() is None


async def test_a_page_that_answers_503_says_why(serve: Serve) -> None:
    port = await serve(b'HTTP/1.1 503 Service Unavailable\r\n\r\n{"bus": "lost"}')

    assert await http_probe("127.0.0.1", port)() == '{"bus": "lost"}'


async def test_why_is_read_also_when_it_comes_after_the_head(serve: Serve) -> None:
    port = await serve(b"HTTP/1.1 503 Service Unavailable\r\n\r\n", b'{"bus": "lost"}')

    assert await http_probe("127.0.0.1", port)() == '{"bus": "lost"}'


async def test_a_database_that_asks_for_a_password_is_ready(serve: Serve) -> None:
    port = await serve(b"R\0\0\0\x17\0\0\0\nSCRAM-SHA-256\0\0")

    assert await postgres_probe("127.0.0.1", port)() is None


async def test_a_database_that_refuses_is_starting_up(serve: Serve) -> None:
    port = await serve(b"E\0\0\0\x0aSFATAL\0")

    assert await postgres_probe("127.0.0.1", port)() == "is starting up"


async def test_a_bus_that_greets_is_ready(serve: Serve) -> None:
    port = await serve(b'INFO {"server_id":"x"}\r\n')

    assert await nats_probe("127.0.0.1", port)() is None


@pytest.mark.parametrize("probe", [http_probe, postgres_probe, nats_probe])
async def test_nobody_there_is_told_as_such(probe: Callable[[str, int], Probe]) -> None:
    assert await probe("127.0.0.1", free_port())() == "does not listen yet"


@pytest.mark.parametrize("probe", [postgres_probe, nats_probe])
async def test_a_server_that_hangs_up_is_not_ready(
    probe: Callable[[str, int], Probe], serve: Serve
) -> None:
    port = await serve(b"")

    assert await probe("127.0.0.1", port)() is not None
