"""The floor: a NATS message that a subscriber writes to a socket as an event."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import nats
from nats.aio.msg import Msg

from tools.bench.push.crowd import Crowd, times
from tools.bench.push.hall import filled_hall
from tools.bench.push.load import Load, Stopwatch, keep_pace, timed
from tools.bench.push.reader import reading

_SUBJECT = "floor"
_SHORT = (",", ":")
_REQUEST = "GET / HTTP/1.1\r\n\r\n"


async def measure_crowd_floor(url: str, load: Load, reader_count: int) -> Crowd:
    """Returns the seconds from publishing each message to its event at each of many readers."""
    stopwatch = Stopwatch(load.call_count)
    publisher = await nats.connect(url)

    async def publish(number: int) -> None:
        marks = [f"{number}-{place}" for place in range(load.changes_per_call)]
        stopwatch.leave(marks[0])
        await publisher.publish(_SUBJECT, json.dumps({"agents": marks}, separators=_SHORT).encode())

    try:
        async with (
            _bridge(url) as port,
            filled_hall("127.0.0.1", port, [_REQUEST] * reader_count) as hall,
        ):
            busy = time.process_time()
            await keep_pace(load, publish)
            await asyncio.sleep(1)
            busy = time.process_time() - busy
            heard = await hall.heard()
    finally:
        await publisher.close()
    seconds = times(stopwatch, heard["arrivals"])
    return Crowd(seconds, load.call_count * reader_count - len(seconds), 0.0, busy)


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
            await timed(load, publish, _marks_of(events), stopwatch)
    finally:
        await publisher.close()
    return stopwatch.seconds


async def _marks_of(events: AsyncIterator[bytes]) -> AsyncIterator[list[str]]:
    async for data in events:
        yield json.loads(data)


@asynccontextmanager
async def _bridge(url: str) -> AsyncIterator[int]:
    """Serves what comes over NATS as events, and yields the port."""
    subscriber = await nats.connect(url)
    writers: list[asyncio.StreamWriter] = []

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"data: []\n\n")
        writers.append(writer)

    async def send(message: Msg) -> None:
        frame = b"data: " + message.data + b"\n\n"
        for writer in writers:
            writer.write(frame)

    await subscriber.subscribe(_SUBJECT, cb=send)
    await subscriber.flush()
    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=2048)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        # The peer may be gone already.
        with contextlib.suppress(ConnectionError):
            await subscriber.close()
