"""Runs one process from its settings to its end."""

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Generic, TypeVar

import uvloop
from muster.process.v1.process_service_pb2_grpc import add_ProcessServiceServicer_to_server
from pydantic import ValidationError

from chassis.access import Authenticator, trust_authenticator
from chassis.admin import admin_app
from chassis.bus import Bus
from chassis.clock import Clock, SystemClock
from chassis.config import ProcessSettings, explain_settings_error
from chassis.database import Database
from chassis.ground import BackgroundTasks, Ground
from chassis.health import Health
from chassis.http import HttpServer
from chassis.identity import Signer, Trust
from chassis.loop import LoopMetrics, watch_loop
from chassis.rpc.process import ProcessServicer, Replica
from chassis.rpc.server import RpcServer
from chassis.telemetry import Telemetry, configure_telemetry
from chassis.waiting import StopAskedError, connect_patiently, unless_stopped

__all__ = ["Ground", "replica_of", "run_process"]

S = TypeVar("S", bound=ProcessSettings)

Assemble = Callable[[Ground[S], RpcServer], Awaitable[None]]
MakeAuthenticator = Callable[[Ground[S]], Authenticator]

WRONG_SETTINGS = 2
FAILED = 1


def run_process(
    name: str,
    settings_type: type[S],
    assemble: Assemble[S],
    *,
    authenticate: MakeAuthenticator[S] | None = None,
) -> None:
    """Runs the process of that name until SIGTERM or SIGINT, then drains it and exits.

    `assemble` adds the services to the server and starts what runs beside them. It is called when
    database and bus answer; until then readiness says what is missing. `authenticate` makes the
    authenticator where tokens of Muster's own processes are not all that is taken.
    Exits with 2 if the settings are wrong, with 1 if something ended that must not.
    """
    try:
        settings = settings_type()
    except ValidationError as error:
        print(f"muster run {name}: {explain_settings_error(error)}", file=sys.stderr)
        sys.exit(WRONG_SETTINGS)
    telemetry = configure_telemetry(
        name,
        log_level=settings.log_level,
        otlp_endpoint=settings.otlp_endpoint,
        replica=settings.replica,
    )
    # Everything stands still while garbage is looked for, for a tenth of a second in what was
    # imported alone, where there is none.
    gc.freeze()
    process = _Process(name, settings, telemetry, assemble, authenticate)
    code = uvloop.run(process.run())
    telemetry.close()
    sys.exit(code)


@dataclass(frozen=True)
class _Process(Generic[S]):
    name: str
    settings: S
    telemetry: Telemetry
    assemble: Assemble[S]
    authenticate: MakeAuthenticator[S] | None
    clock: Clock = field(default_factory=SystemClock)
    health: Health = field(default_factory=Health)

    async def run(self) -> int:
        """Lives the process's life and returns its exit code."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        try:
            code = await self._run(stop)
        except StopAskedError:
            code = 0
        except Exception as error:
            self.telemetry.log.error("process.failed", exc_info=error)
            code = FAILED
        self.telemetry.log.info("process.stopped", exit_code=code)
        return code

    async def _run(self, stop: asyncio.Event) -> int:
        self.health.register("start", _still_starting)
        async with AsyncExitStack() as connections:
            admin = await self._serve_admin(connections)
            database, bus = await unless_stopped(stop, self._connect(connections))
            async with AsyncExitStack() as stack:
                ground = self._ground(database, bus, stack)
                try:
                    server = await unless_stopped(stop, self._start(ground))
                    self.telemetry.log.info(
                        "process.started", grpc_port=server.port, admin_port=admin.port
                    )
                    code = await _first_of(stop, ground.tasks.failed)
                    await self._drain(ground, server)
                    return code
                finally:
                    await ground.tasks.stop()

    async def _serve_admin(self, stack: AsyncExitStack) -> HttpServer:
        app = admin_app(self.health, self.telemetry.registry)
        server = HttpServer(app, host=self.settings.admin_host, port=self.settings.admin_port)
        await server.start()
        stack.push_async_callback(server.stop, timedelta(seconds=1))
        return server

    async def _connect(self, stack: AsyncExitStack) -> tuple[Database, Bus]:
        """Connects to both at once, so that readiness names all that is missing."""
        settings = self.settings
        application = f"{self.name}/{settings.replica}"

        async def to_database() -> Database:
            database = await connect_patiently(
                "database",
                settings.database_url,
                partial(Database.open, application=application),
                self.health,
                self.telemetry.log,
            )
            stack.push_async_callback(database.close)
            return database

        async def to_bus() -> Bus:
            bus = await connect_patiently(
                "bus",
                settings.nats_url,
                partial(Bus.connect, name=application, telemetry=self.telemetry),
                self.health,
                self.telemetry.log,
            )
            stack.push_async_callback(bus.close)
            return bus

        async with asyncio.TaskGroup() as group:
            database = group.create_task(to_database())
            bus = group.create_task(to_bus())
        return database.result(), bus.result()

    def _ground(self, database: Database, bus: Bus, stack: AsyncExitStack) -> Ground[S]:
        trust = Trust.load(self.settings.trust_file)
        signer = Signer.load(self.settings.identity_key_file, self.name)
        tasks = BackgroundTasks(self.telemetry)
        tasks.spawn(watch_loop(self.telemetry.metrics(LoopMetrics)), "loop watch")
        return Ground(
            settings=self.settings,
            clock=self.clock,
            telemetry=self.telemetry,
            trust=trust,
            signer=signer,
            health=self.health,
            database=database,
            bus=bus,
            stack=stack,
            tasks=tasks,
        )

    async def _start(self, ground: Ground[S]) -> RpcServer:
        authenticate = (
            trust_authenticator(ground.trust, ground.clock)
            if self.authenticate is None
            else self.authenticate(ground)
        )
        server = RpcServer(
            process=self.name,
            host=self.settings.grpc_host,
            port=self.settings.grpc_port,
            authenticate=authenticate,
            telemetry=self.telemetry,
            health=self.health,
        )
        if self.authenticate is None:
            # A process that the outside reaches serves nothing internal.
            server.add(add_ProcessServiceServicer_to_server, ProcessServicer(replica_of(ground)))
        await self.assemble(ground, server)
        self.health.register("start", _started)
        await server.start()
        return server

    async def _drain(self, ground: Ground[S], server: RpcServer) -> None:
        """Says first that it is leaving, then lets calls in hand finish, all within the grace."""
        self.health.draining = True
        grace = timedelta(seconds=self.settings.drain_seconds)
        self.telemetry.log.info("process.draining", grace_seconds=grace.total_seconds())
        await asyncio.gather(server.drain(grace), *(drain(grace) for drain in ground.drains))


def replica_of(ground: Ground[Any]) -> Replica:
    """Describes the process that stands on this ground and starts now."""
    telemetry, now = ground.telemetry, ground.clock.now()
    name = ground.settings.replica
    return Replica(telemetry.process, name, now, ground.health, telemetry.registry)


async def _still_starting() -> str | None:
    return "the process is starting"


async def _started() -> str | None:
    return None


async def _first_of(stop: asyncio.Event, failed: asyncio.Event) -> int:
    """Waits until the process is asked to stop or one of its tasks ended; the exit code of it."""
    waits = [asyncio.create_task(event.wait()) for event in (stop, failed)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    return FAILED if failed.is_set() else 0
