"""Dispatch on a real database and a real bus, with a roster of a few agents."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import grpc
import pytest
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from muster.roster.v1.roster_service_pb2_grpc import add_RosterServiceServicer_to_server

from tests.component.conftest import OwnerUrl
from tests.component.dispatch.replicas import Replica, Replicas, Surroundings
from tests.component.dispatch.roster import FakeRoster


@pytest.fixture
async def roster_target() -> AsyncIterator[str]:
    server = grpc.aio.server()
    add_RosterServiceServicer_to_server(FakeRoster(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"ipv4:127.0.0.1:{port}"
    await server.stop(grace=None)


@pytest.fixture
async def replicas(
    owner_url: OwnerUrl, nats_url: str, roster_target: str, tmp_path: Path
) -> AsyncIterator[Replicas]:
    around = Surroundings(owner_url("dispatch"), nats_url, roster_target, tmp_path / "keys")
    async with AsyncExitStack() as stack:
        yield Replicas(around, stack)


@pytest.fixture
async def replica(replicas: Replicas) -> Replica:
    return await replicas.start()


@pytest.fixture
def dispatch(replicas: Replicas, replica: Replica) -> ContactServiceStub:
    """The service as a caller with every permission and every row sees it."""
    return replicas.caller(replica)
