"""Who sees the past of whom, and who is told of it, through the whole tree."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from chassis.clock import SystemClock
from tests.support.desk import Desk, signed_in
from tests.support.tree import Tree

DAYS_BACK = 3
AGREEMENT = {
    "agreed_by": "works council and employer",
    "agreement_date": {"year": 2026, "month": 11, "day": 2},
}


async def a_past_day(supervisor: Desk, site: str, agent: str, **profile: str) -> dict[str, Any]:
    """The board of a day on which the agent worked; the site chose its profile before."""
    await supervisor.open_site(site, [agent], "UTC")
    if profile:
        wanted = {**AGREEMENT, **profile}
        await supervisor.put(f"/v1/sites/{site}/protectionProfile", wanted)
    day = SystemClock().now().replace(hour=12) - timedelta(days=DAYS_BACK)
    await supervisor.report(agent, "BUSY", day, f"{agent}-past")
    asked = {"day.year": day.year, "day.month": day.month, "day.day": day.day}
    return await supervisor.get(f"/v1/sites/{site}/heatmap", **asked)


async def test_the_past_of_a_strict_site_is_for_the_people_and_their_leads_alone(
    supervisor: Desk,
) -> None:
    board = await a_past_day(supervisor, "strict-town", "sam")

    assert board.get("rows", []) == []
    assert board["withheldCount"] == 1


async def test_the_past_of_a_site_that_chose_standard_at_first_is_for_all_in_whose_scope_it_is(
    supervisor: Desk,
) -> None:
    board = await a_past_day(supervisor, "standard-town", "sue", rule_set="standard")

    assert [row["agent"] for row in board["rows"]] == ["agents/sue"]
    assert "withheldCount" not in board


async def test_a_look_needs_its_purpose_and_is_told_to_whoever_was_looked_at(
    tree: Tree, supervisor: Desk
) -> None:
    async with signed_in(tree, "agent") as agent:
        name = (await agent.get("/v1/accounts/me"))["agent"]
    await supervisor.open_site("look-town", [name.removeprefix("agents/")])
    span = _span(SystemClock().now())
    async with signed_in(tree, purpose="") as silent:
        with pytest.raises(httpx.HTTPStatusError, match="PURPOSE_REQUIRED"):
            await silent.get(f"/v1/{name}/timeline", **span)

    await supervisor.get(f"/v1/{name}/timeline", **span)

    async with signed_in(tree, "agent") as agent:
        [look] = (await agent.get("/v1/accounts/me/looks"))["looks"]
    assert (look["actor"], look["purpose"]) == ("accounts/supervisor", "quality")


def _span(now: datetime) -> dict[str, str]:
    start, end = now - timedelta(hours=1), now
    return {"start_time": start.isoformat(), "end_time": end.isoformat()}
