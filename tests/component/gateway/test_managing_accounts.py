"""Accounts as those who manage them see them: listed, changed, disabled, their sessions ended."""

import asyncio
from typing import Any

import pytest
from muster.roster.v1 import people_pb2

from chassis.database import Database
from tests.component.conftest import OpenDatabase
from tests.component.gateway.accounts import PASSWORD, enter, sign_in
from tests.component.gateway.desk import Desk

PLANNER: dict[str, Any] = {"roles": ["roles/supervisor"], "sites": ["sites/bank"]}


@pytest.fixture
async def gateway_database(database: OpenDatabase) -> Database:
    return await database("gateway")


async def test_accounts_are_listed_page_by_page_and_found_by_a_part_of_a_name(desk: Desk) -> None:
    for name in ("ana", "ben", "eva"):
        await enter(desk, name, roles=["roles/agent"], agent=f"agents/{name}")

    async with desk.http(await desk.sign_in()) as client:
        first = (await client.get("/v1/accounts", params={"page_size": 3})).json()
        after = {"page_token": first["nextPageToken"]}
        rest = (await client.get("/v1/accounts", params={"page_size": 3, **after})).json()
        found = (await client.get("/v1/accounts", params={"search": "EV"})).json()
        strange = await client.get("/v1/accounts", params={"search": "x", **after})

    names = [one["name"] for one in first["accounts"] + rest["accounts"]]
    assert names == [f"accounts/{name}" for name in ("agent", "ana", "ben", "eva", "supervisor")]
    assert [one["name"] for one in found["accounts"]] == ["accounts/eva"]
    assert strange.json()["reason"] == "INVALID_PAGE_TOKEN"


async def test_who_can_do_more_is_neither_listed_nor_found(desk: Desk) -> None:
    token = await enter(desk, "planner", **PLANNER)
    await enter(desk, "ana", roles=["roles/agent"], agent="agents/a")

    async with desk.http(token) as client:
        listed = (await client.get("/v1/accounts")).json()
        boss = await client.get("/v1/accounts/supervisor")
        disabled = await client.post("/v1/accounts/supervisor:disable", json={})

    assert [one["name"] for one in listed["accounts"]] == ["accounts/ana", "accounts/planner"]
    assert (boss.status_code, boss.json()["reason"]) == (404, "UNKNOWN_ACCOUNT")
    assert disabled.status_code == 404


async def test_a_code_is_made_for_accounts_that_may_no_more_than_oneself(desk: Desk) -> None:
    token = await enter(desk, "planner", **PLANNER)
    await enter(desk, "eva", **{**PLANNER, "roles": ["roles/supervisor", "roles/auditor"]})
    await enter(desk, "ben", **PLANNER)

    async with desk.http(token) as client:
        more = await client.post("/v1/accounts/eva/oneTimeCodes", json={})
        equal = await client.post("/v1/accounts/ben/oneTimeCodes", json={})

    assert (more.status_code, more.json()["reason"]) == (404, "UNKNOWN_ACCOUNT")
    assert equal.json()["code"]


async def test_an_update_changes_what_the_mask_names_and_no_more(desk: Desk) -> None:
    await enter(desk, "ana", roles=["roles/agent"], agent="agents/a", language_code="zh")

    async with desk.http(await desk.sign_in()) as client:
        before = (await client.get("/v1/accounts/ana")).json()
        changed = await client.patch(
            "/v1/accounts/ana",
            params={"updateMask": "displayName,languageCode"},
            json={"displayName": "Ana B", "roles": ["roles/wall"], "etag": before["etag"]},
        )
        stale = await client.patch(
            "/v1/accounts/ana", json={"displayName": "Ana C", "etag": before["etag"]}
        )
        unknown = await client.patch(
            "/v1/accounts/ana", params={"updateMask": "permissions"}, json={}
        )

    assert changed.status_code == 200, changed.text
    assert changed.json()["displayName"] == "Ana B"
    assert changed.json()["roles"] == ["roles/agent"]
    assert "languageCode" not in changed.json()
    assert (stale.status_code, stale.json()["reason"]) == (409, "STALE_ETAG")
    assert [one["field"] for one in unknown.json()["violations"]] == ["update_mask"]


async def test_a_faulty_update_names_the_field(desk: Desk) -> None:
    await enter(desk, "ana", roles=["roles/agent"])

    async with desk.http(await desk.sign_in()) as client:
        answer = await client.patch("/v1/accounts/ana", json={"teams": ["one"]})

    assert [one["field"] for one in answer.json()["violations"]] == ["teams"]


async def test_new_roles_hold_at_once_for_who_is_signed_in(desk: Desk) -> None:
    token = await enter(desk, "ana", roles=["roles/agent"], agent="agents/a")

    async with desk.http(token) as ana, desk.http(await desk.sign_in()) as boss:
        before = await ana.get("/v1/accounts")
        await boss.patch("/v1/accounts/ana", json={"roles": ["roles/auditor"]})
        after = await ana.get("/v1/accounts")

    assert (before.status_code, after.status_code) == (403, 200)


