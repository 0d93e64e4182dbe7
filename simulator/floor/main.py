"""The process behind `muster floor`."""

import asyncio
import contextlib
import signal
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.clock import SystemClock
from chassis.config import PREFIX, explain_settings_error, setting
from chassis.identity import Signer
from chassis.rpc.channel import open_channel
from chassis.telemetry import configure_telemetry
from simulator.floor.gateway import GrpcFloorGateway
from simulator.floor.people import crew_of
from simulator.floor.player import Player
from simulator.twin.people import workers_of
from simulator.twin.setting import THREE_ZONES, Setting
from simulator.twin.twin import Twin


class FloorSettings(BaseSettings):
    """What the floor is told."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    gateway_target: str = setting("The gRPC target of the gateway.", default="127.0.0.1:8081")
    identity_key_file: Path = setting("The private key with which the floor signs its tokens.")
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
    async with channel:
        world = Setting(THREE_ZONES, agent_count=settings.floor_agents)
        gateway = GrpcFloorGateway(channel, world.places, crew_of(workers_of(world)), telemetry)
        player = Player(
            gateway, partial(Twin, world), settings.floor_history_days, clock, telemetry
        )
        playing = asyncio.create_task(player.run())
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, playing.cancel)
        telemetry.log.info("floor.started", gateway=settings.gateway_target)
        with contextlib.suppress(asyncio.CancelledError):
            await playing
        telemetry.log.info("floor.stopped")
