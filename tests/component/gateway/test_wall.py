"""What a screen on a wall gets with its own token, over REST."""

from typing import Any

from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk

PATH = f"/v1/{SITE}/wall"


async def wall_token(desk: Desk, site: str = SITE) -> str:
    account = {"displayName": "Wall", "roles": ["roles/wall"], "sites": [site]}
    async with desk.http(await desk.sign_in()) as boss:
        made = await boss.post(
            "/v1/serviceAccounts", json={"serviceAccountId": "wall", "serviceAccount": account}
        )
        assert made.status_code == 200, made.text
        token = await boss.post("/v1/serviceAccounts/wall/tokens", json={"displayName": "screen"})
    return str(token.json()["token"])


async def get(desk: Desk, path: str, token: str) -> Any:
    async with desk.http(token) as screen:
        return (await screen.get(path)).json()


async def test_the_token_of_a_screen_gets_figures_of_its_site(desk: Desk) -> None:
    wall = await get(desk, PATH, await wall_token(desk))

    assert wall["site"] == SITE
    assert "queues" in wall
    assert wall["teamStrips"]["blockCount"] == 144


async def test_the_token_of_a_screen_gets_how_many_are_planned(desk: Desk) -> None:
    wall = await get(desk, PATH, await wall_token(desk))

    assert wall["sitePlannedHeadcountsPacked"]
    assert wall["teamPlannedHeadcountsPacked"]


async def test_the_token_of_a_screen_opens_nobody_s_row(desk: Desk) -> None:
    token = await wall_token(desk)

    for path in (f"/v1/{SITE}/heatmap", "/v1/agents/a/day", "/v1/agents/a", f"/v1/{SITE}/waiting"):
        assert (await get(desk, path, token))["reason"] == "PERMISSION_MISSING"


async def test_nobody_of_a_small_site_is_told(desk: Desk) -> None:
    wall = await get(desk, PATH, await wall_token(desk))

    assert "floor" not in wall
    assert "agents/" not in str(wall)


async def test_a_screen_sees_its_own_site_alone(desk: Desk) -> None:
    wall = await get(desk, "/v1/sites/elsewhere/wall", await wall_token(desk))

    assert wall["reason"] == "UNKNOWN_SITE"


async def test_without_presence_the_queues_go_on(desk: Desk) -> None:
    token = await wall_token(desk)
    await desk.stop("presence")

    wall = await get(desk, PATH, token)

    assert "presence" in {one["part"] for one in wall["missing"]}
    assert "queues" in wall
