"""Signing in by another place (OpenID Connect), against a provider that runs beside the test."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from chassis.bus import Bus
from gateway import bootstrap
from gateway.app import passwords
from gateway.http.openid import FLOW_COOKIE
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.gateway.accounts import enter
from tests.component.gateway.conftest import QUICK
from tests.component.gateway.desk import Desk, running_gateway
from tests.component.gateway.openid import (
    PUBLIC_URL,
    RunningProvider,
    come_back,
    running_provider,
    sign_in_by,
)

SETTINGS = """
[[provider]]
id = "mock"
display_name = "The company"
issuer = "{issuer}"
client_id = "muster"
client_secret_file = "secret"
create_accounts = true
agent_claim = "employee"

[[provider.grants]]
claim = "groups"
value = "floor"
roles = ["agent"]

[[provider.grants]]
claim = "groups"
value = "leads"
roles = ["supervisor"]
sites = ["bank"]
reporting_line = true
"""
PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ANA = {"preferred_username": "Ana.Li@bank.example", "name": "Ana Li", "groups": ["floor"]}
EVA = {**ANA, "preferred_username": "eva", "name": "Eva", "groups": ["leads"], "employee": "a"}


@pytest.fixture(scope="module")
async def shared_provider() -> AsyncIterator[RunningProvider]:
    async with running_provider() as running:
        yield running


@pytest.fixture
async def provider(shared_provider: RunningProvider) -> RunningProvider:
    """The provider, which runs and knows these people whatever the test before did to it."""
    if shared_provider.process is None:
        await shared_provider.start()
    await shared_provider.know({"1": ANA, "2": EVA, "3": {**ANA, "groups": ["canteen"]}})
    return shared_provider


@pytest.fixture
async def front(
    provider: RunningProvider,
    owner_url: OwnerUrl,
    database: OpenDatabase,
    bus: Bus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Desk]:
    monkeypatch.setattr(passwords, "PasswordHasher", lambda: QUICK)
    file = tmp_path / "providers.toml"
    file.write_text(SETTINGS.format(issuer=provider.issuer), encoding="utf-8")
    (tmp_path / "secret").write_text("of the client\n", encoding="utf-8")
    first = await asyncio.to_thread(bootstrap.create_first_accounts, owner_url("gateway"))
    async with running_gateway(
        await database("gateway"),
        bus,
        first,
        tmp_path,
        public_url=PUBLIC_URL,
        oidc_file=file,
    ) as running:
        yield running


@pytest.fixture
async def browser(front: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with front.http() as client:
        yield client


async def test_the_sign_in_page_learns_of_the_providers(browser: httpx.AsyncClient) -> None:
    listed = (await browser.get("/v1/signInProviders")).json()

    assert listed["providers"] == [
        {
            "name": "signInProviders/mock",
            "displayName": "The company",
            "startUri": "/v1/oidc/mock/start",
        }
    ]


async def test_who_comes_for_the_first_time_gets_an_account_by_her_claims(
    browser: httpx.AsyncClient,
) -> None:
    entered = await sign_in_by(browser, "2")
    account = (await browser.get("/v1/accounts/me")).json()

    assert (entered.status_code, entered.headers["location"]) == (303, "/board")
    assert account["name"] == "accounts/eva"
    assert account["displayName"] == "Eva"
    assert account["roles"] == ["roles/supervisor"]
    assert account["sites"] == ["sites/bank"]
    assert (account["agent"], account["reportingLine"]) == ("agents/a", True)


async def test_a_sign_in_is_written_down_as_any_other(
    front: Desk, browser: httpx.AsyncClient
) -> None:
    await sign_in_by(browser, "2")

    async with front.http(await front.sign_in()) as boss:
        kept = (await boss.get("/v1/auditEntries", params={"actor": "accounts/eva"})).json()

    assert [one["method"] for one in kept["entries"]] == [
        "muster.gateway.v1.AccountService/CreateSession"
    ] * 2


async def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(
    browser: httpx.AsyncClient,
) -> None:
    started = await browser.get("/v1/oidc/mock/start", headers={"x-forwarded-proto": "https"})
    entered = await sign_in_by(browser, "1")

    flow = started.headers["set-cookie"]
    session = entered.headers.get_list("set-cookie")[0]
    assert "Path=/v1/oidc; HttpOnly; SameSite=Lax; Secure" in flow
    assert "; Path=/; HttpOnly; SameSite=Strict" in session


async def test_the_way_out_carries_state_nonce_and_a_challenge_that_the_browser_can_meet(
    browser: httpx.AsyncClient,
) -> None:
    started = await browser.get("/v1/oidc/mock/start")

    asked = {
        key: value[0]
        for key, value in parse_qs(urlsplit(started.headers["location"]).query).items()
    }
    flow = json.loads(base64.urlsafe_b64decode(browser.cookies[FLOW_COOKIE].strip('"')))
    digest = hashlib.sha256(flow["verifier"].encode()).digest()
    assert (asked["state"], asked["nonce"]) == (flow["state"], flow["nonce"])
    assert asked["code_challenge_method"] == "S256"
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert asked["redirect_uri"] == f"{PUBLIC_URL}/v1/oidc/mock/callback"


async def test_an_account_is_linked_by_subject_and_follows_the_claims(
    browser: httpx.AsyncClient, provider: RunningProvider
) -> None:
    await sign_in_by(browser, "1")
    first = (await browser.get("/v1/accounts/me")).json()

    await provider.know({"1": {**EVA, "preferred_username": "renamed"}})
    await sign_in_by(browser, "1")
    second = (await browser.get("/v1/accounts/me")).json()

    assert (first["name"], first["roles"]) == ("accounts/ana-li", ["roles/agent"])
    assert (second["name"], second["roles"]) == ("accounts/ana-li", ["roles/supervisor"])


async def test_new_keys_of_the_provider_are_found(
    browser: httpx.AsyncClient, provider: RunningProvider
) -> None:
    await sign_in_by(browser, "1")
    await provider.stop()
    await provider.start()
    await provider.know({"1": ANA})

    assert (await sign_in_by(browser, "1")).status_code == 303


async def test_whom_no_claim_grants_a_role_stays_outside(browser: httpx.AsyncClient) -> None:
    refused = await sign_in_by(browser, "3")

    assert (refused.status_code, refused.json()["reason"]) == (403, "ACCOUNT_NOT_LINKED")
    assert (await browser.get("/v1/accounts/me")).status_code == 401


async def test_an_account_that_exists_is_not_taken_over_by_its_name(
    front: Desk, browser: httpx.AsyncClient
) -> None:
    await enter(front, "eva", roles=["roles/agent"])

    refused = await sign_in_by(browser, "2")

    assert (refused.status_code, refused.json()["reason"]) == (403, "ACCOUNT_NOT_LINKED")


async def test_nobody_gets_a_second_account_of_an_agent_by_her_claims(
    front: Desk, browser: httpx.AsyncClient
) -> None:
    await enter(front, "ana", roles=["roles/agent"], agent="agents/a")

    refused = await sign_in_by(browser, "2")

    assert (refused.status_code, refused.json()["reason"]) == (400, "AGENT_HAS_ACCOUNT")
    assert (await browser.get("/v1/accounts/me")).status_code == 401


async def test_a_disabled_account_is_not_entered(front: Desk, browser: httpx.AsyncClient) -> None:
    await sign_in_by(browser, "2")
    async with front.http(await front.sign_in()) as boss:
        await boss.post("/v1/accounts/eva:disable", json={})

    refused = await sign_in_by(browser, "2")

    assert (refused.status_code, refused.json()["reason"]) == (403, "ACCOUNT_DISABLED")


async def test_a_sign_in_ends_in_the_browser_that_began_it(
    front: Desk, browser: httpx.AsyncClient
) -> None:
    back = await come_back(browser, "1")

    async with front.http() as other:
        without = await other.get(back)
        await come_back(other, "1")
        mixed = await other.get(back)

    for answer in (without, mixed):
        assert (answer.status_code, answer.json()["reason"]) == (401, "SIGN_IN_REFUSED")


async def test_a_code_is_worth_nothing_a_second_time(browser: httpx.AsyncClient) -> None:
    back = await come_back(browser, "1")
    cookies = dict(browser.cookies)
    await browser.get(back)

    browser.cookies = httpx.Cookies(cookies)
    again = await browser.get(back)

    assert (again.status_code, again.json()["reason"]) == (401, "SIGN_IN_REFUSED")


async def test_a_token_with_another_nonce_is_not_believed(browser: httpx.AsyncClient) -> None:
    back = await come_back(browser, "1")
    flow = json.loads(base64.urlsafe_b64decode(browser.cookies[FLOW_COOKIE].strip('"')))
    forged = base64.urlsafe_b64encode(json.dumps({**flow, "nonce": "other"}).encode()).decode()
    browser.cookies.clear()

    answer = await browser.get(back, headers={"cookie": f"{FLOW_COOKIE}={forged}"})

    assert (answer.status_code, answer.json()["reason"]) == (401, "SIGN_IN_REFUSED")


async def test_who_declines_at_the_provider_is_told_to_begin_anew(
    browser: httpx.AsyncClient,
) -> None:
    refused = await sign_in_by(browser, "")

    assert refused.json()["reason"] == "SIGN_IN_REFUSED"


async def test_a_browser_comes_back_to_where_it_began_with_the_reason(
    browser: httpx.AsyncClient,
) -> None:
    back = await come_back(browser, "3", return_to="/board?day=2026-11-20#now")

    refused = await browser.get(back, headers=PAGE)

    assert refused.status_code == 303
    assert refused.headers["location"] == (
        "/board?day=2026-11-20&signInRefused=ACCOUNT_NOT_LINKED#now"
    )
    assert FLOW_COOKIE not in browser.cookies
    assert (await browser.get("/v1/accounts/me")).status_code == 401


async def test_a_browser_is_told_of_a_provider_that_is_away_on_the_sign_in_page(
    browser: httpx.AsyncClient, provider: RunningProvider
) -> None:
    await provider.stop()

    refused = await browser.get("/v1/oidc/mock/start?return_to=/people", headers=PAGE)
    astray = await browser.get("/v1/oidc/mock/start?return_to=//evil.example", headers=PAGE)

    assert refused.headers["location"] == "/people?signInRefused=PROVIDER_UNAVAILABLE"
    assert astray.headers["location"] == "/?signInRefused=PROVIDER_UNAVAILABLE"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\tb"]
)
async def test_nobody_is_led_elsewhere_afterwards(
    browser: httpx.AsyncClient, elsewhere: str
) -> None:
    entered = await sign_in_by(browser, "1", return_to=elsewhere)

    assert entered.headers["location"] == "/"


async def test_a_provider_that_is_away_is_said_to_be(
    browser: httpx.AsyncClient, provider: RunningProvider
) -> None:
    await provider.stop()

    answer = await browser.get("/v1/oidc/mock/start")

    assert (answer.status_code, answer.json()["reason"]) == (503, "PROVIDER_UNAVAILABLE")


async def test_an_unknown_provider_is_none(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/v1/oidc/other/start")

    assert (answer.status_code, answer.json()["reason"]) == (404, "UNKNOWN_PROVIDER")
