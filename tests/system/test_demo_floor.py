"""What is made to happen on the demo floor, as whoever watches the board sees it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from chassis.clock import SystemClock
from tests.support.desk import Desk, signed_in
from tests.support.servers import server_folder
from tests.support.tree import Tree, running_tree

AGENTS = 180
# Lease, grace and judging; and then the rest of a minute.
LOST_WITHIN_SECONDS, PLAYED_WITHIN_SECONDS = 50, 90
# On the evening of a Sunday ten times as many as usual are one in minutes still; and whose shift
# has just ended is in no sign-in, and leaves after minutes.
MINUTES_WITHIN_SECONDS = 480


@pytest.fixture(scope="module")
async def floor_tree() -> AsyncIterator[Tree]:
    """A tree with a floor that has no past."""
    options = ("--demo", "--agents", str(AGENTS))
    with server_folder() as folder:
        async with running_tree(
            folder, *options, environment={"MUSTER_FLOOR_HISTORY_DAYS": "0"}
        ) as tree:
            yield tree


@pytest.fixture
async def desk(floor_tree: Tree) -> AsyncIterator[Desk]:
    async with signed_in(floor_tree) as desk:
        yield desk


@pytest.mark.timeout(1200)
async def test_what_is_started_on_the_floor_shows_on_the_board_and_heals(desk: Desk) -> None:
    # Of three zones, in some it is day.
    first, second, _ = sorted(await sites_of_floor(desk), key=lambda it: -signed_in_count(it))
    site, elsewhere = first["site"], second["site"]
    calls, _ = first["sources"]
    chat = next(queue for queue in first["queues"] if queue.endswith("-chat"))
    before = await states_of(desk, elsewhere)
    await shorten_grace(desk, site)

    await desk.post("/v1/floor:startOutage", {"source": calls, "duration": "60s"})
    surge = {"queue": chat, "factor": 10, "duration": "600s"}
    await desk.post("/v1/floor:startSurge", surge)
    started = await desk.post("/v1/floor:startSignIn", {"site": elsewhere})

    kinds = {incident["kind"] for incident in started["incidents"]}
    assert kinds == {"KIND_SIGN_IN", "KIND_OUTAGE", "KIND_SURGE"}
    lost = await until(lambda: unobserved(desk, site), LOST_WITHIN_SECONDS)
    assert await losses_of(desk, lost[0]) == ["LOSS_SCOPE_SOURCE"]
    await until(lambda: waiting(desk, chat), MINUTES_WITHIN_SECONDS)
    await until(lambda: all_moved(desk, elsewhere, before), MINUTES_WITHIN_SECONDS)
    await until(lambda: all_observed(desk, site), PLAYED_WITHIN_SECONDS)


async def test_breaks_on_the_floor_are_long_a_minute_after_their_planned_end(desk: Desk) -> None:
    for site in await sites_of_floor(desk):
        policy = await desk.get(f"/v1/{site['site']}/presencePolicy")
        longest = {reason["code"]: reason.get("longest") for reason in policy["breakReasons"]}
        assert (longest["short-break"], longest["meal"]) == ("960s", "2460s")


async def sites_of_floor(desk: Desk) -> list[dict[str, Any]]:
    """The sites, once the floor has told of everybody."""

    async def begun() -> list[dict[str, Any]]:
        try:
            sites: list[dict[str, Any]] = (await desk.get("/v1/floor")).get("sites", [])
        except httpx.HTTPStatusError:
            # It is about to begin.
            return []
        told = [await states_of(desk, site["site"]) for site in sites]
        return sites if sum(map(len, told)) == AGENTS else []

    found: list[dict[str, Any]] = await until(begun, 60)
    return found


def signed_in_count(site: dict[str, Any]) -> int:
    """Who is signed in at a site of the floor: in some nights nobody, of whom JSON has no field."""
    return int(site.get("signedInCount", 0))


async def shorten_grace(desk: Desk, site: str) -> None:
    """Lets who is not heard of be unobserved as soon as the lease has run out."""
    policy = await desk.get(f"/v1/{site}/presencePolicy")
    await desk.put(f"/v1/{site}/presencePolicy", policy | {"grace": "1s"})


async def states_of(desk: Desk, site: str) -> dict[str, tuple[str, str]]:
    """State of each agent who was ever told of, and since when it lasts."""
    listed = (await desk.get(f"/v1/{site}/agentStates", page_size=100)).get("agentStates", [])
    return {it["agent"]: (it["state"], it["sinceTime"]) for it in listed if "sinceTime" in it}


async def unobserved(desk: Desk, site: str) -> list[str]:
    states = await states_of(desk, site)
    return [name for name, (state, _) in states.items() if state == "STATE_UNOBSERVED"]


async def losses_of(desk: Desk, agent: str) -> list[str]:
    """How much was lost each time that an agent was lost in the last hour."""
    now = SystemClock().now()
    span = {"startTime": (now - timedelta(hours=1)).isoformat(), "endTime": now.isoformat()}
    entries = (await desk.get(f"/v1/{agent}/stateLog", **span))["entries"]
    return [it["lossScope"] for it in entries if "lossScope" in it]


async def all_observed(desk: Desk, site: str) -> bool:
    return not await unobserved(desk, site)


async def all_moved(desk: Desk, site: str, before: dict[str, tuple[str, str]]) -> bool:
    """Says that nobody who was signed in is as she was."""
    after = await states_of(desk, site)
    signed_in_before = {name for name in before if before[name][0] != "STATE_OFFLINE"}
    return all(after[name] != before[name] for name in signed_in_before)


async def waiting(desk: Desk, queue: str) -> int:
    figures = (await desk.get(f"/v1/{queue.partition('/queues/')[0]}/queueFigures"))["figures"]
    return next(int(it.get("waitingCount", 0)) for it in figures if it["queue"] == queue)


async def until(ask: Any, within_seconds: float) -> Any:
    """Asks each second until the answer says something."""
    async with asyncio.timeout(within_seconds):
        while not (answer := await ask()):  # noqa: ASYNC110 (no event tells us)
            await asyncio.sleep(1)
    return answer
