"""A provider of OpenID Connect that runs beside a test, and a browser that signs in by it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from chassis.embedded import free_port

PUBLIC_URL = "http://gateway.test"


@dataclass
class RunningProvider:
    """The provider's process. A new one on the same port has new keys."""

    port: int
    process: asyncio.subprocess.Process | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "ignore", "-m", "oidc_provider_mock", "-n", "-p", str(self.port)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with httpx.AsyncClient() as client, asyncio.timeout(60):
            while not await _answers(client, self.issuer):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)

    async def know(self, people: Mapping[str, dict[str, Any]]) -> None:
        """Tells the provider what it says of people from now on, by their subject."""
        async with httpx.AsyncClient(base_url=self.issuer, timeout=30) as client:
            for subject, claims in people.items():
                (await client.put(f"/users/{subject}", json=claims)).raise_for_status()

    async def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            await self.process.wait()
            self.process = None


@asynccontextmanager
async def running_provider() -> AsyncIterator[RunningProvider]:
    """A provider that knows nobody yet."""
    provider = RunningProvider(free_port())
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
