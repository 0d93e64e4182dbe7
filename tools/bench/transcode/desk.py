"""The gateway as component tests have it, in a process of its own."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop

from chassis.bus import Bus
from chassis.clock import SystemClock
from chassis.database import Database
from chassis.identity import Identity, Signer
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from gateway.bootstrap import create_first_accounts
from tests.component.gateway.desk import Desk, running_gateway
from tests.support.nats import running_nats
from tests.support.postgres import running_cluster


@contextmanager
def running_desk() -> Iterator[dict[str, str]]:
    """Starts it, yields where everything is and the tokens to call with, and ends it."""
    command = [sys.executable, "-c", "from tools.bench.transcode.desk import main; main()"]
    # One caller calls as often as the gateway answers.
    unlimited = {"MUSTER_CALLS_PER_SECOND": "1e9"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | unlimited,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.stdin.close()


def main() -> None:
    with (
        running_cluster() as cluster,
        running_nats() as nats,
        tempfile.TemporaryDirectory() as keys,
    ):
        url = cluster.clone("gateway")
        uvloop.run(_serve(url, nats.url, Path(keys)))


async def _serve(database_url: str, nats_url: str, keys: Path) -> None:
    passwords = await asyncio.to_thread(create_first_accounts, database_url)
    database = await Database.open(database_url, application="bench")
    bus = await Bus.connect(nats_url, name="bench", telemetry=silent_telemetry())
    async with running_gateway(database, bus, passwords, keys) as desk:
        print(json.dumps(await _addresses(desk)), flush=True)
        # Until whoever started it closes the pipe.
        await asyncio.to_thread(sys.stdin.read)
    await bus.close()
    await database.close()


async def _addresses(desk: Desk) -> dict[str, str]:
    """Where to call, as whom: a session for the gateway, and what it would mint of it."""
    signer = Signer.load(desk.keys / "gateway.key", "gateway")
    identity = Identity("accounts/bench", frozenset({"roster.people.read"}), EVERYTHING)
    return {
        "http": desk.http_url,
        "grpc": desk.grpc_target,
        "roster": f"ipv4:127.0.0.1:{desk.servers['roster'].port}",
        "session": await desk.sign_in(),
        "minted": signer.sign(identity, SystemClock().now()),
    }
