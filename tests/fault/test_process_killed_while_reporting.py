"""`kill -9` of any one process loses no acknowledged report of a state or of a call, makes none
count twice, and the tree heals.
"""

import asyncio

import pytest

from tests.support.calls import calling
from tests.support.desk import Desk
from tests.support.ledger import reporting
from tests.support.tree import Tree

PROCESSES = ("postgres", "nats", "roster", "presence", "dispatch", "analytics", "gateway")


@pytest.mark.parametrize("victim", PROCESSES)
async def test_no_acknowledged_report_is_lost_or_doubled_and_reporting_goes_on(
    tree: Tree, desk: Desk, victim: str
) -> None:
    site, agents = f"{victim}-town", [f"{victim}-agent-{number}" for number in range(4)]
    await desk.open_site(site, agents)

    async with reporting(desk, agents) as states, calling(desk, site, agents[0]) as calls:
        await asyncio.gather(states.more(40), calls.more(10))
        await tree.kill(victim)
        await tree.healed()
        await asyncio.gather(states.more(40), calls.more(10))

    assert await states.differences(desk) == []
    assert await calls.differences(desk) == []
