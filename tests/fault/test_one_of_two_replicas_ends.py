"""With two replicas of everything behind the gateway, the end of any of them is hardly noticed."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from tests.support.calls import calling
from tests.support.desk import (
    ANSWERED_WITHIN_SECONDS,
    Desk,
    changes_until,
    cursor_of,
    signed_in,
)
from tests.support.ledger import reporting
from tests.support.repeating import until_taken
from tests.support.servers import server_folder
from tests.support.tree import Tree, running_tree

PROCESSES = ("roster", "presence", "dispatch", "analytics")


@pytest.fixture(scope="module")
async def tree() -> AsyncIterator[Tree]:
    # Calls in hand may take long on a busy machine; they are to finish all the same.
    patience = {"MUSTER_DRAIN_SECONDS": "20"}
    with server_folder() as folder:
        centre = folder / "centre"
        options = ("--replicas", ",".join(f"{process}=2" for process in PROCESSES))
        async with running_tree(centre, *options, environment=patience) as running:
            yield running


@pytest.fixture
async def desk(tree: Tree) -> AsyncIterator[Desk]:
    await tree.healed()
    async with signed_in(tree) as signed:
        yield signed


async def test_nothing_is_lost_and_the_board_goes_on_while_each_is_killed_in_turn(
    tree: Tree, desk: Desk
) -> None:
    agents = ["pair-1", "pair-2"]
    await desk.open_site("pair-town", agents)
    cursor = cursor_of(await desk.whole_heatmap("pair-town"))

    async with desk.push("pair-town", cursor) as frames:
        async with reporting(desk, agents) as states, calling(desk, "pair-town", "pair-1") as calls:
            for number in (1, 2):
                for process in PROCESSES:
                    await asyncio.gather(states.more(10), calls.more(5))
                    await tree.kill(f"{process}-{number}")
                    async with asyncio.timeout(ANSWERED_WITHIN_SECONDS):
                        await until_taken(partial(desk.whole_heatmap, "pair-town"))
                await tree.healed()
        board = await changes_until(frames, (await desk.whole_heatmap("pair-town"))["cursor"])

    assert await states.differences(desk, board) == []
    assert await calls.differences(desk) == []


async def test_what_a_stopping_replica_drops_may_be_repeated(tree: Tree, desk: Desk) -> None:
    agents = [f"drain-{number}" for number in range(4)]
    await desk.open_site("drain-town", agents)

    async with reporting(desk, agents) as ledger:
        await ledger.more(20)
        await tree.terminate("presence-1")
        await ledger.more(40)

    assert [failure for failure in ledger.failures if "BACKEND_UNAVAILABLE" not in failure] == []
    assert await ledger.differences(desk) == []
