"""`kill -9` of any one process loses no acknowledged report, and the tree heals."""

import pytest

from tests.support.desk import Desk
from tests.support.ledger import reporting
from tests.support.tree import Tree

PROCESSES = ("postgres", "nats", "roster", "presence", "dispatch", "analytics", "gateway")


@pytest.mark.parametrize("victim", PROCESSES)
async def test_no_acknowledged_report_is_lost_and_reporting_goes_on(
    tree: Tree, desk: Desk, victim: str
) -> None:
    agents = [f"{victim}-agent-{number}" for number in range(4)]
    await desk.open_site(f"{victim}-town", agents)

    async with reporting(desk, agents) as ledger:
        await ledger.more(40)
        await tree.kill(victim)
        await tree.healed()
        await ledger.more(40)

    assert await ledger.differences(desk) == []
