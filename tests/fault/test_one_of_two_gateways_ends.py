"""With two gateways, the end of one costs a new connection: the session is good at the other, where
reports go on and the board resumes from where it stood.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import httpx

from tests.support.desk import Change, Desk, Frame, changes_until, cursor_of, told_changes
from tests.support.gateways import at_any_of, second_gateway
from tests.support.ledger import reporting
from tests.support.tree import Tree


async def test_reports_and_a_board_go_on_at_the_other_gateway(tree: Tree, desk: Desk) -> None:
    agents = ["door-1", "door-2"]
    await desk.open_site("door-town", agents)
    cursor = cursor_of(await desk.whole_heatmap("door-town"))

    async with (
        second_gateway(tree) as second,
        at_any_of([second.http_url, tree.http_url], desk.token) as visitor,
    ):
        async with visitor.push("door-town", cursor) as frames:
            reading = asyncio.create_task(read_until_cut(frames, cursor))
            async with reporting(visitor, agents) as ledger:
                await ledger.more(20)
                await second.kill()
                board, cursor = await reading
                await ledger.more(20)
        async with visitor.push("door-town", cursor) as frames:
            board += await changes_until(frames, (await desk.whole_heatmap("door-town"))["cursor"])

    assert await ledger.differences(desk, board) == []


async def read_until_cut(frames: AsyncIterator[Frame], cursor: str) -> tuple[Counter[Change], str]:
    """Returns what was told until the stream broke off, and the place after it."""
    board: Counter[Change] = Counter()
    try:
        async for frame in frames:
            board += told_changes(frame)
            if frame.event == "states":
                cursor = cursor_of(frame.changes)
    except httpx.TransportError:
        return board, cursor
    raise AssertionError("the stream ended in peace")
