"""Protection profiles over real ports and a real database."""

from typing import Any

import httpx
import pytest
from muster.roster.v1 import people_pb2

from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk

PROFILE = f"/v1/{SITE}/protectionProfile"
STANDARD = {
    "rule_set": "standard",
    "agreed_by": "works council and employer",
    "agreement_date": {"year": 2026, "month": 11, "day": 2},
    "agreement_reference": "WA 12/2026",
}


async def choose(desk: Desk, **changed: Any) -> httpx.Response:
    async with desk.http(await desk.sign_in()) as client:
        return await client.put(PROFILE, json={**STANDARD, **changed})


async def test_a_site_for_which_nobody_chose_is_strict_and_says_so(desk: Desk) -> None:
    async with desk.http(await desk.sign_in("agent")) as client:
        profile = (await client.get(PROFILE)).json()

    assert profile["ruleSet"] == "strict"
    assert profile["rulesInForce"] == {
        "historyAudience": "HISTORY_AUDIENCE_DIRECT_LEAD",
        "purposeRequired": True,
        "smallestGroup": 5,
    }
    assert profile["purposes"][-1] == "other"


async def test_a_choice_before_anything_is_recorded_holds_at_once_and_names_its_agreement(
    desk: Desk,
) -> None:
    chosen = (await choose(desk)).json()

    async with desk.http(await desk.sign_in("agent")) as client:
        seen = (await client.get(PROFILE)).json()
    assert seen["rulesInForce"]["historyAudience"] == "HISTORY_AUDIENCE_SCOPE"
    assert seen["author"] == "accounts/supervisor"
    assert (seen["agreedBy"], seen["agreementReference"]) == (
        STANDARD["agreed_by"],
        STANDARD["agreement_reference"],
    )
    assert chosen["version"] == seen["version"] == "1"


async def test_what_was_recorded_before_the_choice_stays_under_the_strict_rules(desk: Desk) -> None:
    desk.presence.add_link("a")

    chosen = (await choose(desk)).json()

    assert chosen["rules"]["historyAudience"] == "HISTORY_AUDIENCE_SCOPE"
    assert chosen["rulesInForce"]["historyAudience"] == "HISTORY_AUDIENCE_DIRECT_LEAD"
    assert chosen["rulesInForce"]["purposeRequired"] is True


async def test_nobody_chooses_over_a_version_that_she_has_not_read(desk: Desk) -> None:
    await choose(desk)

    refused = await choose(desk, rule_set="strict")
    following = await choose(desk, rule_set="strict", version=1)

    assert refused.status_code == 409
    assert refused.json()["reason"] == "STALE_ETAG"
    assert following.json()["version"] == "2"


async def test_versions_are_listed_from_the_newest_on_and_stay_as_they_were(desk: Desk) -> None:
    await choose(desk)
    await choose(desk, rule_set="strict", version=1)

    async with desk.http(await desk.sign_in("agent")) as client:
        first = (await client.get(f"{PROFILE}/versions", params={"page_size": 1})).json()
        token = first["nextPageToken"]
        second = (await client.get(f"{PROFILE}/versions", params={"page_token": token})).json()
        older = (await client.get(PROFILE, params={"version": 1})).json()
        unknown = await client.get(PROFILE, params={"version": 9})

    assert [one["ruleSet"] for one in first["profiles"] + second["profiles"]] == [
        "strict",
        "standard",
    ]
    assert older["ruleSet"] == "standard"
    assert unknown.json()["reason"] == "UNKNOWN_PROFILE_VERSION"


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("profile.rule_set", {"rule_set": "lax"}),
        ("profile.agreed_by", {"agreed_by": " "}),
        ("profile.agreement_date", {"agreement_date": {"year": 2026, "month": 13}}),
        ("profile.effective_time", {"effective_time": "2026-01-01T00:00:00Z"}),
    ],
)
async def test_a_choice_that_is_not_complete_or_lies_in_the_past_is_refused_by_its_field(
    desk: Desk, field: str, changed: dict[str, Any]
) -> None:
    refused = await choose(desk, **changed)

    assert refused.status_code == 400
    assert [one["field"] for one in refused.json()["violations"]] == [field]


async def test_an_agent_confirms_what_she_has_read_and_her_lead_sees_it(desk: Desk) -> None:
    desk.roster.members.append(people_pb2.Agent(name="agents/harbor-0001", site=SITE))
    await choose(desk)
    async with desk.http(await desk.sign_in("agent")) as agent:
        stale = await agent.post(f"{PROFILE}:confirm", json={})
        confirmed = await agent.post(f"{PROFILE}:confirm", json={"version": 1})
        again = await agent.post(f"{PROFILE}:confirm", json={"version": 1})
        own = (await agent.get(PROFILE)).json()
        refused = await agent.get(f"{PROFILE}/confirmations")

    async with desk.http(await desk.sign_in()) as lead:
        listed = (await lead.get(f"{PROFILE}/confirmations")).json()

    assert stale.json()["reason"] == "STALE_ETAG"
    assert confirmed.json() == again.json()
    assert own["confirmedCount"] == 1
    assert own["myConfirmTime"] == confirmed.json()["confirmTime"]
    assert [one["agent"] for one in listed["confirmations"]] == ["agents/harbor-0001"]
    assert refused.status_code == 403


async def test_whoever_is_no_agent_of_the_site_has_nothing_to_confirm(desk: Desk) -> None:
    async with desk.http(await desk.sign_in("agent")) as agent:
        refused = await agent.post(f"{PROFILE}:confirm", json={})

    assert refused.json()["reason"] == "NOT_PROTECTED_HERE"
