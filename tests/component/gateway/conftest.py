"""The gateway on a real database and bus, reached through its own ports."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chassis.bus import Bus
from gateway.bootstrap import create_first_accounts
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.gateway.desk import Desk, running_gateway


@pytest.fixture
async def desk(
    owner_url: OwnerUrl, database: OpenDatabase, bus: Bus, tmp_path: Path
) -> AsyncIterator[Desk]:
    passwords = await asyncio.to_thread(create_first_accounts, owner_url("gateway"))
    async with running_gateway(await database("gateway"), bus, passwords, tmp_path) as running:
        yield running
