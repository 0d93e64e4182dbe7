"""PostgreSQL is killed under load and comes back: what was acknowledged is there, in one order."""

from tests.support.desk import Desk
from tests.support.ledger import reporting
from tests.support.tree import Tree, run_muster


async def test_the_chain_of_a_site_has_no_gap_after_the_database_was_killed_twice(
    tree: Tree, desk: Desk
) -> None:
    agents = [f"restart-{number}" for number in range(4)]
    await desk.open_site("restart-town", agents)

    async with reporting(desk, agents) as ledger:
        for _ in range(2):
            await ledger.more(20)
            await tree.kill("postgres")
            await tree.healed()
            await ledger.more(20)

    assert await ledger.differences(desk) == []
    code, shown = await run_muster(
        tree.folder, "verify", "log", "--site", "restart-town", MUSTER_TOKEN=desk.token
    )
    assert code == 0, shown
