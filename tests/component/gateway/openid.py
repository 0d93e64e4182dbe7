"""A provider of OpenID Connect that runs beside a test, and a browser that signs in by it."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

PUBLIC_URL = "http://gateway.test"


@dataclass
class RunningProvider:
    """The provider's process. A new one on the same port has new keys."""

    port: int
    process: asyncio.subprocess.Process | None = None
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        claims = [json.dumps({"sub": sub, **more}) for sub, more in self.people.items()]
        words = [word for one in claims for word in ("--user-claims", one)]
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "ignore", "-m", "oidc_provider_mock", "-n", "-p", str(self.port), *words),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with httpx.AsyncClient() as client, asyncio.timeout(30):
            while not await _answers(client, self.issuer):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            await self.process.wait()
            self.process = None


@asynccontextmanager
async def running_provider(**people: dict[str, Any]) -> AsyncIterator[RunningProvider]:
    """A provider that knows people by their subject."""
    provider = RunningProvider(_free_port(), people=people)
    await provider.start()
    try:
        yield provider
    finally:
        await provider.stop()


async def sign_in_by(
    client: httpx.AsyncClient, subject: str, return_to: str = "/board"
) -> httpx.Response:
    """Goes the whole way and returns the gateway's last answer."""
    return await client.get(await come_back(client, subject, return_to))


async def come_back(client: httpx.AsyncClient, subject: str, return_to: str = "/board") -> str:
    """Goes to the provider and returns the path by which the browser would come back."""
    started = await client.get("/v1/oidc/mock/start", params={"return_to": return_to})
    assert started.status_code == 303, started.text
    answer = {"sub": subject} if subject else {"action": "deny"}
    async with httpx.AsyncClient(timeout=30) as elsewhere:
        consented = await elsewhere.post(started.headers["location"], data=answer)
    return str(consented.headers["location"]).removeprefix(PUBLIC_URL)


async def _answers(client: httpx.AsyncClient, issuer: str) -> bool:
    try:
        return (await client.get(f"{issuer}/jwks")).status_code == 200
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
