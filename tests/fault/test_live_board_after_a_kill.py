"""A board that was opened before a failure sees what is reported after it."""

import asyncio
from functools import partial

import pytest

from chassis.clock import SystemClock
from tests.support.desk import Desk, Frame, cursor_of
from tests.support.repeating import until_taken
from tests.support.tree import Tree

TOLD_WITHIN_SECONDS = 60


@pytest.mark.parametrize("victim", ["nats", "presence", "postgres"])
async def test_the_stream_goes_on_after_the_kill(tree: Tree, desk: Desk, victim: str) -> None:
    site = f"live-{victim}"
    await desk.open_site(site, [f"{victim}-viewer"])
    cursor = cursor_of(await desk.whole_heatmap(site))

    async with desk.push(site, cursor) as frames:
        await tree.kill(victim)
        await tree.healed()
        now = SystemClock().now()
        async with asyncio.timeout(TOLD_WITHIN_SECONDS):
            report = partial(desk.report, f"{victim}-viewer", "ONLINE", now, "after-the-kill")
            await until_taken(report)
            frame = await anext(frame async for frame in frames if frame.event == "states")

    assert frame.changes["agents"] == [f"agents/{victim}-viewer"]


async def test_a_board_resumes_behind_its_cursor_after_the_gateway_was_killed(
    tree: Tree, desk: Desk
) -> None:
    await desk.open_site("live-gateway", ["gateway-viewer"])
    cursor = cursor_of(await desk.whole_heatmap("live-gateway"))
    now = SystemClock().now()
    await until_taken(partial(desk.report, "gateway-viewer", "BUSY", now, "before-the-kill"))

    await tree.kill("gateway")
    await tree.healed()

    frame = await first_states(desk, "live-gateway", cursor)
    assert frame.changes["states"] == ["STATE_BUSY"]


async def first_states(desk: Desk, site: str, cursor: str) -> Frame:
    async with desk.push(site, cursor) as frames, asyncio.timeout(TOLD_WITHIN_SECONDS):
        return await anext(frame async for frame in frames if frame.event == "states")
