"""One tree for all system tests, with a receiver of its traces."""

from collections.abc import AsyncIterator

import pytest

from tests.support.desk import Desk, signed_in
from tests.support.otlp import Receiver, running_receiver
from tests.support.servers import server_folder
from tests.support.tree import Tree, running_tree


@pytest.fixture(scope="session")
async def traces() -> AsyncIterator[Receiver]:
    async with running_receiver() as receiver:
        yield receiver


@pytest.fixture(scope="session")
async def tree(traces: Receiver) -> AsyncIterator[Tree]:
    environment = {"MUSTER_OTLP_ENDPOINT": traces.endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
    with server_folder() as parent:
        # A space in the name, as people have them.
        folder = parent / "a contact centre"
        replicas = ("--replicas", "presence=2")
        async with running_tree(folder, *replicas, environment=environment) as running:
            yield running


@pytest.fixture
async def supervisor(tree: Tree) -> AsyncIterator[Desk]:
    async with signed_in(tree) as desk:
        yield desk
