"""The life of a process, shown with one that has no duty."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from chassis.embedded import free_port
from chassis.identity import PROCESS_GRANTS, create_keys
from tests.component.conftest import OwnerUrl
from tests.support.waiting import eventually

COMMAND = (sys.executable, "-c", "from services.analytics.main import run; run()")
NO_DATABASE = "postgresql://analytics:secret@127.0.0.1:1/muster"


class Running:
    """A process with its log as it is written."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []
        self.errors = b""

    async def until(self, event: str) -> dict[str, Any]:
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            while line := await self.process.stdout.readline():
                self.lines.append(json.loads(line))
                if self.lines[-1]["event"] == event:
                    return self.lines[-1]
        raise AssertionError(f"{event} was never logged: {self.lines}")

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return await self.end()

    async def end(self) -> int:
        async with asyncio.timeout(30):
            output, self.errors = await self.process.communicate()
        self.lines.extend(json.loads(line) for line in output.splitlines())
        assert self.process.returncode is not None
        return self.process.returncode


Start = Callable[..., Any]


@pytest.fixture
async def start(owner_url: OwnerUrl, nats_url: str, tmp_path: Path) -> AsyncIterator[Start]:
    create_keys(tmp_path / "keys", PROCESS_GRANTS)
    settings = {
        "MUSTER_DATABASE_URL": owner_url("analytics"),
        "MUSTER_NATS_URL": nats_url,
        "MUSTER_TRUST_FILE": str(tmp_path / "keys" / "trust.json"),
        "MUSTER_IDENTITY_KEY_FILE": str(tmp_path / "keys" / "analytics.key"),
    }
    async with AsyncExitStack() as stack:

        async def start_process(**changes: str | None) -> Running:
            environment = {name: value for name, value in (settings | changes).items() if value}
            process = await asyncio.create_subprocess_exec(
                *COMMAND, env=os.environ | environment, stdout=PIPE, stderr=PIPE
            )
            stack.push_async_callback(_end, process)
            return Running(process)

        yield start_process


async def test_a_process_starts_is_ready_and_stops_when_asked(start: Start) -> None:
    running = await start()
    started = await running.until("process.started")

    async with httpx.AsyncClient(timeout=30) as client:
        ready = await client.get(f"http://127.0.0.1:{started['admin_port']}/readyz")
        metrics = await client.get(f"http://127.0.0.1:{started['admin_port']}/metrics")
    async with grpc.aio.insecure_channel(f"127.0.0.1:{started['grpc_port']}") as channel:
        health = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    code = await running.stop()

    assert (ready.status_code, ready.json()) == (200, {})
    assert "muster_chassis_build_info" in metrics.text
    assert health.status == health_pb2.HealthCheckResponse.SERVING
    assert code == 0, running.lines
    events = [line["event"] for line in running.lines]
    own = [event for event in events if event != "library.logged"]
    assert own == [
        "process.without_duty",
        "process.started",
        "process.draining",
        "process.stopped",
    ]
    assert not running.errors


async def test_a_process_waits_for_its_database_says_so_and_still_stops(start: Start) -> None:
    port = str(free_port())
    running = await start(MUSTER_DATABASE_URL=NO_DATABASE, MUSTER_ADMIN_PORT=port)

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        await eventually(lambda: _fails(client, {"start", "database"}))
    code = await running.stop()

    assert code == 0
    assert not any("secret" in json.dumps(line) for line in running.lines)


async def test_a_process_is_not_ready_while_its_bus_is_away(start: Start, nats_server: Any) -> None:
    running = await start()
    started = await running.until("process.started")
    admin = f"http://127.0.0.1:{started['admin_port']}"
    async with httpx.AsyncClient(base_url=admin, timeout=30) as client:
        nats_server.kill()
        await eventually(lambda: _fails(client, {"bus"}))
        nats_server.start()
        await eventually(lambda: _fails(client, set()))

    assert await running.stop() == 0


async def test_missing_settings_are_named_without_a_stack(start: Start) -> None:
    running = await start(MUSTER_NATS_URL=None)

    assert await running.end() == 2
    assert b"MUSTER_NATS_URL" in running.errors
    assert b"Traceback" not in running.errors


async def test_a_taken_port_ends_the_process_with_a_clear_line(start: Start) -> None:
    first = await start()
    port = (await first.until("process.started"))["grpc_port"]

    second = await start(MUSTER_GRPC_PORT=str(port))

    assert await second.end() == 1
    failed = next(line for line in second.lines if line["event"] == "process.failed")
    assert str(port) in failed["error"]


async def _fails(client: httpx.AsyncClient, names: set[str]) -> bool:
    """Tells whether exactly the checks of these names fail."""
    try:
        answer = await client.get("/readyz")
    except httpx.TransportError:
        return False
    return set(answer.json()) == names


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()
