"""PostgreSQL, NATS, roster and one more process for a benchmark, and whom to call it as."""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import grpc
import psycopg
from muster.roster.v1 import people_pb2
from muster.roster.v1 import roster_service_pb2 as roster_wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.clock import SystemClock
from chassis.database.migrate import provision, upgrade
from chassis.embedded import (
    free_port,
    nats_command,
    nats_url,
    place_programs,
    postgres_command,
    postgres_url,
    prepare_nats,
    prepare_postgres,
    run_as_account,
    spawn_options,
)
from chassis.identity import PROCESS_GRANTS, Identity, Signer, create_keys
from chassis.rpc.channel import open_channel
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from tools.bench.ingest.changes import agents_of

SITES = 4
_START_SECONDS = 30.0


def site_name(number: int) -> str:
    """The id of a site of the benchmark."""
    return f"site-{number}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where everything is."""

    database_url: str
    port: int
    roster_port: int
    keys: Path

    def channel(self, port: int | None = None) -> grpc.aio.Channel:
        """A channel to the measured process, or to whom serves at the port, as the floor."""
        signer = Signer.load(self.keys / "floor.key", "floor")
        return self._channel(port or self.port, signer.sign_own)

    def channel_of_somebody(self, *permissions: str) -> grpc.aio.Channel:
        """A channel to the measured process as somebody who sees every row."""
        signer = Signer.load(self.keys / "gateway.key", "gateway")
        identity = Identity("accounts/bench", frozenset(permissions), EVERYTHING)
        return self._channel(self.port, partial(signer.sign, identity))

    def _channel(self, port: int, sign: Callable[[datetime], str]) -> grpc.aio.Channel:
        return open_channel(
            f"ipv4:127.0.0.1:{port}",
            token=lambda: sign(SystemClock().now()),
            telemetry=silent_telemetry(),
        )


@contextmanager
def running_process(process: str) -> Iterator[Surroundings]:
    """Everything that a process needs, and the process, until the block ends; data is on the
    disk.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="muster-bench-", dir=_place()))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        admin_url, bus_url = _start_servers(folder, stack)
        passwords = {owner: secrets.token_hex(8) for owner in ("roster", process)}
        provision(admin_url, passwords)
        urls = {owner: _as_owner(admin_url, owner, passwords[owner]) for owner in passwords}
        for owner, url in urls.items():
            upgrade(owner, url)
        around = _start_processes(folder, urls, bus_url, stack)
        asyncio.run(_fill_roster(around))
        yield around


def _start_servers(folder: Path, stack: ExitStack) -> tuple[str, str]:
    account, password = run_as_account(), secrets.token_hex(8)
    programs = place_programs(folder / "programs", account)
    data, store = folder / "postgres", folder / "nats"
    prepare_postgres(data, password, run_as=account, binaries=programs.postgres)
    prepare_nats(store, password, run_as=account)
    database_port, bus_port = free_port(), free_port()
    settings = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
    _start(postgres_command(data, database_port, settings, binaries=programs.postgres), stack)
    _start(nats_command(store, bus_port, binary=programs.nats), stack)
    admin_url = postgres_url(database_port, password)
    _wait_for(lambda: psycopg.connect(postgres_url(database_port, password, "postgres")).close())
    return admin_url, nats_url(bus_port, password)


def _start_processes(
    folder: Path, urls: Mapping[str, str], bus_url: str, stack: ExitStack
) -> Surroundings:
    keys = folder / "keys"
    create_keys(keys, PROCESS_GRANTS)
    ports = {process: free_port() for process in urls}
    for process in urls:
        admin_port = free_port()
        environment = {
            "MUSTER_DATABASE_URL": urls[process],
            "MUSTER_NATS_URL": bus_url,
            "MUSTER_GRPC_PORT": str(ports[process]),
            "MUSTER_ADMIN_PORT": str(admin_port),
            "MUSTER_TRUST_FILE": str(keys / "trust.json"),
            "MUSTER_IDENTITY_KEY_FILE": str(keys / f"{process}.key"),
            "MUSTER_ROSTER_TARGET": f"ipv4:127.0.0.1:{ports['roster']}",
            "MUSTER_LOG_LEVEL": "warning",
        }
        command = [sys.executable, "-m", "cli", "run", process]
        started = subprocess.Popen(command, env={**os.environ, **environment})
        stack.callback(_end, started)
        _wait_for(partial(_ensure_ready, admin_port))
    measured = list(urls)[-1]
    return Surroundings(urls[measured], ports[measured], ports["roster"], keys)


async def _fill_roster(around: Surroundings) -> None:
    sites = [site_name(number) for number in range(SITES)]
    request = roster_wire.ApplyRosterRequest(
        sites=[
            people_pb2.Site(name=f"sites/{site}", display_name=site, time_zone="UTC")
            for site in sites
        ],
        agents=[
            people_pb2.Agent(name=f"agents/{agent}", display_name=agent, site=f"sites/{site}")
            for site in sites
            for agent in agents_of(site)
        ],
    )
    async with around.channel(around.roster_port) as channel:
        await RosterServiceStub(channel).ApplyRoster(request, timeout=30)


def _start(command: list[str], stack: ExitStack) -> None:
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, **spawn_options(run_as_account())
    )
    stack.callback(_end, started)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    process.wait(_START_SECONDS)


def _ensure_ready(admin_port: int) -> None:
    urllib.request.urlopen(f"http://127.0.0.1:{admin_port}/readyz", timeout=2).close()


def _wait_for(attempt: Callable[[], None]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            return attempt()
        except (psycopg.OperationalError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _as_owner(admin_url: str, owner: str, password: str) -> str:
    return f"postgresql://{owner}:{password}@{admin_url.partition('@')[2]}"


def _place() -> str | None:
    # A server that drops the rights of root must reach its folder.
    return "/var/tmp" if run_as_account() is not None else None
