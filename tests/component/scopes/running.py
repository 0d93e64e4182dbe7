"""Roster, presence, dispatch and the gateway, the real ones, in one process on real servers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import httpx
from pydantic import SecretStr

from chassis.access import Authenticator, trust_authenticator
from chassis.bus import Bus
from chassis.clock import SystemClock
from chassis.config import ProcessSettings
from chassis.database import Database
from chassis.ground import BackgroundTasks, Ground
from chassis.health import Health, is_ready
from chassis.identity import PROCESS_GRANTS, Identity, Signer, Trust, create_keys
from chassis.rpc.channel import open_channel
from chassis.rpc.server import RpcServer
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from gateway.api.permissions import list_permissions
from gateway.config import GatewaySettings
from gateway.main import Gateway
from services.dispatch.config import DispatchSettings
from services.dispatch.main import assemble as assemble_dispatch
from services.presence.config import PresenceSettings
from services.presence.main import assemble as assemble_presence
from services.roster.config import RosterSettings
from services.roster.main import assemble as assemble_roster
from tests.support.waiting import eventually

PERMISSIONS = frozenset(list_permissions())
OwnerUrl = Callable[[str], str]
Assemble = Callable[[Any, RpcServer], Awaitable[None]]


@dataclass
class Running:
    """The gateway with all that stands behind it, and whoever speaks to it."""

    http_url: str
    target: str
    signer: Signer
    stack: AsyncExitStack

    def token(self, identity: Identity) -> str:
        return self.signer.sign(identity, SystemClock().now())

    def channel(self, identity: Identity) -> grpc.aio.Channel:
        token = self.token(identity)
        channel = open_channel(self.target, token=lambda: token, telemetry=silent_telemetry())
        self.stack.push_async_callback(channel.close)
        return channel

    def client(self, identity: Identity) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {self.token(identity)}"}
        return httpx.AsyncClient(base_url=self.http_url, headers=headers, timeout=30)

    @property
    def boss(self) -> Identity:
        """Who sees and may do everything."""
        return Identity("accounts/boss", PERMISSIONS, EVERYTHING)


@asynccontextmanager
async def running(owner_url: OwnerUrl, nats_url: str, folder: Path) -> AsyncIterator[Running]:
    create_keys(folder, PROCESS_GRANTS)
    async with AsyncExitStack() as stack:
        start = _Starter(owner_url, nats_url, folder, stack)
        targets: dict[str, str] = {}
        targets["roster_target"] = await start("roster", RosterSettings, assemble_roster, {})
        targets["presence_target"] = await start(
            "presence", PresenceSettings, assemble_presence, targets
        )
        targets["dispatch_target"] = await start(
            "dispatch", DispatchSettings, assemble_dispatch, targets
        )
        gateway = Gateway()
        own = {"grpc_port": 0, "http_port": 0, "web_folder": folder / "web"}
        own |= {"calls_per_second": 1e6, "calls_at_once": 1e6}
        target = await start(
            "gateway", GatewaySettings, gateway.assemble, targets | own, gateway.make_authenticator
        )
        signer = Signer.load(folder / "gateway.key", "gateway")
        yield Running(f"http://127.0.0.1:{gateway.http_port}", target, signer, stack)


class _Starter:
    """Starts processes as `muster run` does, each on a port of its own."""

    def __init__(
        self, owner_url: OwnerUrl, nats_url: str, folder: Path, stack: AsyncExitStack
    ) -> None:
        self._owner_url = owner_url
        self._nats_url = nats_url
        self._folder = folder
        self._stack = stack

    async def __call__(
        self,
        process: str,
        settings: type[ProcessSettings],
        assemble: Assemble,
        values: dict[str, Any],
        make_authenticator: Callable[[Any], Authenticator] | None = None,
    ) -> str:
        ground = await self._ground(process, settings, values)
        authenticate = (
            make_authenticator(ground)
            if make_authenticator
            else trust_authenticator(ground.trust, ground.clock)
        )
        server = RpcServer(
            process=process,
            host="127.0.0.1",
            port=0,
            authenticate=authenticate,
            telemetry=ground.telemetry,
            health=ground.health,
        )
        await assemble(ground, server)
        self._stack.push_async_callback(ground.tasks.stop)
        await server.start()
        self._stack.push_async_callback(server.drain, timedelta(0))

        async def ready() -> bool:
            return is_ready(await ground.health.report())

        await eventually(ready)
        return f"ipv4:127.0.0.1:{server.port}"

    async def _ground(
        self, process: str, kind: type[ProcessSettings], values: dict[str, Any]
    ) -> Ground[Any]:
        url = self._owner_url(process)
        given = values | {
            "database_url": SecretStr(url),
            "nats_url": SecretStr(self._nats_url),
            "trust_file": self._folder / "trust.json",
            "identity_key_file": self._folder / f"{process}.key",
            "replica": f"{process}-1",
        }
        settings = kind(**{name: given[name] for name in kind.model_fields if name in given})
        telemetry = silent_telemetry(process)
        database = await Database.open(url, application=process)
        self._stack.push_async_callback(database.close)
        bus = await Bus.connect(self._nats_url, name=process, telemetry=telemetry)
        self._stack.push_async_callback(bus.close)
        return Ground(
            settings=settings,
            clock=SystemClock(),
            telemetry=telemetry,
            trust=Trust.load(self._folder / "trust.json"),
            signer=Signer.load(self._folder / f"{process}.key", process),
            health=Health(),
            database=database,
            bus=bus,
            stack=self._stack,
            tasks=BackgroundTasks(telemetry),
        )
