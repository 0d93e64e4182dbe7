"""The floor: a NATS message that a subscriber writes to a socket as an event."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import nats
from nats.aio.msg import Msg

from tools.bench.push.load import Load, Stopwatch, keep_pace
from tools.bench.push.reader import reading

_SUBJECT = "floor"
_REQUEST = "GET / HTTP/1.1\r\n\r\n"


async def measure_floor(url: str, load: Load) -> list[float]:
    """Returns the seconds from publishing each message to its event at the reader."""
    stopwatch = Stopwatch(load.call_count)
    publisher = await nats.connect(url)

    async def publish(number: int) -> None:
        marks = [f"{number}-{place}" for place in range(load.changes_per_call)]
        stopwatch.leave(marks[0])
        await publisher.publish(_SUBJECT, json.dumps(marks).encode())

    try:
        async with _bridge(url) as port, reading("127.0.0.1", port, _REQUEST) as events:
            await anext(events)
            following = asyncio.create_task(_follow(events, stopwatch))
            await keep_pace(load, publish)
            await asyncio.wait_for(stopwatch.done.wait(), 30)
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
    finally:
        await publisher.close()
    return stopwatch.seconds


async def _follow(events: AsyncIterator[bytes], stopwatch: Stopwatch) -> None:
    async for data in events:
        stopwatch.arrive(json.loads(data))


@asynccontextmanager
async def _bridge(url: str) -> AsyncIterator[int]:
    """Serves what comes over NATS as events, and yields the port."""
    subscriber = await nats.connect(url)

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def send(message: Msg) -> None:
            writer.write(b"data: " + message.data + b"\n\n")
            await writer.drain()

        await subscriber.subscribe(_SUBJECT, cb=send)
        await subscriber.flush()
        writer.write(b"data: []\n\n")

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        with contextlib.suppress(ConnectionError):
            await subscriber.close()
