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
_END = b'"'


class Audience:
    """Notes when each reader was told of each mark: the first agent of a frame and all others that
    come with it.
    """

    def __init__(self) -> None:
        self.arrivals: defaultdict[str, list[float]] = defaultdict(list)
        self.open_count = 0
        self.byte_count = 0
        self.all_open = asyncio.Event()
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

    def __init__(self, audience: Audience, request: bytes, count: int) -> None:
        self._audience = audience
        self._request = request
        self._count = count
        self._content = b""
        self._heard = False

    def connection_made(self, transport: Any) -> None:
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        audience = self._audience
        audience.byte_count += len(data)
        if not self._heard:
            self._heard = True
            audience.open_count += 1
            if audience.open_count == self._count:
                audience.all_open.set()
        *frames, self._content = (self._content + data).split(b"\n\n")
        for frame in frames:
            start = frame.find(_MARK)
            if start >= 0:
                audience.take(frame[start : frame.find(b"]", start)])


def _marks(content: bytes) -> tuple[str, ...]:
    return tuple(json.loads(content[len(_MARK) - 2 :] + b"]"))


async def _run(plan: dict[str, Any]) -> None:
    audience = Audience()
    loop = asyncio.get_running_loop()
    requests = [request.encode() for request in plan["requests"]]
    for request in requests:
        await loop.create_connection(
            lambda request=request: Reader(audience, request, len(requests)),  # type: ignore[misc] # bound at once
            plan["host"],
            plan["port"],
        )
    await audience.all_open.wait()
    print("open", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    print(json.dumps({"arrivals": audience.arrivals, "bytes": audience.byte_count}), flush=True)


if __name__ == "__main__":
    uvloop.run(_run(json.loads(sys.stdin.readline())))
