"""Starts an audience, and reads what it heard."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

_LIMIT = 2**28


@dataclass(slots=True)
class Hall:
    """Readers in a process of their own."""

    process: asyncio.subprocess.Process

    async def heard(self) -> dict[str, Any]:
        """Ends the audience, and returns the times at which each mark came, by the clock that all
        processes of the machine share.
        """
        await self.say("done")
        return dict(json.loads(await self.line()))

    async def say(self, text: str) -> None:
        """Tells it a line."""
        assert self.process.stdin
        self.process.stdin.write(text.encode() + b"\n")
        await self.process.stdin.drain()

    async def line(self) -> bytes:
        """Returns the next line that it says."""
        assert self.process.stdout
        return await self.process.stdout.readline()


@asynccontextmanager
async def filled_hall(host: str, port: int, requests: Sequence[str]) -> AsyncIterator[Hall]:
    """Yields an audience all of which has heard from the server."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tools.bench.push.audience",
        stdin=pipe,
        stdout=pipe,
        limit=_LIMIT,
    )
    hall = Hall(process)
    try:
        await hall.say(json.dumps({"host": host, "port": port, "requests": requests}))
        opened = await asyncio.wait_for(hall.line(), 120)
        assert opened == b"open\n", opened
        yield hall
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
