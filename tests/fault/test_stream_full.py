"""The streams are full, since nobody cared: the outbox waits and says so, nobody who reports
notices, and when there is room again everything is published.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import nats
from nats.js import JetStreamContext

from chassis.embedded import nats_url
from tests.support.calls import calling
from tests.support.desk import ANSWERED_WITHIN_SECONDS, Desk, changes_until, cursor_of
from tests.support.ledger import reporting
from tests.support.tree import Tree
from tests.support.waiting import eventually

STREAMS = ("MUSTER_PRESENCE", "MUSTER_DISPATCH")
SITE = "full-town"
LONG_SECONDS = 2.0


async def test_the_outbox_waits_aloud_and_the_board_gets_everything_when_there_is_room(
    tree: Tree, desk: Desk
) -> None:
    agents = ["full-1", "full-2"]
    await desk.open_site(SITE, agents)
    cursor = cursor_of(await desk.whole_heatmap(SITE))

    async with desk.push(SITE, cursor) as frames:
        async with reporting(desk, agents) as states, calling(desk, SITE, "full-1") as calls:
            await states.more(20)
            await calls.more(10)
            async with full_streams(tree):
                await states.more(40)
                await calls.more(20)
                await eventually(lambda: has_waited(tree, "presence"), within_seconds=60)
                await eventually(lambda: has_waited(tree, "dispatch"), within_seconds=60)
            await states.more(20)
        board = await changes_until(frames, (await desk.whole_heatmap(SITE))["cursor"])

    assert await states.differences(desk, board) == []
    assert await calls.differences(desk) == []
    assert "maximum bytes exceeded" in (tree.folder / ".muster/logs/presence.log").read_text()


async def has_waited(tree: Tree, owner: str) -> bool:
    """Tells whether those who run it can see that messages wait, from a process that is ready."""
    admin = f"http://{tree.child(owner).addresses['admin']}"
    async with httpx.AsyncClient(base_url=admin, timeout=ANSWERED_WITHIN_SECONDS) as http:
        is_ready = (await http.get("/readyz")).status_code == httpx.codes.OK
        lines = (await http.get("/metrics")).text.splitlines()
    oldest = f'muster_bus_outbox_oldest_seconds{{owner="{owner}",site="{SITE}"}} '
    ages = [float(line.removeprefix(oldest)) for line in lines if line.startswith(oldest)]
    return is_ready and any(age > LONG_SECONDS for age in ages)


@asynccontextmanager
async def full_streams(tree: Tree) -> AsyncIterator[None]:
    """Lets the streams hold no more than they do now while the block runs."""
    port = int(tree.child("nats").addresses["nats"].rpartition(":")[2])
    connection = await nats.connect(nats_url(port, tree.secrets()["nats"]))
    try:
        async with AsyncExitStack() as stack:
            for name in STREAMS:
                await stack.enter_async_context(full_stream(connection.jetstream(), name))
            yield
    finally:
        await connection.close()


@asynccontextmanager
async def full_stream(jetstream: JetStreamContext, name: str) -> AsyncIterator[None]:
    info = await jetstream.stream_info(name)
    await jetstream.update_stream(info.config.evolve(max_bytes=info.state.bytes))
    try:
        yield
    finally:
        await jetstream.update_stream(info.config)
