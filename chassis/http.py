"""An HTTP server inside a process: it takes no signals and brings no log settings."""

import asyncio
import contextlib
import math
import socket
from collections.abc import Iterator
from datetime import timedelta

import uvicorn
from starlette.types import ASGIApp

from chassis.http_bounds import BoundedProtocol
from chassis.ports import PortTakenError

BACKLOG = 2048


class HttpServer:
    """Serves an ASGI application on one address."""

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        self.port = port
        self._host = host
        self._config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            http=BoundedProtocol,
            ws="none",
            server_header=False,
            # What stands in forwarded headers is for whoever runs a proxy in front to judge.
            proxy_headers=False,
            backlog=BACKLOG,
        )
        self._running: tuple[_Server, asyncio.Task[None]] | None = None

    async def start(self) -> None:
        """Listens, and from then on `port` is the bound one. PortTakenError if it cannot."""
        listener = self._listen()
        server = _Server(self._config)
        serving = asyncio.create_task(server.serve([listener]), name=f"http {self.port}")
        self._running = server, serving
        await server.is_up.wait()

    async def stop(self, grace: timedelta) -> None:
        """Takes no new requests, and ends those in hand after the grace, open streams as well."""
        if self._running is None:
            return
        server, serving = self._running
        self._running = None
        server.config.timeout_graceful_shutdown = math.ceil(grace.total_seconds())
        server.should_exit = True
        await serving

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            listener = socket.create_server((self._host, self.port), family=family, backlog=BACKLOG)
        except OSError as error:
            raise PortTakenError(self._host, self.port) from error
        listener.setblocking(False)
        self.port = listener.getsockname()[1]
        return listener


class _Server(uvicorn.Server):
    """The server of uvicorn, less its signal handlers, which would be a second way to stop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()
