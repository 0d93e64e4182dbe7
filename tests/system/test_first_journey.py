"""From a report to the board, over the public API of the whole tree."""

import asyncio

import httpx
import pytest

from chassis.clock import SystemClock
from tests.support.desk import ANSWERED_WITHIN_SECONDS, Desk, cursor_of, signed_in
from tests.support.tree import Tree

TOLD_WITHIN_SECONDS = 30


async def test_a_reported_state_is_on_the_board(supervisor: Desk) -> None:
    await supervisor.open_site("board-town", ["ana", "bo"])
    now = SystemClock().now()

    await supervisor.report("ana", "BUSY", now, "first")

    heatmap = await supervisor.heatmap("board-town")
    rows = {row["agent"]: row.get("timelineNumber", 0) for row in heatmap["rows"]}
    assert rows == {"agents/ana": 1, "agents/bo": 2}
    looks = {look["state"] for look in heatmap["timelines"]["looks"]}
    assert looks == {"STATE_UNOBSERVED", "STATE_BUSY"}


async def test_an_open_board_learns_of_a_change_without_asking(supervisor: Desk) -> None:
    await supervisor.open_site("push-town", ["cleo"])
    snapshot = await supervisor.heatmap("push-town")

    async with supervisor.push("push-town", cursor_of(snapshot)) as frames:
        await supervisor.report("cleo", "ONLINE", SystemClock().now(), "pushed")
        async with asyncio.timeout(TOLD_WITHIN_SECONDS):
            frame = await anext(frame async for frame in frames if frame.event == "states")

    assert frame.changes["agents"] == ["agents/cleo"]
    assert frame.changes["states"] == ["STATE_ONLINE"]


async def test_a_reader_who_was_away_resumes_behind_its_cursor(supervisor: Desk) -> None:
    await supervisor.open_site("resume-town", ["dan"])
    cursor = cursor_of(await supervisor.heatmap("resume-town"))
    await supervisor.report("dan", "ONLINE", SystemClock().now(), "while-away-1")
    await supervisor.report("dan", "BUSY", SystemClock().now(), "while-away-2")

    states: list[str] = []
    async with (
        supervisor.push("resume-town", cursor) as frames,
        asyncio.timeout(TOLD_WITHIN_SECONDS),
    ):
        async for frame in frames:
            states += frame.changes.get("states", []) if frame.event == "states" else []
            if len(states) == 2:
                break

    assert states == ["STATE_ONLINE", "STATE_BUSY"]


async def test_a_click_on_the_board_finds_the_entries_of_the_log(supervisor: Desk) -> None:
    await supervisor.open_site("log-town", ["eve"])
    now = SystemClock().now()

    await supervisor.report("eve", "ONLINE", now, "one")
    await supervisor.report("eve", "ONLINE", now, "one")

    assert await supervisor.log_ids("eve", now) == ["one"]


async def test_an_agent_sees_no_colleagues_and_does_not_speak_as_the_telephone_system(
    tree: Tree, supervisor: Desk
) -> None:
    await supervisor.open_site("access-town", ["harbor-0001", "gil"])

    async with signed_in(tree, "agent") as agent:
        seen = await agent.get("/v1/sites/access-town/agents")
        with pytest.raises(httpx.HTTPStatusError, match="ONLY_OWN_BUTTON"):
            await agent.report("harbor-0001", "ONLINE", SystemClock().now(), "mine")

    assert [it["name"] for it in seen["agents"]] == ["agents/harbor-0001"]


async def test_nobody_reads_the_board_without_signing_in(tree: Tree) -> None:
    async with httpx.AsyncClient(base_url=tree.http_url, timeout=ANSWERED_WITHIN_SECONDS) as http:
        answer = await http.get("/v1/sites/board-town/heatmap")

    assert answer.status_code == httpx.codes.UNAUTHORIZED
    assert answer.json()["reason"] == "SIGN_IN_REQUIRED"
