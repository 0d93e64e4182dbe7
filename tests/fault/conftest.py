"""A tree to break. It heals between tests, so that one serves all of a file."""

from collections.abc import AsyncIterator

import pytest

from tests.support.desk import Desk, signed_in
from tests.support.servers import server_folder
from tests.support.tree import Tree, running_tree


@pytest.fixture(scope="module")
async def tree() -> AsyncIterator[Tree]:
    with server_folder() as folder:
        async with running_tree(folder / "centre") as running:
            yield running


@pytest.fixture
async def desk(tree: Tree) -> AsyncIterator[Desk]:
    await tree.healed()
    async with signed_in(tree) as signed:
        yield signed
