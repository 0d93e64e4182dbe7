"""A stream that is deleted while the system runs costs delay, not data."""

import nats

from chassis.embedded import nats_url
from tests.support.desk import Desk, changes_until, cursor_of
from tests.support.ledger import reporting
from tests.support.tree import Tree

STREAM = "MUSTER_PRESENCE"


async def test_an_open_board_misses_no_change_when_the_stream_is_deleted(
    tree: Tree, desk: Desk
) -> None:
    agents = ["stream-1", "stream-2"]
    await desk.open_site("stream-town", agents)
    cursor = cursor_of(await desk.whole_heatmap("stream-town"))

    async with desk.push("stream-town", cursor) as frames:
        async with reporting(desk, agents) as ledger:
            await ledger.more(20)
            await delete_stream(tree)
            await ledger.more(20)
        board = await changes_until(frames, (await desk.whole_heatmap("stream-town"))["cursor"])

    assert await ledger.differences(desk, board) == []


async def delete_stream(tree: Tree) -> None:
    port = int(tree.child("nats").addresses["nats"].rpartition(":")[2])
    connection = await nats.connect(nats_url(port, tree.secrets()["nats"]))
    try:
        assert await connection.jetstream().delete_stream(STREAM)
    finally:
        await connection.close()
