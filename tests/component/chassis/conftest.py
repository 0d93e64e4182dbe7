"""A server with the roster's methods, answered by whatever the test gives."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import grpc
import pytest
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import (
    RosterServiceServicer,
    RosterServiceStub,
    add_RosterServiceServicer_to_server,
)
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.access import trust_authenticator
from chassis.clock import SystemClock
from chassis.health import Health
from chassis.identity import Grant, Identity, Signer, Trust, create_keys
from chassis.rpc.channel import open_channel
from chassis.rpc.server import RpcServer
from chassis.scope import Scope
from chassis.telemetry import Telemetry, silent_telemetry

Answer = Callable[[Any], Awaitable[Any]]
StreamAnswer = Callable[[Any], AsyncIterator[Any]]

READER = Identity("accounts/ana", frozenset({"roster.people.read"}), Scope(frozenset({"sites/x"})))
COPIER = Identity("accounts/copier", frozenset({"roster.agents.copy"}), Scope(sites=None))
NOBODY = Identity("accounts/nobody", frozenset(), Scope(sites=None))


GRANTS = {"gateway": Grant(frozenset(), vouches=True)}


class Signers:
    """Signs tokens that the servers of the test trust."""

    def __init__(self, folder: Path, grants: Mapping[str, Grant] = GRANTS) -> None:
        create_keys(folder, grants)
        self.trust = Trust.load(folder / "trust.json")
        self._signer = Signer.load(folder / "gateway.key", "gateway")

    def token(self, identity: Identity) -> str:
        return self._signer.sign(identity, SystemClock().now())


class ScriptedRoster(RosterServiceServicer):
    """Answers ListSites and CopyAgents by the functions that the test sets."""

    def __init__(self) -> None:
        self.list_sites: Answer = _no_sites
        self.copy_agents: StreamAnswer = _no_agents
        self.connections: set[str] = set()

    async def ListSites(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        self.connections.add(context.peer())
        return await self.list_sites(request)

    async def CopyAgents(self, request: Any, context: Any) -> AsyncIterator[Any]:  # noqa: N802 - as on the wire
        async for part in self.copy_agents(request):
            yield part


async def _no_sites(_request: Any) -> Any:
    return wire.ListSitesResponse()


async def _no_agents(_request: Any) -> AsyncIterator[Any]:
    yield wire.CopyAgentsResponse()


@dataclass
class Place:
    """A server that runs, with all that it tells."""

    server: RpcServer
    roster: ScriptedRoster
    health: Health
    telemetry: Telemetry
    log: StringIO = field(default_factory=StringIO)
    spans: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)

    @property
    def target(self) -> str:
        return f"ipv4:127.0.0.1:{self.server.port}"


class Places:
    """Starts servers and opens channels; all of them end with the test."""

    def __init__(self, signers: Signers, stack: AsyncExitStack) -> None:
        self._signers = signers
        self.stack = stack
        self.caller = silent_telemetry("caller")

    def build(self, **options: Any) -> Place:
        log, spans, health = StringIO(), InMemorySpanExporter(), Health()
        telemetry = silent_telemetry("roster", stream=log, spans=spans)
        server = RpcServer(
            process="roster",
            host="127.0.0.1",
            port=0,
            authenticate=trust_authenticator(self._signers.trust, SystemClock()),
            telemetry=telemetry,
            health=health,
            **options,
        )
        roster = ScriptedRoster()
        server.add(add_RosterServiceServicer_to_server, roster)
        self.stack.push_async_callback(server.drain, timedelta(0))
        return Place(server, roster, health, telemetry, log, spans)

    async def start(self, **options: Any) -> Place:
        place = self.build(**options)
        await place.server.start()
        return place

    def token(self, identity: Identity) -> str:
        return self._signers.token(identity)

    def channel(self, target: str, identity: Identity | None = READER) -> grpc.aio.Channel:
        token = None if identity is None else self.token(identity)
        opened = open_channel(
            target, token=None if token is None else lambda: token, telemetry=self.caller
        )
        self.stack.push_async_callback(opened.close)
        return opened

    def stub(self, target: str, identity: Identity | None = READER) -> RosterServiceStub:
        return RosterServiceStub(self.channel(target, identity))


@pytest.fixture
def signers(tmp_path: Path) -> Signers:
    return Signers(tmp_path / "keys")


@pytest.fixture
async def places(signers: Signers) -> AsyncIterator[Places]:
    async with AsyncExitStack() as stack:
        yield Places(signers, stack)
