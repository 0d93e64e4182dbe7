"""The bus hangs while people work: reports are taken all the same, and boards catch up."""

from tests.support.desk import Desk, changes_until, cursor_of
from tests.support.ledger import reporting
from tests.support.tree import Tree


async def test_reports_are_acknowledged_while_the_bus_hangs_and_the_board_gets_all_of_them(
    tree: Tree, desk: Desk
) -> None:
    agents = ["bus-1", "bus-2"]
    await desk.open_site("bus-town", agents)
    cursor = cursor_of(await desk.whole_heatmap("bus-town"))

    async with desk.push("bus-town", cursor) as frames:
        async with reporting(desk, agents) as ledger:
            await ledger.more(20)
            with tree.suspended("nats"):
                await ledger.more(40)
            await ledger.more(20)
        board = await changes_until(frames, (await desk.whole_heatmap("bus-town"))["cursor"])

    assert await ledger.differences(desk, board) == []
