"""How to ask a child whether it is ready, without a client library of its kind."""

import asyncio
import struct
from collections.abc import Awaitable, Callable

Probe = Callable[[], Awaitable[str | None]]
"""None means ready; a text says why not yet."""

_ANSWER_WITHIN_SECONDS = 2.0
_MOST_BYTES = 4096


def http_probe(host: str, port: int, path: str = "/readyz") -> Probe:
    """Asks a page that answers 200 when ready and otherwise says why not."""

    async def probe() -> str | None:
        request = f"GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n".encode()
        answer = await _ask(host, port, request)
        head, _, body = answer.partition(b"\r\n\r\n")
        if head.split(b" ", 2)[1:2] == [b"200"]:
            return None
        return body.decode(errors="replace").strip() or "no answer yet"

    return _patient(probe)


def postgres_probe(host: str, port: int) -> Probe:
    """Begins a PostgreSQL start-up: it asks for a password when it takes connections."""

    async def probe() -> str | None:
        parameters = b"user\0postgres\0database\0postgres\0\0"
        body = struct.pack("!i", 3 << 16) + parameters
        answer = await _ask(host, port, struct.pack("!i", len(body) + 4) + body, at_least=1)
        return None if answer[:1] == b"R" else "is starting up"

    return _patient(probe)


def nats_probe(host: str, port: int) -> Probe:
    """Waits for the line with which a NATS server greets."""

    async def probe() -> str | None:
        answer = await _ask(host, port, b"", at_least=5)
        return None if answer.startswith(b"INFO ") else "does not greet"

    return _patient(probe)


async def always_ready() -> str | None:
    """Is the probe of a child that serves nothing."""
    return None


def _patient(probe: Probe) -> Probe:
    async def ask() -> str | None:
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_SECONDS):
                return await probe()
        except ConnectionError:
            return "does not listen yet"
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            return "does not answer"

    return ask


async def _ask(host: str, port: int, request: bytes, at_least: int | None = None) -> bytes:
    """Sends a request and returns the first bytes of the answer, or all of it up to a bound."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        await writer.drain()
        if at_least is not None:
            return await reader.readexactly(at_least)
        answer = b""
        while len(answer) < _MOST_BYTES and (more := await reader.read(_MOST_BYTES)):
            answer += more
        return answer
    finally:
        writer.close()
