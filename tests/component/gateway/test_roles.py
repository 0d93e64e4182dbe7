"""Roles as data: listed, made, changed and deleted within what the caller may herself."""

from typing import Any

from tests.component.gateway.accounts import enter
from tests.component.gateway.desk import Desk

READER = {"display_name": "Reader", "permissions": ["account.self", "board.read"]}


async def test_permissions_are_listed_with_what_they_open(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        listed = (await client.get("/v1/permissions")).json()["permissions"]

    opened = {one["id"]: one for one in listed}
    assert "muster.gateway.v1.BoardService/GetHeatmap" in opened["board.read"]["methods"]
    assert "presence.changes.replay" not in opened


async def test_the_roles_of_muster_name_only_permissions_that_there_are(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        known = {one["id"] for one in (await client.get("/v1/permissions")).json()["permissions"]}
        roles = (await client.get("/v1/roles")).json()["roles"]

    assert [one["name"].removeprefix("roles/") for one in roles] == [
        "administrator",
        "agent",
        "auditor",
        "integrator",
        "supervisor",
        "wall",
    ]
    named = {permission for role in roles for permission in role["permissions"]}
    assert named == known
    assert all(role["seeded"] for role in roles)


async def test_a_role_is_made_given_changed_and_deleted(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        made = await client.post("/v1/roles", json={"role_id": "reader", "role": READER})
        again = await client.post("/v1/roles", json={"role_id": "reader", "role": READER})
        token = await enter(desk, "ana", roles=["roles/reader"], sites=["sites/bank"])
        in_use = await client.delete("/v1/roles/reader")
        changed = await client.patch(
            "/v1/roles/reader", json={"permissions": ["account.self"], "etag": made.json()["etag"]}
        )
        stale = await client.patch(
            "/v1/roles/reader", json={"display_name": "X", "etag": made.json()["etag"]}
        )
        async with desk.http(token) as ana:
            mine = (await ana.get("/v1/accounts/me")).json()
        await client.patch("/v1/accounts/ana", json={"roles": ["roles/wall"]})
        deleted = await client.delete("/v1/roles/reader")
        gone = await client.get("/v1/roles/reader")

    assert made.status_code == 200, made.text
    assert again.json()["reason"] == "ROLE_EXISTS"
    assert in_use.json()["reason"] == "ROLE_IN_USE"
    assert in_use.json()["metadata"] == {"accounts": "accounts/ana", "account_count": "1"}
    assert changed.json()["permissions"] == ["account.self"]
    assert stale.json()["reason"] == "STALE_ETAG"
    assert mine["permissions"] == ["account.self"]
    assert deleted.status_code == 200
    assert gone.json()["reason"] == "UNKNOWN_ROLE"


async def test_nobody_grants_a_permission_that_she_has_not(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as boss:
        keeper = {
            "display_name": "Keeper",
            "permissions": ["account.self", "account.roles.read", "account.roles.write"],
        }
        await boss.post("/v1/roles", json={"role_id": "keeper", "role": keeper})
    token = await enter(desk, "keeper", roles=["roles/keeper"])

    async with desk.http(token) as client:
        more = await client.post("/v1/roles", json={"role_id": "reader", "role": READER})
        own = await client.patch(
            "/v1/roles/keeper", json={"permissions": [*keeper["permissions"], "board.read"]}
        )
        others = await client.patch("/v1/roles/agent", json={"permissions": ["account.self"]})

    for answer in (more, own, others):
        assert (answer.status_code, answer.json()["reason"]) == (403, "NOT_YOURS_TO_GRANT")


async def test_administrators_keep_what_lets_them_grant_everything_else(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        narrowed = await client.patch(
            "/v1/roles/administrator", json={"permissions": ["board.read"]}
        )
        deleted = await client.delete("/v1/roles/agent")

    assert (narrowed.status_code, narrowed.json()["reason"]) == (400, "ROLE_PROTECTED")
    assert deleted.json()["reason"] == "ROLE_PROTECTED"


async def test_a_faulty_role_is_named_by_its_fields(desk: Desk) -> None:
    wanted: dict[str, Any] = {"display_name": "", "permissions": ["fly"]}

    async with desk.http(await desk.sign_in()) as client:
        answer = await client.post("/v1/roles", json={"role_id": "Reader!", "role": wanted})

    fields = [one["field"] for one in answer.json()["violations"]]
    assert fields == ["name", "display_name", "permissions"]