async def test_a_disabled_account_is_out_at_once_and_in_again_when_enabled(desk: Desk) -> None:
    token = await enter(desk, "ana", roles=["roles/agent"])

    async with desk.http(token) as ana, desk.http(await desk.sign_in()) as boss:
        disabled = (await boss.post("/v1/accounts/ana:disable", json={})).json()
        repeated = (await boss.post("/v1/accounts/ana:disable", json={})).json()
        refused = await ana.get("/v1/accounts/me")
        knocking = await sign_in(desk, "ana")
        hidden = (await boss.get("/v1/accounts?search=ana")).json()
        await boss.post("/v1/accounts/ana:enable", json={})

    assert disabled["disableTime"] == repeated["disableTime"]
    assert refused.status_code == 401
    assert (knocking.status_code, knocking.json()["reason"]) == (403, "ACCOUNT_DISABLED")
    assert hidden == {}
    assert (await sign_in(desk, "ana")).status_code == 200


async def test_nobody_disables_herself_and_somebody_always_grants_roles(desk: Desk) -> None:
    token = await enter(desk, "boss", roles=["roles/administrator"], sites=["sites/-"])

    async with desk.http(await desk.sign_in()) as supervisor, desk.http(token) as boss:
        own = await supervisor.post("/v1/accounts/supervisor:disable", json={})
        other = await boss.post("/v1/accounts/supervisor:disable", json={})
        last = await boss.patch("/v1/accounts/boss", json={"roles": ["roles/supervisor"]})

    assert own.json()["reason"] == "OWN_ACCOUNT"
    assert other.status_code == 200
    assert (last.status_code, last.json()["reason"]) == (400, "LAST_ADMINISTRATOR")


async def test_sessions_are_listed_and_ended_by_their_owner(desk: Desk) -> None:
    token = await enter(desk, "ana", roles=["roles/agent"])
    other = (await sign_in(desk, "ana")).json()["token"]

    async with desk.http(token) as here, desk.http(other) as there:
        listed = (await here.get("/v1/accounts/me/sessions")).json()["sessions"]
        [strange] = [one for one in listed if not one.get("current")]
        session = strange["name"].rpartition("/")[2]
        ended = await here.delete(f"/v1/accounts/me/sessions/{session}")
        repeated = await here.delete(f"/v1/accounts/me/sessions/{session}")
        after = await there.get("/v1/accounts/me")

    assert len(listed) == 2
    assert strange["addressClass"] == "127.0.0.0/24"
    assert strange["userAgent"].startswith("python-httpx")
    assert ended.status_code == 200
    assert (repeated.status_code, repeated.json()["reason"]) == (404, "UNKNOWN_SESSION")
    assert after.status_code == 401


async def test_sessions_of_others_are_ended_by_who_may_manage_them(desk: Desk) -> None:
    token = await enter(desk, "ana", roles=["roles/agent"])

    async with desk.http(token) as ana, desk.http(await desk.sign_in()) as boss:
        own = await ana.get("/v1/accounts/supervisor/sessions")
        listed = (await boss.get("/v1/accounts/ana/sessions")).json()["sessions"]
        await boss.post("/v1/accounts/ana/sessions:end", json={})
        after = await ana.get("/v1/accounts/me")

    assert own.status_code == 403
    assert [one.get("current", False) for one in listed] == [False]
    assert after.status_code == 401


async def test_a_session_that_nobody_uses_ends(desk: Desk, gateway_database: Database) -> None:
    token = await enter(desk, "ana", roles=["roles/agent"])
    async with gateway_database.transaction() as connection:
        await connection.execute(
            "UPDATE session SET last_used_time = now() - interval '2 hours' WHERE account = 'ana'"
        )

    async with desk.http(token) as client:
        answer = await client.get("/v1/accounts/me")

    assert answer.status_code == 401


async def test_a_password_is_changed_by_the_present_one_and_ends_other_sessions(desk: Desk) -> None:
    token = await enter(desk, "ana", roles=["roles/agent"])
    other = (await sign_in(desk, "ana")).json()["token"]
    wanted = {"password": PASSWORD, "new_password": "an even longer password"}

    async with desk.http(token) as here, desk.http(other) as there:
        wrong = await here.post("/v1/accounts/me:changePassword", json={**wanted, "password": "x"})
        short = await here.post(
            "/v1/accounts/me:changePassword", json={**wanted, "new_password": "short"}
        )
        changed = await here.post("/v1/accounts/me:changePassword", json=wanted)
        statuses = [(await one.get("/v1/accounts/me")).status_code for one in (here, there)]

    assert (wrong.status_code, wrong.json()["reason"]) == (401, "WRONG_CREDENTIALS")
    assert [one["field"] for one in short.json()["violations"]] == ["new_password"]
    assert changed.status_code == 200, changed.text
    assert statuses == [200, 401]
    assert (await sign_in(desk, "ana", "an even longer password")).status_code == 200


