from collections.abc import AsyncIterator

import httpx
import pytest

from tests.unit.gateway.rest.rules import Backend, calling


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
async def client(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(backend) as opened:
        yield opened
