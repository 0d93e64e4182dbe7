"""A running gateway with everything that it needs, and those who speak to it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import httpx
from muster.dispatch.v1.contact_service_pb2_grpc import add_ContactServiceServicer_to_server
from muster.presence.v1.events_pb2 import AgentStatesChanged
from muster.presence.v1.policy_service_pb2_grpc import add_PolicyServiceServicer_to_server
from muster.presence.v1.presence_service_pb2_grpc import add_PresenceServiceServicer_to_server
from muster.presence.v1.record_service_pb2_grpc import add_RecordServiceServicer_to_server
from muster.presence.v1.source_service_pb2_grpc import add_SourceServiceServicer_to_server
from muster.presence.v1.timeline_service_pb2_grpc import add_TimelineServiceServicer_to_server
from muster.process.v1.process_service_pb2_grpc import add_ProcessServiceServicer_to_server
from muster.roster.v1.events_pb2 import AgentsChanged
from muster.roster.v1.roster_service_pb2_grpc import add_RosterServiceServicer_to_server
from muster.roster.v1.shift_service_pb2_grpc import add_ShiftServiceServicer_to_server
from prometheus_client import CollectorRegistry, Gauge, Histogram
from pydantic import SecretStr

from chassis.access import trust_authenticator
from chassis.bus import Bus, ensure_stream
from chassis.clock import SystemClock
from chassis.database import Database
from chassis.ground import BackgroundTasks, Ground
from chassis.health import Health
from chassis.identity import PROCESS_GRANTS, Signer, Trust, create_keys
from chassis.rpc.channel import open_channel
from chassis.rpc.process import ProcessServicer, Replica
from chassis.rpc.server import RpcServer
from chassis.telemetry import silent_telemetry
from gateway.config import GatewaySettings
from gateway.main import Gateway
from tests.component.gateway.behind import FakeDispatch, FakePresence, FakeRoster


@dataclass
class Desk:
    """The gateway under test. Backends can be stopped, to see what the gateway makes of it."""

    roster: FakeRoster
    presence: FakePresence
    dispatch: FakeDispatch
    servers: Mapping[str, RpcServer]
    bus: Bus
    keys: Path
    http_url: str
    grpc_target: str
    passwords: Mapping[str, str]
    registry: CollectorRegistry

    def reader_count(self) -> int:
        """How many push streams are open."""
        return int(self.registry.get_sample_value("muster_gateway_push_readers") or 0)

    async def publish(self, link: AgentStatesChanged | AgentsChanged) -> None:
        """Sends what presence or roster committed over the bus as its publisher does."""
        site = link.cursor.site.removeprefix("sites/")
        is_link = isinstance(link, AgentStatesChanged)
        event = "presence.v1.agent_states_changed" if is_link else "roster.v1.agents_changed"
        await self.bus.jetstream.publish(
            f"muster.{event}.{site}",
            link.SerializeToString(),
            headers={"Nats-Msg-Id": f"{site}:{link.cursor.epoch}:{link.cursor.seq}"},
        )

    async def stop(self, name: str) -> None:
        """Stops a service behind the gateway."""
        await self.servers[name].drain(timedelta())

    @asynccontextmanager
    async def http(self, token: str = "") -> AsyncIterator[httpx.AsyncClient]:
        """An HTTP client, signed in if it is given a token."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(
            base_url=self.http_url, headers=headers, verify=False, timeout=30
        ) as client:
            yield client

    @asynccontextmanager
    async def rpc(self, token: str = "") -> AsyncIterator[grpc.aio.Channel]:
        """A gRPC channel as an outsider has it."""
        send = (lambda: token) if token else None
        channel = open_channel(self.grpc_target, token=send, telemetry=silent_telemetry())
        async with channel:
            yield channel

    async def sign_in(self, account: str = "supervisor") -> str:
        """Signs in and returns the token."""
        async with self.http() as client:
            asked = {"account": account, "password": self.passwords[account]}
            answer = await client.post("/v1/sessions", json=asked)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["token"])

    def own_token(self, process: str) -> str:
        """The token of one of our processes."""
        return Signer.load(self.keys / f"{process}.key", process).sign_own(SystemClock().now())


