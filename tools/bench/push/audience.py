"""Many readers of an event stream in a process of their own, with as little in them as possible.

    python -m tools.bench.push.audience < PLAN

The plan is JSON: host, port, and the request of each reader. It says `open` once all readers have
heard from the server, and on end of input writes when each event came, by what stands in it.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict
from typing import Any

import uvloop

_MARK = b'"agents":["'
_OPENED = (b"HTTP/1.1 200", b"data:")
_AT_ONCE = 50
"""How many readers open their streams together: what is measured begins when all are there."""


class Audience:
    """Notes when each reader was told of each mark: the first agent of a frame and all others that
    come with it.
    """

    def __init__(self) -> None:
        self.arrivals: defaultdict[str, list[float]] = defaultdict(list)
        self.byte_count = 0
        self._known: dict[bytes, tuple[str, ...]] = {}

    def take(self, content: bytes) -> None:
        """Notes one frame."""
        now = time.monotonic()
        marks = self._known.get(content)
        if marks is None:
            marks = self._known[content] = _marks(content)
        for mark in marks:
            self.arrivals[mark].append(now)


class Reader(asyncio.Protocol):
    """One connection."""

    def __init__(self, audience: Audience, request: bytes) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._audience = audience
        self._request = request
        self._content = b""

    def connection_made(self, transport: Any) -> None:
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        audience = self._audience
        audience.byte_count += len(data)
        if not self.opened.done():
            self._open(data)
        *frames, self._content = (self._content + data).split(b"\n\n")
        for frame in frames:
            start = frame.find(_MARK)
            if start >= 0:
                audience.take(frame[start : frame.find(b"]", start)])

    def _open(self, data: bytes) -> None:
        if data.startswith(_OPENED):
            self.opened.set_result(None)
        else:
            self.opened.set_exception(ConnectionError(f"refused: {data.decode()}"))


def _marks(content: bytes) -> tuple[str, ...]:
    return tuple(json.loads(content[len(_MARK) - 2 :] + b"]"))


async def _run(plan: dict[str, Any]) -> None:
    audience = Audience()
    requests = [request.encode() for request in plan["requests"]]
    for start in range(0, len(requests), _AT_ONCE):
        await asyncio.gather(
            *(_open(plan, audience, one) for one in requests[start : start + _AT_ONCE])
        )
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(json.dumps({"arrivals": audience.arrivals, "bytes": audience.byte_count}), flush=True)


async def _open(plan: dict[str, Any], audience: Audience, request: bytes) -> None:
    loop = asyncio.get_running_loop()
    _, reader = await loop.create_connection(
        lambda: Reader(audience, request), plan["host"], plan["port"]
    )
    await reader.opened


if __name__ == "__main__":
    uvloop.run(_run(json.loads(sys.stdin.readline())))
