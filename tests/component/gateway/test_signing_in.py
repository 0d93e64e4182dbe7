import asyncio

import pytest

from gateway.bootstrap import create_first_accounts
from tests.component.conftest import OwnerUrl
from tests.component.gateway.desk import Desk


async def test_a_session_opens_the_api_until_it_is_ended(desk: Desk) -> None:
    token = await desk.sign_in()

    async with desk.http(token) as client:
        account = await client.get("/v1/accounts/me")
        ended = await client.delete("/v1/sessions/current")
        after = await client.get("/v1/accounts/me")

    assert account.json()["name"] == "accounts/supervisor"
    assert account.json()["sites"] == ["sites/-"]
    assert ended.status_code == 200
    assert after.status_code == 401


async def test_the_agent_sees_her_own_rows_only(desk: Desk) -> None:
    async with desk.http(await desk.sign_in("agent")) as client:
        account = (await client.get("/v1/accounts/me")).json()

    assert account["agent"] == "agents/harbor-0001"
    assert "sites" not in account
    assert "presence.states.amend" not in account["permissions"]


async def test_a_wrong_password_is_refused_and_five_of_them_lock_for_a_while(desk: Desk) -> None:
    asked = {"account": "supervisor", "password": "wrong"}

    async with desk.http() as client:
        answers = [await client.post("/v1/sessions", json=asked) for _ in range(6)]
        asked["password"] = desk.passwords["supervisor"]
        right = await client.post("/v1/sessions", json=asked)

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert right.status_code == 429
    assert 0 < int(right.headers["retry-after"]) <= 30


async def test_attempts_side_by_side_count_as_well(desk: Desk) -> None:
    asked = {"account": "supervisor", "password": "wrong"}

    async with desk.http() as client:
        answers = await asyncio.gather(
            *(client.post("/v1/sessions", json=asked) for _ in range(12))
        )

    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 7


async def test_the_first_accounts_are_made_once(owner_url: OwnerUrl) -> None:
    url = owner_url("gateway")

    made = await asyncio.gather(*(asyncio.to_thread(create_first_accounts, url) for _ in range(3)))

    assert sorted(len(passwords) for passwords in made) == [0, 0, 2]


@pytest.mark.parametrize("account", ["supervisor\0", "超级", "'; drop table account; --"])
async def test_an_odd_account_is_just_an_unknown_one(desk: Desk, account: str) -> None:
    async with desk.http() as client:
        answer = await client.post("/v1/sessions", json={"account": account, "password": "\0"})

    assert answer.status_code == 401
