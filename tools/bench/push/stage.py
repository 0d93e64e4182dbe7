"""The gateway as component tests have it, in a process of its own, and its bus to publish on."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nats
import uvloop
from nats.js import JetStreamContext

from chassis.bus import Bus
from chassis.clock import SystemClock
from chassis.database import Database
from chassis.identity import Identity, Signer
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from gateway.bootstrap import create_first_accounts
from tests.component.gateway.behind import SITE, FakePresence
from tests.component.gateway.desk import Desk, running_gateway
from tests.support.nats import running_nats
from tests.support.postgres import running_cluster
from tools.bench.push.load import Load, Stopwatch

_CALLERS = 10
_PERMISSIONS = frozenset(
    {"board.read", "dispatch.figures.read", "presence.reasons.read", "roster.people.read"}
)
_SUBJECT = f"muster.presence.v1.agent_states_changed.{SITE.removeprefix('sites/')}"


@dataclass(slots=True)
class Stage:
    """Where to read, as whom, and what is published."""

    process: int
    host: str
    port: int
    tokens: list[str]
    _stream: JetStreamContext
    _links: FakePresence

    async def publish(self, load: Load, number: int, stopwatch: Stopwatch) -> None:
        """Sends one link, as presence's publisher does. Its first agent is its mark."""
        first = number * load.changes_per_call
        marks = [f"bench-{first + place}" for place in range(load.changes_per_call)]
        link = self._links.add_link(*marks)
        message_id = f"{SITE.removeprefix('sites/')}:1:{link.cursor.seq}"
        stopwatch.leave(f"agents/{marks[0]}")
        await self._stream.publish(
            _SUBJECT, link.SerializeToString(), headers={"Nats-Msg-Id": message_id}
        )


@asynccontextmanager
async def set_stage() -> AsyncIterator[Stage]:
    """Starts it and ends it."""
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-c", "from tools.bench.push.stage import main; main()"]
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdin
    assert process.stdout
    try:
        told: dict[str, Any] = json.loads(await process.stdout.readline())
        connection = await nats.connect(told.pop("bus"))
        yield Stage(process.pid, **told, _stream=connection.jetstream(), _links=FakePresence())
        await connection.close()
    finally:
        process.stdin.close()
        await process.wait()


def main() -> None:
    with (
        running_cluster() as cluster,
        running_nats() as bus,
        tempfile.TemporaryDirectory() as keys,
    ):
        url = cluster.clone("gateway")
        uvloop.run(_serve(url, bus.url, Path(keys)))


async def _serve(database_url: str, bus_url: str, keys: Path) -> None:
    passwords = await asyncio.to_thread(create_first_accounts, database_url)
    database = await Database.open(database_url, application="bench")
    bus = await Bus.connect(bus_url, name="bench", telemetry=silent_telemetry())
    async with running_gateway(database, bus, passwords, keys) as desk:
        print(json.dumps(_told(desk) | {"bus": bus_url}), flush=True)
        # Until whoever started it closes the pipe.
        await asyncio.to_thread(sys.stdin.read)
    await bus.close()
    await database.close()


def _told(desk: Desk) -> dict[str, Any]:
    """Where to read, and tokens such as the gateway gives those who are signed in."""
    signer, now = Signer.load(desk.keys / "gateway.key", "gateway"), SystemClock().now()
    host, port = desk.http_url.removeprefix("http://").split(":")
    tokens = [
        signer.sign(Identity(f"accounts/bench-{number}", _PERMISSIONS, EVERYTHING), now)
        for number in range(_CALLERS)
    ]
    return {"host": host, "port": int(port), "tokens": tokens}
