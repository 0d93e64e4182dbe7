import asyncio
from typing import Any

import httpx
import pytest

from chassis.database import Database
from gateway.bootstrap import create_first_accounts, create_reset_code
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.gateway.desk import Desk

ANA = {
    "name": "accounts/ana",
    "display_name": "Ana 娜",
    "roles": ["roles/agent"],
    "agent": "agents/ana",
    "language_code": "zh",
}
PLANNER = {
    "name": "accounts/planner",
    "display_name": "Planner",
    "roles": ["roles/supervisor"],
    "sites": ["sites/bank"],
}
PASSWORD = "a long new password"


@pytest.fixture
async def gateway_database(database: OpenDatabase) -> Database:
    return await database("gateway")


async def apply(desk: Desk, *accounts: Any, token: str = "", **more: Any) -> httpx.Response:
    async with desk.http(token or await desk.sign_in()) as client:
        return await client.post("/v1/accounts:apply", json={"accounts": accounts, **more})


async def redeem(desk: Desk, code: str, account: str = "ana", **more: str) -> httpx.Response:
    asked = {"account": account, "code": code, "new_password": PASSWORD, **more}
    async with desk.http() as client:
        return await client.post("/v1/oneTimeCodes:redeem", json=asked)


async def sign_in(desk: Desk, account: str = "ana", password: str = PASSWORD) -> httpx.Response:
    async with desk.http() as client:
        return await client.post("/v1/sessions", json={"account": account, "password": password})


async def test_a_new_account_is_entered_by_its_code_and_by_nothing_else(desk: Desk) -> None:
    applied = (await apply(desk, ANA)).json()
    [code] = applied["codes"]

    before = await sign_in(desk, password="")
    redeemed = await redeem(desk, code["code"].upper())
    after = await sign_in(desk)

    assert (applied["createdCount"], code["account"]) == (1, "accounts/ana")
    assert before.status_code == 401
    assert redeemed.status_code == 200, redeemed.text
    account = after.json()["account"]
    assert (account["agent"], account["roles"]) == ("agents/ana", ["roles/agent"])
    assert account["languageCode"] == "zh"


async def test_applying_twice_changes_nothing_and_makes_no_second_code(desk: Desk) -> None:
    await apply(desk, ANA, PLANNER)

    again = (await apply(desk, ANA, PLANNER)).json()

    assert again == {"unchangedCount": 2}


async def test_an_account_is_changed_and_keeps_its_password(desk: Desk) -> None:
    [code] = (await apply(desk, ANA)).json()["codes"]
    await redeem(desk, code["code"])

    changed = (await apply(desk, {**ANA, "display_name": "Ana B"})).json()

    assert changed == {"updatedCount": 1}
    assert (await sign_in(desk)).json()["account"]["displayName"] == "Ana B"


async def test_validating_alone_writes_nothing(desk: Desk) -> None:
    trial = (await apply(desk, ANA, validate_only=True)).json()

    assert trial == {"createdCount": 1}
    assert (await apply(desk, ANA)).json()["createdCount"] == 1


async def test_faulty_rows_are_named_and_nothing_is_written(desk: Desk) -> None:
    answer = await apply(desk, ANA, {**PLANNER, "roles": ["roles/king"]})

    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["violations"]] == ["accounts[1].roles"]
    assert (await apply(desk, ANA)).json()["createdCount"] == 1


async def test_a_planner_of_one_site_gives_nothing_beyond_it(desk: Desk) -> None:
    [code] = (await apply(desk, PLANNER)).json()["codes"]
    await redeem(desk, code["code"], "planner")
    token = (await sign_in(desk, "planner")).json()["token"]

    def named(answer: httpx.Response) -> list[str]:
        return [one["field"] for one in answer.json().get("violations", ())]

    wide = await apply(desk, {**PLANNER, "name": "accounts/x", "sites": ["sites/-"]}, token=token)
    stranger = await apply(desk, ANA, token=token)
    boss = await apply(desk, {**PLANNER, "name": "accounts/supervisor"}, token=token)
    own = await apply(desk, {**ANA, "agent": "agents/a"}, token=token)
    async with desk.http(token) as client:
        reset = await client.post("/v1/accounts/supervisor/oneTimeCodes", json={})

    assert named(wide) == ["accounts[0].sites"]
    assert named(stranger) == ["accounts[0].agent"]
    assert named(boss) == ["accounts[0].name"]
    assert own.json()["createdCount"] == 1
    assert (reset.status_code, reset.json()["reason"]) == (404, "UNKNOWN_ACCOUNT")


