"""PostgreSQL and NATS for component tests: one server of each a worker, new contents a test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from chassis.bus import Bus, connection
from chassis.database import Database, pool
from chassis.rpc import channel
from chassis.telemetry import silent_telemetry
from tests.support.nats import NatsServer, running_nats
from tests.support.postgres import Cluster, running_cluster

OwnerUrl = Callable[[str], str]
OpenDatabase = Callable[[str], Awaitable[Database]]

_STANDSTILL = timedelta(minutes=1)
"""How long a machine that is busy with others may stand still without failing a test."""


@pytest.fixture(scope="session", autouse=True)
def _patient_processes() -> Iterator[None]:
    """What a process gives up after five seconds, as somebody waits for it, may take longer here;
    a test of these bounds sets them itself.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(channel, "CALL_LIMIT", _STANDSTILL)
        patch.setattr(connection, "_CONNECT_SECONDS", _STANDSTILL.total_seconds())
        patch.setattr(pool, "_OPEN_SECONDS", _STANDSTILL.total_seconds())
        patch.setattr(pool, "_WAIT_SECONDS", _STANDSTILL.total_seconds())
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def nats_server() -> Iterator[NatsServer]:
    with running_nats() as running:
        yield running


@pytest.fixture
def admin_url(cluster: Cluster) -> Iterator[str]:
    """The superuser's URL of a database that does not exist yet."""
    url = cluster.new_database()
    yield url
    cluster.drop(url)


@pytest.fixture
def owner_url(cluster: Cluster) -> Iterator[OwnerUrl]:
    """Gives the URL of the test's own database of an owner, with its migrations applied."""
    urls: dict[str, str] = {}

    def url_of(owner: str) -> str:
        if owner not in urls:
            urls[owner] = cluster.clone(owner)
        return urls[owner]

    yield url_of
    for url in urls.values():
        cluster.drop(url)


@pytest.fixture
async def database(owner_url: OwnerUrl) -> AsyncIterator[OpenDatabase]:
    """Opens the test's own database of an owner; it is closed at the end of the test."""
    async with AsyncExitStack() as stack:

        async def open_database(owner: str) -> Database:
            opened = await Database.open(owner_url(owner), application="test")
            stack.push_async_callback(opened.close)
            return opened

        yield open_database


@pytest.fixture
def order_url(cluster: Cluster) -> Iterator[str]:
    """The URL of a database whose owner has the tables of order and positions alone."""
    url = cluster.clone_order()
    yield url
    cluster.drop(url)


@pytest.fixture
async def order(order_url: str) -> AsyncIterator[Database]:
    """That database, open."""
    opened = await Database.open(order_url, application="test")
    yield opened
    await opened.close()


@pytest.fixture
async def nats_url(nats_server: NatsServer) -> str:
    """The URL of a NATS server without streams."""
    await nats_server.clear()
    return nats_server.url


@pytest.fixture
async def bus(nats_url: str) -> AsyncIterator[Bus]:
    connected = await Bus.connect(nats_url, name="test", telemetry=silent_telemetry())
    yield connected
    await connected.close()
