"""Presence as it runs: its own assembly on a real database and a real bus."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import grpc
from muster.presence.v1.policy_service_pb2_grpc import PolicyServiceStub
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.record_service_pb2_grpc import RecordServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub
from pydantic import SecretStr

from chassis.access import trust_authenticator
from chassis.bus import Bus
from chassis.clock import SystemClock
from chassis.database import Database
from chassis.ground import BackgroundTasks, Ground
from chassis.health import Health, is_ready
from chassis.identity import PROCESS_GRANTS, Identity, Signer, Trust, create_keys
from chassis.rpc.channel import open_channel
from chassis.rpc.server import RpcServer
from chassis.scope import EVERYTHING, Scope
from chassis.telemetry import Telemetry, silent_telemetry
from services.presence.config import PresenceSettings
from services.presence.main import assemble
from tests.support.waiting import eventually

PERMISSIONS = frozenset(
    {
        "presence.states.report",
        "presence.wrap_up.extend",
        "presence.states.amend",
        "presence.sources.read",
        "presence.policy.read",
        "presence.policy.write",
        "presence.log.read",
        "presence.reasons.read",
        "presence.states.read",
        "presence.timelines.read",
        "presence.changes.replay",
        "presence.receipts.read",
        "presence.chain.read",
        "presence.people.erase",
    }
)


@dataclass(frozen=True)
class Surroundings:
    """What every replica of a test shares."""

    database_url: str
    nats_url: str
    roster_target: str
    keys: Path


@dataclass(frozen=True)
class Replica:
    """One running replica."""

    port: int
    telemetry: Telemetry


class Replicas:
    """Starts replicas and makes callers of them; all end with the test."""

    def __init__(self, surroundings: Surroundings, stack: AsyncExitStack) -> None:
        create_keys(surroundings.keys, PROCESS_GRANTS)
        self._signer = Signer.load(surroundings.keys / "gateway.key", "gateway")
        self._surroundings = surroundings
        self._stack = stack
        self._count = 0

    @asynccontextmanager
    async def apart(self) -> AsyncIterator["Replicas"]:
        """Starts replicas that end before the test does."""
        async with AsyncExitStack() as stack:
            yield Replicas(self._surroundings, stack)

    async def start(self, **settings: object) -> Replica:
        """Starts a replica and returns when it is ready."""
        self._count += 1
        ground = await self._ground(self._settings(f"r{self._count}", settings))
        server = RpcServer(
            process="presence",
            host="127.0.0.1",
            port=0,
            authenticate=trust_authenticator(ground.trust, ground.clock),
            telemetry=ground.telemetry,
            health=ground.health,
        )
        await assemble(ground, server)
        self._stack.push_async_callback(ground.tasks.stop)
        await server.start()
        self._stack.push_async_callback(server.drain, timedelta(seconds=5))

        async def ready() -> bool:
            return is_ready(await ground.health.report())

        await eventually(ready)
        return Replica(server.port, ground.telemetry)

    def channel(self, replica: Replica, identity: Identity) -> grpc.aio.Channel:
        """A channel of whomever the test likes."""
        return self._open(replica, self._signer.sign(identity, SystemClock().now()))

    def caller(
        self, replica: Replica, *, scope: Scope = EVERYTHING, subject: str = "accounts/ana"
    ) -> PresenceServiceStub:
        """The service as somebody with all permissions and the given scope sees it."""
        return PresenceServiceStub(self._channel(replica, scope, subject))

    def source(
        self, replica: Replica, *, scope: Scope = EVERYTHING, subject: str = "accounts/ana"
    ) -> SourceServiceStub:
        """The service of sources, likewise."""
        return SourceServiceStub(self._channel(replica, scope, subject))

    def reader(
        self, replica: Replica, *, scope: Scope = EVERYTHING, subject: str = "accounts/ana"
    ) -> TimelineServiceStub:
        """The service of reading, likewise."""
        return TimelineServiceStub(self._channel(replica, scope, subject))

    def record(
        self, replica: Replica, *, scope: Scope = EVERYTHING, subject: str = "accounts/ana"
    ) -> RecordServiceStub:
        """The service of the record, likewise."""
        return RecordServiceStub(self._channel(replica, scope, subject))

    def policies(
        self, replica: Replica, *, scope: Scope = EVERYTHING, subject: str = "accounts/ana"
    ) -> PolicyServiceStub:
        """The service of policies, likewise."""
        return PolicyServiceStub(self._channel(replica, scope, subject))

    def token(self, scope: Scope = EVERYTHING, subject: str = "accounts/ana") -> str:
        """The token of somebody with all permissions and the given scope."""
        return self._signer.sign(Identity(subject, PERMISSIONS, scope), SystemClock().now())

    def _channel(self, replica: Replica, scope: Scope, subject: str) -> grpc.aio.Channel:
        return self._open(replica, self.token(scope, subject))

    def _open(self, replica: Replica, token: str) -> grpc.aio.Channel:
        channel = open_channel(
            f"ipv4:127.0.0.1:{replica.port}", token=lambda: token, telemetry=silent_telemetry()
        )
        self._stack.push_async_callback(channel.close)
        return channel

    def _settings(self, replica: str, settings: dict[str, object]) -> PresenceSettings:
        around = self._surroundings
        fixed = {
            "database_url": SecretStr(around.database_url),
            "nats_url": SecretStr(around.nats_url),
            "roster_target": around.roster_target,
            "trust_file": around.keys / "trust.json",
            "identity_key_file": around.keys / "presence.key",
            "replica": replica,
        }
        return PresenceSettings(**(fixed | settings))  # type: ignore[arg-type]  # by name

    async def _ground(self, settings: PresenceSettings) -> Ground[PresenceSettings]:
        telemetry = silent_telemetry("presence")
        database = await Database.open(
            settings.database_url.get_secret_value(), application=settings.replica
        )
        self._stack.push_async_callback(database.close)
        bus = await Bus.connect(
            settings.nats_url.get_secret_value(), name=settings.replica, telemetry=telemetry
        )
        self._stack.push_async_callback(bus.close)
        return Ground(
            settings=settings,
            clock=SystemClock(),
            telemetry=telemetry,
            trust=Trust.load(settings.trust_file),
            signer=Signer.load(settings.identity_key_file, "presence"),
            health=Health(),
            database=database,
            bus=bus,
            stack=self._stack,
            tasks=BackgroundTasks(telemetry),
        )