async def test_an_agent_may_not_make_accounts(desk: Desk) -> None:
    answer = await apply(desk, ANA, token=await desk.sign_in("agent"))

    assert (answer.status_code, answer.json()["reason"]) == (403, "PERMISSION_MISSING")


async def test_a_new_code_ends_the_old_one_and_redeeming_ends_open_sessions(desk: Desk) -> None:
    token = await desk.sign_in("agent")
    async with desk.http(await desk.sign_in()) as client:
        first = (await client.post("/v1/accounts/agent/oneTimeCodes", json={})).json()
        second = (await client.post("/v1/accounts/agent/oneTimeCodes", json={})).json()

    assert (await redeem(desk, first["code"], "agent")).status_code == 401
    async with desk.http(token) as client:
        assert (await client.get("/v1/accounts/me")).status_code == 200
        assert (await redeem(desk, second["code"], "agent")).status_code == 200
        assert (await client.get("/v1/accounts/me")).status_code == 401
    assert (await sign_in(desk, "agent")).status_code == 200


async def test_a_code_is_spent_once_even_by_two_at_once(desk: Desk) -> None:
    [code] = (await apply(desk, ANA)).json()["codes"]

    answers = await asyncio.gather(*(redeem(desk, code["code"]) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]


async def test_unknown_wrong_and_expired_get_the_same_answer(
    desk: Desk, gateway_database: Database
) -> None:
    [code] = (await apply(desk, ANA)).json()["codes"]
    async with gateway_database.transaction() as connection:
        await connection.execute("UPDATE one_time_code SET expire_time = '2020-01-01'")

    answers = [
        await redeem(desk, code["code"]),
        await redeem(desk, "7hkw-p2mn-c4xd-9fqa", "supervisor"),
        await redeem(desk, "7hkw-p2mn-c4xd-9fqa", "nobody"),
        await redeem(desk, "x" * 200, "N\u00f3body"),
    ]

    told = {
        (answer.status_code, answer.json()["reason"], answer.json()["detail"]) for answer in answers
    }
    assert len(told) == 1
    assert answers[0].json()["reason"] == "WRONG_CODE"


async def test_guessing_a_code_locks_for_a_while_together_with_signing_in(desk: Desk) -> None:
    guesses = [await redeem(desk, "wrong", "supervisor") for _ in range(6)]
    right = await sign_in(desk, "supervisor", desk.passwords["supervisor"])

    assert [guess.status_code for guess in guesses] == [401] * 5 + [429]
    assert right.status_code == 429


@pytest.mark.parametrize("password", ["short", "ana"])
async def test_a_password_against_the_rules_spends_nothing(desk: Desk, password: str) -> None:
    [code] = (await apply(desk, ANA)).json()["codes"]

    refused = await redeem(desk, code["code"], new_password=password)

    assert [one["field"] for one in refused.json()["violations"]] == ["new_password"]
    assert (await redeem(desk, code["code"])).status_code == 200


async def test_who_has_the_database_gets_back_in(desk: Desk, owner_url: OwnerUrl) -> None:
    code = await asyncio.to_thread(create_reset_code, owner_url("gateway"), "supervisor")

    assert code is not None
    assert (await redeem(desk, code, "supervisor")).status_code == 200
    assert (await sign_in(desk, "supervisor")).status_code == 200
    assert await asyncio.to_thread(create_reset_code, owner_url("gateway"), "nobody") is None


async def test_an_upgrade_brings_what_is_new_and_leaves_what_somebody_changed(
    desk: Desk, gateway_database: Database, owner_url: OwnerUrl
) -> None:
    async with gateway_database.transaction() as connection:
        await connection.execute(
            "UPDATE role SET permissions = '{account.self,gateway.sources.read}',"
            " seeded_permissions = '{account.self,board.read,gone.with.this.release}'"
            " WHERE id = 'agent'"
        )

    await asyncio.to_thread(create_first_accounts, owner_url("gateway"))

    async with desk.http(await desk.sign_in()) as client:
        role = (await client.get("/v1/roles/agent")).json()
    assert "board.read" not in role["permissions"]
    assert {"gateway.sources.read", "roster.people.read"} <= set(role["permissions"])


async def test_an_upgrade_makes_the_first_account_an_administrator_where_there_is_none(
    desk: Desk, gateway_database: Database, owner_url: OwnerUrl
) -> None:
    async with gateway_database.transaction() as connection:
        await connection.execute("DELETE FROM account_role WHERE role = 'administrator'")

    await asyncio.to_thread(create_first_accounts, owner_url("gateway"))

    async with desk.http(await desk.sign_in()) as client:
        account = (await client.get("/v1/accounts/me")).json()
    assert "account.roles.write" in account["permissions"]
