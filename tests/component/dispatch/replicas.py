"""Dispatch as it runs: its own assembly on a real database and a real bus."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from pydantic import SecretStr

from chassis.access import trust_authenticator
from chassis.bus import Bus
from chassis.clock import Clock, SystemClock
from chassis.database import Database
from chassis.ground import BackgroundTasks, Ground
from chassis.health import Health, is_ready
from chassis.identity import PROCESS_GRANTS, Identity, Signer, Trust, create_keys
from chassis.rpc.channel import open_channel
from chassis.rpc.server import RpcServer
from chassis.scope import EVERYTHING, Scope
from chassis.telemetry import Telemetry, silent_telemetry
from services.dispatch.config import DispatchSettings
from services.dispatch.main import assemble
from tests.support.waiting import eventually

PERMISSIONS = frozenset(
    {
        "dispatch.contacts.report",
        "dispatch.contacts.read",
        "dispatch.customers.read",
        "dispatch.recordings.read",
        "dispatch.queues.write",
        "dispatch.figures.read",
        "dispatch.changes.replay",
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

    async def start(self, *, clock: Clock | None = None, **settings: object) -> Replica:
        """Starts a replica and returns when it is ready. Callers' tokens go by the real clock."""
        self._count += 1
        ground = await self._ground(self._settings(f"r{self._count}", settings), clock)
        server = RpcServer(
            process="dispatch",
            host="127.0.0.1",
            port=0,
            authenticate=trust_authenticator(ground.trust, SystemClock()),
            telemetry=ground.telemetry,
            health=ground.health,
        )
        await assemble(ground, server)
        self._stack.push_async_callback(ground.tasks.stop)
        await server.start()
        self._stack.push_async_callback(self._drain, ground, server)

        async def ready() -> bool:
            return is_ready(await ground.health.report())

        await eventually(ready)
        return Replica(server.port, ground.telemetry)

    def caller(
        self, replica: Replica, *, scope: Scope = EVERYTHING, subject: str = "accounts/sue"
    ) -> ContactServiceStub:
        """The service as somebody with all permissions and the given scope sees it."""
        return self.stub(replica, Identity(subject, PERMISSIONS, scope))

    def stub(self, replica: Replica, identity: Identity) -> ContactServiceStub:
        """The service as whomever the test likes sees it."""
        token = self._signer.sign(identity, SystemClock().now())
        channel = open_channel(
            f"ipv4:127.0.0.1:{replica.port}", token=lambda: token, telemetry=silent_telemetry()
        )
        self._stack.push_async_callback(channel.close)
        return ContactServiceStub(channel)

    async def _drain(self, ground: Ground[DispatchSettings], server: RpcServer) -> None:
        for drain in ground.drains:
            await drain(timedelta(0))
        await server.drain(timedelta(seconds=5))

    def _settings(self, replica: str, settings: dict[str, object]) -> DispatchSettings:
        around = self._surroundings
        fixed = {
            "database_url": SecretStr(around.database_url),
            "nats_url": SecretStr(around.nats_url),
            "roster_target": around.roster_target,
            "trust_file": around.keys / "trust.json",
            "identity_key_file": around.keys / "dispatch.key",
            "replica": replica,
        }
        return DispatchSettings(**(fixed | settings))  # type: ignore[arg-type]  # by name

    async def _ground(
        self, settings: DispatchSettings, clock: Clock | None
    ) -> Ground[DispatchSettings]:
        telemetry = silent_telemetry("dispatch")
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
            clock=clock or SystemClock(),
            telemetry=telemetry,
            trust=Trust.load(settings.trust_file),
            signer=Signer.load(settings.identity_key_file, "dispatch"),
            health=Health(),
            database=database,
            bus=bus,
            stack=self._stack,
            tasks=BackgroundTasks(telemetry),
        )
