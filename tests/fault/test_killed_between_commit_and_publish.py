"""Presence dies after it has committed a change and before it could publish it.

The bus hangs, so the change is in the database, acknowledged, and in nobody's hands yet. Then
presence is killed. The next one finds the change in its outbox, and the open board gets it once.
"""

import asyncio

from chassis.clock import SystemClock
from tests.support.desk import Desk, cursor_of
from tests.support.tree import Tree

TOLD_WITHIN_SECONDS = 60


async def test_a_change_that_was_committed_and_not_published_reaches_the_board_once(
    tree: Tree, desk: Desk
) -> None:
    await desk.open_site("gap-town", ["gap-1"])
    before = cursor_of(await desk.whole_heatmap("gap-town"))

    with tree.suspended("nats"):
        outcome = await desk.report("gap-1", "BUSY", SystemClock().now(), "between-1")
        await tree.kill("presence")

    assert outcome == "OUTCOME_RECORDED"
    await tree.healed()
    async with desk.push("gap-town", before) as frames, asyncio.timeout(TOLD_WITHIN_SECONDS):
        agents = []
        async for frame in frames:
            if frame.event == "states":
                agents += frame.changes["agents"]
                break
    assert agents == ["agents/gap-1"]
    assert await desk.log_ids("gap-1", SystemClock().now()) == ["between-1"]