async def test_who_guesses_elsewhere_locks_nobody_out_of_her_own_place(
    desk: Desk, gateway_database: Database
) -> None:
    await enter(desk, "ana", roles=["roles/agent"])
    async with gateway_database.transaction() as connection:
        await connection.execute(
            "INSERT INTO sign_in_attempt"
            " VALUES ('ana', 1000, now()), ('@127.0.0.0/24', 1000, now())"
            " ON CONFLICT (account) DO UPDATE SET failed_count = 1000"
        )

    assert (await sign_in(desk, "ana")).status_code == 200
    assert (await sign_in(desk, "stranger")).status_code == 429


async def test_a_lead_with_a_reporting_line_manages_the_accounts_below_her(desk: Desk) -> None:
    desk.roster.members = [
        people_pb2.Agent(name="agents/lead", display_name="Lead", site="sites/bank"),
        people_pb2.Agent(name="agents/a", display_name="Zoe", site="sites/bank", team="teams/one"),
        people_pb2.Agent(name="agents/b", display_name="Ana", site="sites/bank", team="teams/two"),
    ]
    desk.roster.teams = [
        people_pb2.Team(name="teams/one", site="sites/bank", leads=["agents/lead"]),
        people_pb2.Team(name="teams/two", site="sites/bank"),
    ]
    token = await enter(
        desk, "lead", roles=["roles/supervisor"], agent="agents/lead", reporting_line=True
    )
    await enter(desk, "hers", roles=["roles/agent"], agent="agents/a")
    await enter(desk, "others", roles=["roles/agent"], agent="agents/b")

    async with desk.http(token) as client:
        listed = (await client.get("/v1/accounts")).json()
        mine = (await client.get("/v1/accounts/me")).json()

    assert [one["name"] for one in listed["accounts"]] == ["accounts/hers", "accounts/lead"]
    assert mine["reportingLine"] is True


async def test_two_who_change_an_account_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    await enter(desk, "ana", roles=["roles/agent"])
    async with desk.http(await desk.sign_in()) as client:
        etag = (await client.get("/v1/accounts/ana")).json()["etag"]

        answers = await asyncio.gather(
            *(
                client.patch("/v1/accounts/ana", json={"displayName": name, "etag": etag})
                for name in ("Ana A", "Ana B", "Ana C")
            )
        )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_an_agent_has_one_enabled_account(desk: Desk) -> None:
    await enter(desk, "ana", roles=["roles/agent"], agent="agents/a")
    await enter(desk, "ben", roles=["roles/agent"])
    second = {"name": "accounts/ana-two", "display_name": "A", "roles": ["roles/agent"]}
    rows = {"accounts": [{**second, "agent": "agents/a"}]}

    async with desk.http(await desk.sign_in()) as boss:
        applied = await boss.post("/v1/accounts:apply", json=rows)
        checked = await boss.post("/v1/accounts:apply", json={**rows, "validate_only": True})
        bound = await boss.patch("/v1/accounts/ben", json={"agent": "agents/a"})
        renamed = await boss.patch("/v1/accounts/ana", json={"displayName": "Ana B"})
        await boss.post("/v1/accounts/ana:disable", json={})
        after = await boss.post("/v1/accounts:apply", json=rows)
        enabled = await boss.post("/v1/accounts/ana:enable", json={})

    for refused in (applied, checked, bound, enabled):
        assert (refused.status_code, refused.json()["reason"]) == (400, "AGENT_HAS_ACCOUNT")
        assert refused.json()["metadata"]["agent"] == "agents/a"
    assert [renamed.status_code, after.status_code] == [200, 200]


async def test_one_call_hands_an_agent_over_and_gives_nobody_two_accounts(desk: Desk) -> None:
    await enter(desk, "ana", roles=["roles/agent"], agent="agents/a")

    def row(account: str, agent: str) -> dict[str, Any]:
        named = {"name": f"accounts/{account}", "display_name": account}
        return {**named, "roles": ["roles/agent"], "agent": agent}

    async with desk.http(await desk.sign_in()) as boss:
        twice = {"accounts": [row("one", "agents/b"), row("two", "agents/b")]}
        refused = await boss.post("/v1/accounts:apply", json=twice)
        moved = {"accounts": [row("ana", ""), row("ana-li", "agents/a")]}
        handed = await boss.post("/v1/accounts:apply", json=moved)

    assert refused.json()["reason"] == "AGENT_HAS_ACCOUNT"
    assert handed.status_code == 200, handed.text
