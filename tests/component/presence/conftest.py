"""Presence on a real database and a real bus, with a roster of a few agents."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import grpc
import pytest
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub
from muster.roster.v1.roster_service_pb2_grpc import add_RosterServiceServicer_to_server

from chassis.bus import Bus, ensure_stream
from tests.component.conftest import OwnerUrl
from tests.component.presence.replicas import Replica, Replicas, Surroundings
from tests.component.presence.roster import FakeRoster


@pytest.fixture
async def roster(bus: Bus) -> FakeRoster:
    await ensure_stream(bus, "roster")
    return FakeRoster(bus)


@pytest.fixture
async def roster_target(roster: FakeRoster) -> AsyncIterator[str]:
    server = grpc.aio.server()
    add_RosterServiceServicer_to_server(roster, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"ipv4:127.0.0.1:{port}"
    await server.stop(grace=None)


@pytest.fixture
async def replicas(
    owner_url: OwnerUrl, nats_url: str, roster_target: str, tmp_path: Path
) -> AsyncIterator[Replicas]:
    around = Surroundings(owner_url("presence"), nats_url, roster_target, tmp_path / "keys")
    async with AsyncExitStack() as stack:
        yield Replicas(around, stack)


@pytest.fixture
async def replica(replicas: Replicas) -> Replica:
    return await replicas.start()


@pytest.fixture
def reader(replicas: Replicas, replica: Replica) -> TimelineServiceStub:
    """The service of reading, likewise."""
    return replicas.reader(replica)


@pytest.fixture
def presence(replicas: Replicas, replica: Replica) -> PresenceServiceStub:
    """The service as a caller with every permission and every row sees it."""
    return replicas.caller(replica)
