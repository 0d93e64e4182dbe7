"""Runs an app on a free port of this machine while a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Yields the address at which the app is served."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    server = _ReadyServer(config)
    thread = threading.Thread(target=server.run, name="scripted-gateway", daemon=True)
    thread.start()
    assert server.ready.wait(10), "the scripted gateway did not start"
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)


class _ReadyServer(uvicorn.Server):
    """Tells when it listens, and where."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.port = 0

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override] # sockets are never given here
        await super().startup()
        self.port = self.servers[0].sockets[0].getsockname()[1]
        self.ready.set()
