"""With two replicas of presence, the end of one is hardly noticed."""

from collections.abc import AsyncIterator

import pytest

from tests.support.desk import Desk, count_changes, cursor_of, signed_in
from tests.support.ledger import reporting
from tests.support.servers import server_folder
from tests.support.tree import Tree, running_tree


@pytest.fixture(scope="module")
async def tree() -> AsyncIterator[Tree]:
    # Calls in hand may take long on a busy machine; they are to finish all the same.
    patience = {"MUSTER_DRAIN_SECONDS": "20"}
    with server_folder() as folder:
        centre = folder / "centre"
        options = ("--replicas", "presence=2")
        async with running_tree(centre, *options, environment=patience) as running:
            yield running


@pytest.fixture
async def desk(tree: Tree) -> AsyncIterator[Desk]:
    await tree.healed()
    async with signed_in(tree) as signed:
        yield signed


async def test_the_board_gets_every_change_although_the_publishing_replica_was_killed(
    tree: Tree, desk: Desk
) -> None:
    agents = ["pair-1", "pair-2"]
    await desk.open_site("pair-town", agents)
    cursor = cursor_of(await desk.heatmap("pair-town"))

    async with desk.push("pair-town", cursor) as frames:
        # Either may hold the site's claim: both are killed, one after the other.
        async with reporting(desk, agents) as ledger:
            for replica in ("presence-1", "presence-2"):
                await ledger.more(20)
                await tree.kill(replica)
                await ledger.more(20)
                await tree.healed()
        changes = await count_changes(frames, (await desk.heatmap("pair-town"))["cursor"])

    assert await ledger.differences(desk) == []
    assert changes >= ledger.count


async def test_what_a_stopping_replica_drops_may_be_repeated(tree: Tree, desk: Desk) -> None:
    agents = [f"drain-{number}" for number in range(4)]
    await desk.open_site("drain-town", agents)

    async with reporting(desk, agents) as ledger:
        await ledger.more(20)
        await tree.terminate("presence-1")
        await ledger.more(40)

    assert [failure for failure in ledger.failures if "BACKEND_UNAVAILABLE" not in failure] == []
    assert await ledger.differences(desk) == []
