"""The answer that carries server-sent events and notices when its reader is gone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from chassis.errors import Refusal
from gateway.telemetry import PushMetrics

# A reader that takes nothing for so long is gone, whatever its connection says.
STALLED_SECONDS = 30.0


class EventStream(Response):
    """Sends frames as they come, each one asked for only when the one before it left."""

    media_type = "text/event-stream"

    def __init__(
        self,
        frames: AsyncGenerator[bytes, None],
        metrics: PushMetrics,
        *,
        stalled_seconds: float = STALLED_SECONDS,
    ) -> None:
        # Proxies that gather an answer before they pass it on would hold the events back.
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._frames = frames
        self._metrics = metrics
        self._stalled_seconds = stalled_seconds
        self._sending_since = float("inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._metrics.readers.inc()
        writing = asyncio.create_task(self._write(send), name="push-write")
        # The server tells of a reader who left by a message, never by an error of send.
        leaving = asyncio.create_task(_left(receive), name="push-leave")
        try:
            await self._first_of(writing, leaving)
        finally:
            self._metrics.readers.dec()
            leaving.cancel()
            writing.cancel()
            ended, _ = await asyncio.gather(writing, leaving, return_exceptions=True)
        if isinstance(ended, Exception):
            raise ended

    async def _write(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        try:
            await self._send(send, start)
            async with aclosing(self._frames) as frames:
                async for frame in frames:
                    await self._send(send, _body(frame, more=True))
        except Refusal:
            # The owner did not answer while the reader caught up: it comes again and resumes where
            # it is.
            pass
        await self._send(send, _body(b"", more=False))

    async def _send(self, send: Send, message: Message) -> None:
        self._sending_since = asyncio.get_running_loop().time()
        await send(message)
        self._sending_since = float("inf")

    async def _first_of(self, *tasks: asyncio.Task[None]) -> None:
        """Returns when one of the tasks is done, or when nothing was taken for too long.

        Looking now and then is cheaper than a time-out around each frame.
        """
        loop = asyncio.get_running_loop()
        while loop.time() - self._sending_since < self._stalled_seconds:
            done, _ = await asyncio.wait(
                tasks, timeout=self._stalled_seconds / 3, return_when=asyncio.FIRST_COMPLETED
            )
            if done:
                return
        self._metrics.stalled.inc()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _body(content: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": more}
