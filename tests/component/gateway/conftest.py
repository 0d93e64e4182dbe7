"""The gateway on a real database and bus, reached through its own ports."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from chassis.bus import Bus
from gateway import bootstrap
from gateway.app import passwords
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.gateway.desk import Desk, running_gateway

# As slow a hash as a real one takes a third of a second of a core, and every test signs in: on a
# busy machine some came to more than a call may take.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
async def desk(
    owner_url: OwnerUrl,
    database: OpenDatabase,
    bus: Bus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Desk]:
    monkeypatch.setattr(passwords, "PasswordHasher", lambda: QUICK)
    first = await asyncio.to_thread(bootstrap.create_first_accounts, owner_url("gateway"))
    async with running_gateway(await database("gateway"), bus, first, tmp_path) as running:
        yield running
