"""The head of a request on a real socket: too large, too slow, and as it should be; and a peer that
reads no more.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from chassis import http_bounds
from chassis.http import HttpServer


async def _greet(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("hello")(scope, receive, send)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    server = HttpServer(_greet, host="127.0.0.1", port=0)
    await server.start()
    yield server.port
    await server.stop(timedelta())


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def test_a_head_that_does_not_end_is_refused_while_it_arrives(port: int) -> None:
    async def pour(writer: asyncio.StreamWriter) -> None:
        for _ in range(1000):
            writer.write(b"a" * 16_384)
            await writer.drain()
            await asyncio.sleep(0)

    async with connected(port) as (_, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\nx-long: ")
        with pytest.raises(ConnectionError):
            await pour(writer)


async def test_whoever_sends_too_much_is_told(port: int) -> None:
    async with connected(port) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\nx-long: " + b"a" * http_bounds.MOST_HEAD_BYTES)
        answer = await asyncio.wait_for(reader.read(), 30)

    assert answer.startswith(b"HTTP/1.1 431 ")


async def test_a_head_that_comes_too_slowly_is_not_waited_for(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_bounds, "HEAD_SECONDS", 0.05)
    async with connected(port) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost")
        answer = await asyncio.wait_for(reader.read(), 30)

    assert answer == b""


async def test_a_connection_serves_one_request_after_another(port: int) -> None:
    head = b"GET / HTTP/1.1\r\nhost: x\r\nx-long: " + b"a" * 40_000 + b"\r\n\r\n"
    async with connected(port) as (reader, writer):
        for _ in range(3):
            writer.write(head)
            answer = await asyncio.wait_for(reader.readuntil(b"hello"), 30)
            assert answer.startswith(b"HTTP/1.1 200 ")


async def test_a_large_body_is_no_large_head(port: int) -> None:
    content = b"x" * 200_000
    async with connected(port) as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\n\r\n" + content)
        answer = await asyncio.wait_for(reader.readuntil(b"hello"), 30)

    assert answer.startswith(b"HTTP/1.1 200 ")


async def test_whoever_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_bounds, "TAKEN_SECONDS", 0.5)
    gone = asyncio.Event()

    async def pour(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        # More than the system keeps on the way.
        for _ in range(1_000):
            await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
        assert (await receive())["type"] == "http.disconnect"
        gone.set()

    server = HttpServer(pour, host="127.0.0.1", port=0)
    await server.start()
    async with connected(server.port) as (_, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.wait_for(gone.wait(), 30)
    await server.stop(timedelta())
