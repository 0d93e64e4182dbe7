"""The process `roster` with a real database and bus, reached through its own gRPC port."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import grpc.aio
import pytest
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub
from pydantic import SecretStr

from chassis.access import trust_authenticator
from chassis.bus import Bus
from chassis.clock import SystemClock
from chassis.ground import BackgroundTasks, Ground
from chassis.health import Health
from chassis.identity import Grant, Identity, Signer, Trust, create_keys
from chassis.rpc.channel import open_channel
from chassis.rpc.server import RpcServer
from chassis.scope import Scope
from chassis.telemetry import silent_telemetry
from services.roster.config import RosterSettings
from services.roster.main import assemble
from tests.component.conftest import OpenDatabase

PERMISSIONS = frozenset(
    {
        "roster.people.read",
        "roster.people.write",
        "roster.leads.write",
        "roster.agents.copy",
        "roster.shifts.read",
        "roster.shifts.write",
    }
)


@dataclass(frozen=True)
class Running:
    """The process: where it listens, and tokens of callers with a scope."""

    target: str
    token_of: Callable[..., str]


ChannelAs = Callable[..., grpc.aio.Channel]
As = Callable[[Scope], RosterServiceStub]
ShiftsAs = Callable[..., ShiftServiceStub]


@pytest.fixture
async def running(
    database: OpenDatabase, bus: Bus, nats_url: str, tmp_path: Path
) -> AsyncIterator[Running]:
    """The running process."""
    keys = tmp_path / "keys"
    create_keys(keys, {"roster": Grant(frozenset()), "gateway": Grant(frozenset(), vouches=True)})
    telemetry, clock, health = silent_telemetry("roster"), SystemClock(), Health()
    trust = Trust.load(keys / "trust.json")
    tasks = BackgroundTasks(telemetry)
    settings = RosterSettings(
        database_url=SecretStr("unused"),
        nats_url=SecretStr(nats_url),
        trust_file=keys / "trust.json",
        identity_key_file=keys / "roster.key",
        replica="roster-test",
    )
    async with AsyncExitStack() as stack:
        ground = Ground(
            settings=settings,
            clock=clock,
            telemetry=telemetry,
            trust=trust,
            signer=Signer.load(keys / "roster.key", "roster"),
            health=health,
            database=await database("roster"),
            bus=bus,
            stack=stack,
            tasks=tasks,
        )
        server = RpcServer(
            process="roster",
            host="127.0.0.1",
            port=0,
            authenticate=trust_authenticator(trust, clock),
            telemetry=telemetry,
            health=health,
        )
        await assemble(ground, server)
        await server.start()
        stack.push_async_callback(tasks.stop)
        stack.push_async_callback(server.drain, timedelta(0))
        signer = Signer.load(keys / "gateway.key", "gateway")

        def token_of(scope: Scope, history: Scope | None = None) -> str:
            identity = Identity("accounts/test", PERMISSIONS, scope, history)
            return signer.sign(identity, clock.now())

        yield Running(f"ipv4:127.0.0.1:{server.port}", token_of)


@pytest.fixture
async def channel_as(running: Running) -> AsyncIterator[ChannelAs]:
    """Gives channels to the running process for callers with a scope."""
    async with AsyncExitStack() as stack:

        def open_as(scope: Scope, history: Scope | None = None) -> grpc.aio.Channel:
            token = running.token_of(scope, history)
            telemetry = silent_telemetry("roster")
            channel = open_channel(running.target, token=lambda: token, telemetry=telemetry)
            stack.push_async_callback(_close, channel)
            return channel

        yield open_as


@pytest.fixture
def roster_as(channel_as: ChannelAs) -> As:
    """Gives stubs of people for callers with a scope."""
    return lambda scope: RosterServiceStub(channel_as(scope))


@pytest.fixture
def shifts_as(channel_as: ChannelAs) -> ShiftsAs:
    """Gives stubs of shifts for callers with a scope."""
    return lambda scope, history=None: ShiftServiceStub(channel_as(scope, history))


@pytest.fixture
def shifts(shifts_as: ShiftsAs) -> ShiftServiceStub:
    """A stub of shifts for a caller who sees everything."""
    return shifts_as(Scope(sites=None))


@pytest.fixture
def roster(roster_as: As) -> RosterServiceStub:
    """A stub for a caller who sees everything."""
    return roster_as(Scope(sites=None))


async def _close(channel: grpc.aio.Channel) -> None:
    await channel.close()