@asynccontextmanager
async def running_gateway(
    database: Database, bus: Bus, passwords: Mapping[str, str], folder: Path, **settings: Any
) -> AsyncIterator[Desk]:
    """A gateway on real ports with fakes behind it, over a real database and bus."""
    create_keys(folder, PROCESS_GRANTS)
    await ensure_stream(bus, "presence")
    await ensure_stream(bus, "roster")
    roster, presence, dispatch = FakeRoster(), FakePresence(), FakeDispatch()
    async with AsyncExitStack() as stack:
        servers = {
            "roster": _server("roster", folder),
            "presence": _server("presence", folder),
            "dispatch": _server("dispatch", folder),
        }
        servers["roster"].add(add_RosterServiceServicer_to_server, roster)
        servers["roster"].add(add_ShiftServiceServicer_to_server, roster)
        servers["presence"].add(add_PresenceServiceServicer_to_server, presence)
        servers["presence"].add(add_TimelineServiceServicer_to_server, presence)
        servers["presence"].add(add_PolicyServiceServicer_to_server, presence)
        servers["presence"].add(add_SourceServiceServicer_to_server, presence)
        servers["presence"].add(add_RecordServiceServicer_to_server, presence)
        servers["presence"].add(add_ProcessServiceServicer_to_server, _process("presence"))
        servers["dispatch"].add(add_ContactServiceServicer_to_server, dispatch)
        for server in servers.values():
            await server.start()
            stack.push_async_callback(server.drain, timedelta())
        ground = _ground(database, bus, folder, servers, stack, settings)
        stack.push_async_callback(ground.tasks.stop)
        gateway = Gateway()
        outside = RpcServer(
            process="gateway",
            host="127.0.0.1",
            port=0,
            authenticate=gateway.make_authenticator(ground),
            telemetry=ground.telemetry,
            health=ground.health,
        )
        await gateway.assemble(ground, outside)
        await outside.start()
        stack.push_async_callback(outside.drain, timedelta())
        yield Desk(
            roster,
            presence,
            dispatch,
            servers,
            bus,
            folder,
            f"http://127.0.0.1:{gateway.http_port}",
            f"ipv4:127.0.0.1:{outside.port}",
            passwords,
            ground.telemetry.registry,
        )


def _ground(
    database: Database,
    bus: Bus,
    folder: Path,
    servers: Mapping[str, RpcServer],
    stack: AsyncExitStack,
    more_settings: Mapping[str, Any],
) -> Ground[GatewaySettings]:
    telemetry = silent_telemetry("gateway")
    settings = GatewaySettings(
        database_url=SecretStr("unused"),
        nats_url=SecretStr("unused"),
        grpc_port=0,
        http_port=0,
        trust_file=folder / "trust.json",
        identity_key_file=folder / "gateway.key",
        roster_target=f"ipv4:127.0.0.1:{servers['roster'].port}",
        presence_target=f"ipv4:127.0.0.1:{servers['presence'].port}",
        dispatch_target=f"ipv4:127.0.0.1:{servers['dispatch'].port}",
        web_folder=folder / "web",
        **more_settings,
    )
    return Ground(
        settings=settings,
        clock=SystemClock(),
        telemetry=telemetry,
        trust=Trust.load(folder / "trust.json"),
        signer=Signer.load(folder / "gateway.key", "gateway"),
        health=Health(),
        database=database,
        bus=bus,
        stack=stack,
        tasks=BackgroundTasks(telemetry),
    )


def _process(name: str) -> ProcessServicer:
    registry = CollectorRegistry()
    Gauge("muster_bus_outbox_pending_messages", "Waits.", registry=registry).set(3)
    Histogram("muster_presence_commit_seconds", "Time.", registry=registry).observe(0.02)
    health = Health()
    return ProcessServicer(Replica(name, f"{name}-1", SystemClock().now(), health, registry))


def _server(name: str, folder: Path) -> RpcServer:
    clock = SystemClock()
    return RpcServer(
        process=name,
        host="127.0.0.1",
        port=0,
        authenticate=trust_authenticator(Trust.load(folder / "trust.json"), clock),
        telemetry=silent_telemetry(name),
        health=Health(),
    )


def events_of(answer: httpx.Response) -> AsyncIterator[tuple[str, str, Any]]:
    """The events of a push stream: kind, id, data as text."""

    async def read() -> AsyncIterator[tuple[str, str, Any]]:
        fields: dict[str, str] = {}
        async for line in answer.aiter_lines():
            name, colon, value = line.partition(": ")
            if colon:
                fields[name] = value
            elif "event" in fields:
                yield fields["event"], fields.get("id", ""), fields["data"]
                fields = {}

    return read()
