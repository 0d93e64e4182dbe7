"""Readers that stop reading while the floor is busy: they cost the gateway nothing, keep nobody
else waiting, and learn that they have missed something, or miss nothing.
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import grpc
import httpx
from muster.presence.v1.events_pb2 import AgentStatesChanged
from muster.presence.v1.timeline_service_pb2 import WatchAgentStatesRequest
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from tests.support.burst import Burst
from tests.support.desk import Change, Desk, Frame, cursor_of, told_changes
from tests.support.tree import Tree

# Names as long as they may be, so that few changes make much to send: more than the 4 MB that a
# system keeps on the way.
AGENTS = [f"{'told-of-':-<58}{number:02}" for number in range(50)]
WATCHED = [f"{'watched-':-<58}{number:02}" for number in range(50)]
WARM_UP, ROUNDS = 10, 520
SLOW_READERS = 10
MOST_BYTES = 30_000_000
"""What they may cost together: had each of them a queue of her own, it would be twice as much."""


async def test_slow_boards_cost_nothing_are_told_so_and_keep_nobody_waiting(
    tree: Tree, desk: Desk
) -> None:
    await desk.open_site("slow-town", AGENTS)
    await send(desk, Burst(AGENTS, WARM_UP, "warm-up"))
    cursor = cursor_of(await desk.whole_heatmap("slow-town"))
    burst = Burst(AGENTS, ROUNDS, "burst")

    async with asyncio.timeout(120), AsyncExitStack() as stack:
        boards = [
            await stack.enter_async_context(desk.push("slow-town", cursor))
            for _ in range(SLOW_READERS + 1)
        ]
        quick, *slow = boards
        before = resident_bytes(tree)
        quickly_heard: Counter[Change] = Counter()
        # The quick one reads along, so that how fast this process is does not make it a slow one.
        for request in burst.requests():
            await report(desk, request)
            quickly_heard += await read_changes(quick, len(request["reports"]))
        taken = resident_bytes(tree) - before
        heard = [await read_to_end(frames) for frames in slow]
    snapshot = await desk.get("/v1/sites/slow-town/agentStates", pageSize=1000)

    assert quickly_heard == burst.changes
    assert taken < MOST_BYTES
    for changes in heard:
        # Up to where she came nothing was told twice; then she was sent for a snapshot, or closed.
        assert changes < burst.changes
    assert {it["reason"] for it in snapshot["agentStates"]} == {burst.last_reason}


async def test_a_slow_watch_misses_nothing(tree: Tree, desk: Desk) -> None:
    await desk.open_site("watch-town", WATCHED)
    await send(desk, Burst(WATCHED, WARM_UP, "warm-up"))
    burst = Burst(WATCHED, ROUNDS, "burst")

    async with grpc.aio.insecure_channel(tree.grpc_address) as channel, asyncio.timeout(120):
        request = WatchAgentStatesRequest()
        request.after.site = "sites/watch-town"
        watch = TimelineServiceStub(channel).WatchAgentStates(
            request,
            metadata=(("authorization", f"Bearer {desk.token}"), ("x-muster-purpose", "quality")),
        )
        await watch.read()
        await send(desk, burst)
        heard: Counter[Change] = Counter()
        while heard.total() < burst.changes.total():
            heard += changes_of((await watch.read()).changes)
        watch.cancel()

    assert heard == burst.changes


async def send(desk: Desk, burst: Burst) -> None:
    for request in burst.requests():
        await report(desk, request)


async def report(desk: Desk, request: dict[str, Any]) -> None:
    answer = await desk.post("/v1/states:report", request)
    assert set(answer["outcomes"]) == {"OUTCOME_RECORDED"}, answer


async def read_changes(frames: AsyncIterator[Frame], count: int) -> Counter[Change]:
    heard: Counter[Change] = Counter()
    while heard.total() < count:
        frame = await anext(frames)
        assert frame.event != "resync", "it was quick enough"
        heard += told_changes(frame)
    return heard


async def read_to_end(frames: AsyncIterator[Frame]) -> Counter[Change]:
    """Returns what a reader is told who begins to read at last, until her stream ends."""
    heard: Counter[Change] = Counter()
    # One that takes nothing for half a minute is closed, without a word that she would take.
    with suppress(httpx.TransportError):
        async for frame in frames:
            heard += told_changes(frame)
    return heard


def changes_of(link: AgentStatesChanged) -> Counter[Change]:
    times_ms = (time_us // 1_000 for time_us in link.occurred_times_us)
    return Counter(map(Change, link.agents, times_ms))


def resident_bytes(tree: Tree) -> int:
    process = tree.child("gateway").process
    assert process is not None
    pages = int(Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
