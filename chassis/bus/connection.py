"""A process's connection to NATS."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Self

import nats
import nats.errors
from nats.aio.client import Client
from nats.js.client import JetStreamContext

from chassis.telemetry import Telemetry

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 2.0
_CHECK_SECONDS = 2
# Short, because the server of a laptop is back within a second; a cluster's address is tried in
# turn.
_RECONNECT_SECONDS = 0.25
_PING_SECONDS = 10

# What the client raises when its server is away; uvloop says of a closed connection RuntimeError.
_GONE = (nats.errors.Error, TimeoutError, OSError, RuntimeError)


class Bus:
    """One connection that is made again for ever once it was made, with JetStream on it."""

    def __init__(self, client: Client, telemetry: Telemetry) -> None:
        """Take over a connected client; `connect` is the way to one."""
        self.client = client
        self._log = telemetry.log
        self._closing = False
        self.jetstream: JetStreamContext = client.jetstream(timeout=_ANSWER_SECONDS)
        self._watchers: set[Callable[[], None]] = set()

    @classmethod
    async def connect(cls, url: str, *, name: str, telemetry: Telemetry) -> Self:
        """Connect to one of the servers in url (separated by commas).

        Raises nats.errors.Error, OSError or TimeoutError when none answers within five seconds.
        """
        bus = cls(Client(), telemetry)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await bus.client.connect(
                    servers=url.split(","),
                    name=name,
                    connect_timeout=2,
                    # Typed as int, and given to asyncio.sleep.
                    reconnect_time_wait=_RECONNECT_SECONDS,  # type: ignore[arg-type]
                    max_reconnect_attempts=-1,
                    ping_interval=_PING_SECONDS,
                    error_cb=bus._report_error,
                    disconnected_cb=bus._report_loss,
                    reconnected_cb=bus._tell_watchers,
                )
        except BaseException:
            # A server that took the connection and says nothing would keep one for each attempt.
            bus._closing = True
            with suppress(*_GONE):
                await bus.client.close()
            raise
        return bus

    async def close(self) -> None:
        """Send what is buffered and disconnect."""
        self._closing = True
        # While the server is away there is nobody to say goodbye to, and each of the two may fail.
        with suppress(*_GONE):
            await self.client.drain()
        with suppress(*_GONE):
            await self.client.close()

    async def check(self) -> str | None:
        """Return None when the server answers, else why it does not."""
        if not self.client.is_connected:
            return "NATS is not connected"
        try:
            await self.client.flush(timeout=_CHECK_SECONDS)
        except _GONE as error:
            return f"NATS does not answer: {error}"
        return None

    @contextmanager
    def watching_reconnects(self, watcher: Callable[[], None]) -> Iterator[None]:
        """Have watcher called after each reconnect, when messages may have been missed."""
        self._watchers.add(watcher)
        try:
            yield
        finally:
            self._watchers.discard(watcher)

    async def _tell_watchers(self) -> None:
        self._log.info("bus.reconnected")
        for watcher in tuple(self._watchers):
            watcher()

    async def _report_error(self, error: Exception) -> None:
        self._log.warning("bus.failed", error=repr(error))

    async def _report_loss(self) -> None:
        if not self._closing:
            self._log.warning("bus.disconnected")
