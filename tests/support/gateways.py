"""A second gateway beside the tree's, and a way to whichever of them is there."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from chassis.embedded import free_port
from chassis.supervisor.probes import http_probe
from tests.support.desk import ANSWERED_WITHIN_SECONDS, Desk, headers_of
from tests.support.tree import UP_WITHIN_SECONDS, Tree
from tests.support.waiting import eventually

_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway that nobody looks after."""

    http_url: str
    _process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """Kills it as `kill -9` does, unless that is done."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def second_gateway(tree: Tree) -> AsyncIterator[Gateway]:
    """Runs one more gateway, as a cluster does: with the same settings, on ports of its own."""
    ports = {kind: free_port() for kind in ("HTTP", "GRPC", "ADMIN")}
    environment = _environment_of_first(tree) | {"MUSTER_REPLICA": "gateway-2"}
    environment |= {f"MUSTER_{kind}_PORT": str(port) for kind, port in ports.items()}
    command = (sys.executable, "-P", "-m", "cli", "run", "gateway")
    with (tree.folder / ".muster" / "logs" / "gateway-2.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=tree.folder, env=environment, stdout=log, stderr=log
        )
    gateway = Gateway(f"http://{_HOST}:{ports['HTTP']}", process)
    why_not_ready = http_probe(_HOST, ports["ADMIN"])

    async def is_ready() -> bool:
        return await why_not_ready() is None

    try:
        await eventually(is_ready, within_seconds=UP_WITHIN_SECONDS)
        yield gateway
    finally:
        await gateway.kill()


@asynccontextmanager
async def at_any_of(urls: Sequence[str], token: str) -> AsyncIterator[Desk]:
    """Goes on with a session at the first of several gateways that is there, as through a load
    balancer.
    """
    async with httpx.AsyncClient(
        base_url=urls[0],
        timeout=ANSWERED_WITHIN_SECONDS,
        transport=_Doors(urls),
        headers=headers_of(token),
    ) as http:
        yield Desk(http, token)


class _Doors(httpx.AsyncBaseTransport):
    """Knocks at the next door where one is closed."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = [httpx.URL(url) for url in urls]
        self._transport = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        *firsts, last = [request.url.copy_with(port=url.port) for url in self._urls]
        for request.url in firsts:
            with suppress(httpx.ConnectError):
                return await self._transport.handle_async_request(request)
        request.url = last
        return await self._transport.handle_async_request(request)

    async def aclose(self) -> None:
        await self._transport.aclose()


def _environment_of_first(tree: Tree) -> dict[str, str]:
    first = tree.child("gateway").process
    assert first is not None
    text = Path(f"/proc/{first.pid}/environ").read_text()
    return dict(line.split("=", 1) for line in text.split("\0") if line)
