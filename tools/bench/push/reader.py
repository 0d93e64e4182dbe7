"""A reader of server-sent events with as little in it as possible, the same for both sides."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_DATA = b"data: "


@asynccontextmanager
async def reading(host: str, port: int, request: str) -> AsyncIterator[AsyncIterator[bytes]]:
    """Sends a request and yields the data of each event that comes."""
    reader, writer = await asyncio.open_connection(host, port, limit=2**22)
    writer.write(request.encode())
    try:
        yield _data_lines(reader)
    finally:
        writer.close()
        # The peer may be gone already.
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def _data_lines(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while line := await reader.readline():
        if line.startswith(_DATA):
            yield line.removeprefix(_DATA)
    raise ConnectionError("the stream has ended")
