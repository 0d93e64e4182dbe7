"""Service accounts: programs and walls, which show a token."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from muster.roster.v1.roster_service_pb2 import GetSiteRequest
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.database import Database
from tests.component.conftest import OpenDatabase
from tests.component.gateway.accounts import enter, sign_in
from tests.component.gateway.desk import Desk

WALL: dict[str, Any] = {
    "display_name": "Wall of the bank",
    "roles": ["roles/wall"],
    "sites": ["sites/bank"],
}
TOKENS = "/v1/serviceAccounts/wall/tokens"


@pytest.fixture
async def gateway_database(database: OpenDatabase) -> Database:
    return await database("gateway")


async def create(client: Any, **fields: Any) -> Any:
    wanted = {"service_account_id": "wall", "service_account": {**WALL, **fields}}
    return await client.post("/v1/serviceAccounts", json=wanted)


async def test_a_token_opens_rest_and_grpc_until_it_is_revoked(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        made = await create(boss, roles=["roles/integrator"])
        token = (await boss.post(TOKENS, json={"display_name": "screen 1"})).json()
        async with desk.http(token["token"]) as wall, desk.rpc(token["token"]) as channel:
            mine = (await wall.get("/v1/accounts/me")).json()
            site = await RosterServiceStub(channel).GetSite(GetSiteRequest(name="sites/bank"))
            listed = (await boss.get(TOKENS)).json()["tokens"]
            revoked = await boss.delete(f"/v1/{token['name']}")
            after = await wall.get("/v1/accounts/me")

    assert made.status_code == 200, made.text
    assert token["token"].startswith("mss_")
    assert mine["name"] == "serviceAccounts/wall"
    assert site.name == "sites/bank"
    assert desk.roster.callers == ["serviceAccounts/wall"]
    assert "token" not in listed[0]
    assert listed[0]["lastUsedTime"]
    assert listed[0]["author"] == "accounts/supervisor"
    assert revoked.status_code == 200
    assert after.status_code == 401


async def test_only_the_hash_of_a_token_is_kept(desk: Desk, gateway_database: Database) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        await create(boss)
        token = (await boss.post(TOKENS, json={"display_name": "screen 1"})).json()["token"]

    async with gateway_database.connection() as connection:
        rows = await connection.execute("SELECT t::text FROM service_token t")
        kept = [row async for (row,) in rows]

    assert len(kept) == 1
    assert token.removeprefix("mss_") not in kept[0]


@pytest.mark.parametrize("faulty", ["Wall 1", "me", ""])
async def test_a_faulty_id_is_told_in_the_field_that_names_it(desk: Desk, faulty: str) -> None:
    wanted = {"service_account_id": faulty, "service_account": WALL}

    async with desk.http(await desk.sign_in()) as boss:
        answer = await boss.post("/v1/serviceAccounts", json=wanted)

    assert [one["field"] for one in answer.json()["violations"]] == ["service_account_id"]


@pytest.mark.parametrize("days", [-1, 400])
async def test_a_token_lives_a_year_at_most(desk: Desk, days: int) -> None:
    expire_time = (datetime.now(UTC) + timedelta(days=days)).isoformat()  # noqa: TID251 - a client's clock

    async with desk.http(await desk.sign_in()) as boss:
        await create(boss)
        answer = await boss.post(TOKENS, json={"display_name": "x", "expire_time": expire_time})

    assert [one["field"] for one in answer.json()["violations"]] == ["expire_time"]


async def test_a_token_that_has_expired_opens_nothing(
    desk: Desk, gateway_database: Database
) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        await create(boss)
        token = (await boss.post(TOKENS, json={"display_name": "x"})).json()["token"]
    async with gateway_database.transaction() as connection:
        await connection.execute("UPDATE service_token SET expire_time = now()")

    async with desk.http(token) as wall:
        assert (await wall.get("/v1/accounts/me")).status_code == 401


async def test_there_are_ten_tokens_at_most(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        await create(boss)
        answers = [await boss.post(TOKENS, json={"display_name": "x"}) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].json()["reason"] == "TOO_MANY_TOKENS"


async def test_a_service_account_has_what_its_giver_has_at_most(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        machinist = {
            "display_name": "Machinist",
            "permissions": [
                "account.self",
                "account.service_accounts.read",
                "account.service_accounts.write",
            ],
        }
        await boss.post("/v1/roles", json={"role_id": "machinist", "role": machinist})
        await create(boss)
    token = await enter(desk, "eva", roles=["roles/machinist"], sites=["sites/bank"])

    async with desk.http(token) as eva:
        more = await create(eva, roles=["roles/wall"])
        wider = await create(eva, roles=["roles/machinist"], sites=["sites/-"])
        unseen = await eva.get("/v1/serviceAccounts/wall")
        listed = await eva.get("/v1/serviceAccounts")

    assert [one["field"] for one in more.json()["violations"]] == ["roles"]
    assert [one["field"] for one in wider.json()["violations"]] == ["sites"]
    assert unseen.status_code == 404
    assert listed.json() == {}


async def test_an_id_is_one_accounts_and_a_service_account_has_no_password(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        await create(boss)
        row = {"name": "accounts/wall", "display_name": "Wall", "roles": ["roles/agent"]}
        person = await boss.post("/v1/accounts:apply", json={"accounts": [row]})
        again = await create(boss)
        code = await boss.post("/v1/accounts/wall/oneTimeCodes", json={})
        shown = await boss.get("/v1/accounts/wall")

    assert [one["field"] for one in person.json()["violations"]] == ["accounts[0].name"]
    assert again.json()["reason"] == "ACCOUNT_EXISTS"
    assert code.status_code == 404
    assert shown.status_code == 404
    assert (await sign_in(desk, "wall", "")).status_code == 401


async def test_a_changed_or_deleted_service_account_has_the_change_at_once(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        made = (await create(boss, roles=["roles/integrator"])).json()
        token = (await boss.post(TOKENS, json={"display_name": "x"})).json()["token"]
        async with desk.http(token) as wall:
            before = await wall.get("/v1/sites/bank")
            changed = await boss.patch(
                "/v1/serviceAccounts/wall",
                json={"roles": ["roles/auditor"], "etag": made["etag"]},
            )
            roles = (await wall.get("/v1/accounts/me")).json()["roles"]
            await boss.delete("/v1/serviceAccounts/wall")
            after = await wall.get("/v1/accounts/me")

    assert before.status_code == 200
    assert changed.json()["roles"] == ["roles/auditor"]
    assert roles == ["roles/auditor"]
    assert after.status_code == 401
