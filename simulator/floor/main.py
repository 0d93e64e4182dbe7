"""The process behind `muster floor`."""

import asyncio
import contextlib
import signal
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from muster.floor.v1.floor_service_pb2_grpc import add_FloorServiceServicer_to_server
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.access import trust_authenticator
from chassis.clock import SystemClock
from chassis.config import PREFIX, explain_settings_error, setting
from chassis.health import Health
from chassis.identity import Signer, Trust
from chassis.rpc.channel import open_channel
from chassis.rpc.server import RpcServer
from chassis.telemetry import Telemetry, configure_telemetry
from simulator.floor.controls import Controls
from simulator.floor.gateway import GrpcFloorGateway
from simulator.floor.incidents import Incidents
from simulator.floor.outages import Outages
from simulator.floor.people import crew_of
from simulator.floor.player import Player
from simulator.floor.rpc import FloorServicer
from simulator.floor.sources import Sources
from simulator.twin.people import workers_of
from simulator.twin.setting import THREE_ZONES, Setting
from simulator.twin.twin import Twin

_DRAIN = timedelta(seconds=1)


class FloorSettings(BaseSettings):
    """What the floor is told."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    gateway_target: str = setting("The gRPC target of the gateway.", default="127.0.0.1:8081")
    identity_key_file: Path = setting("The private key with which the floor signs its tokens.")
    trust_file: Path = setting("The file that names the public keys of all processes.")
    grpc_host: str = setting(
        "The address on which the gateway reaches the floor's controls.", default="127.0.0.1"
    )
    grpc_port: int = setting("The port of those; 0 takes any free one.", default=0)
    floor_agents: Annotated[int, Field(ge=20, le=100_000)] = setting(
        "How many agents the floor has, over all its sites, 20 to 100000.", default=200
    )
    floor_history_days: Annotated[int, Field(ge=0, le=30)] = setting(
        "How many days before its first start the floor imports, 0 to 30.", unit="days", default=7
    )
    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "The least important log lines that are written.", default="info"
    )
    otlp_endpoint: str = setting(
        "The OTLP/gRPC endpoint that takes traces; empty sends none.", default=""
    )


def run() -> None:
    """Plays the floor until SIGTERM or SIGINT."""
    try:
        settings = FloorSettings()
    except ValidationError as error:
        raise SystemExit(f"floor: {explain_settings_error(error)}") from None
    asyncio.run(_play(settings))


async def _play(settings: FloorSettings) -> None:
    telemetry = configure_telemetry(
        "floor", log_level=settings.log_level, otlp_endpoint=settings.otlp_endpoint
    )
    clock = SystemClock()
    signer = Signer.load(settings.identity_key_file, "floor")
    channel = open_channel(
        settings.gateway_target, token=lambda: signer.sign_own(clock.now()), telemetry=telemetry
    )
    world = Setting(THREE_ZONES, agent_count=settings.floor_agents)
    workers = workers_of(world)
    sources, incidents = Sources(workers), Incidents()
    gateway = GrpcFloorGateway(channel, world.places, crew_of(workers), sources, telemetry)
    outages = Outages(sources, incidents)
    player = Player(
        gateway, partial(Twin, world), settings.floor_history_days, outages, clock, telemetry
    )
    controls = Controls(lambda: player.twin, workers, sources, incidents, clock)
    async with channel:
        server = await _serve(settings, FloorServicer(controls), telemetry)
        playing = asyncio.create_task(player.run())
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, playing.cancel)
        telemetry.log.info("floor.started", gateway=settings.gateway_target, grpc_port=server.port)
        try:
            # Cancelled by a signal.
            with contextlib.suppress(asyncio.CancelledError):
                await playing
        finally:
            await server.drain(_DRAIN)
        telemetry.log.info("floor.stopped")


async def _serve(
    settings: FloorSettings, servicer: FloorServicer, telemetry: Telemetry
) -> RpcServer:
    """Serves the controls to whoever the gateway vouches for."""
    server = RpcServer(
        process="floor",
        host=settings.grpc_host,
        port=settings.grpc_port,
        authenticate=trust_authenticator(Trust.load(settings.trust_file), SystemClock()),
        telemetry=telemetry,
        health=Health(),
    )
    server.add(add_FloorServiceServicer_to_server, servicer)
    await server.start()
    return server
