from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gateway.backends.provider_file import ProviderFileError, read_providers
from gateway.domain.accounts import Account
from gateway.domain.providers import ClaimGrant, Provider, account_id_of, granted
from gateway.http.openid import own_path

PROVIDER = Provider("mock", "Mock", "https://id.example", "muster")
ANA = Account("ana", "Ana", frozenset(), frozenset(), "agents/ana", ("agent",))
FLOOR = ClaimGrant("groups", "floor", ("agent",))
LEADS = ClaimGrant(
    "realm.roles",
    "lead",
    ("supervisor",),
    frozenset({"sites/bank"}),
    frozenset({"teams/one"}),
    reporting_line=True,
)
GRANTING = replace(PROVIDER, grants=(FLOOR, LEADS))
CONTENT = """
[[provider]]
id = "keycloak"
display_name = "Company"
issuer = "https://id.example/realms/floor"
client_id = "muster"
"""


@pytest.mark.parametrize(
    ("told", "id_"),
    [
        ("ana", "ana"),
        ("Ana.Li@bank.example", "ana-li"),
        ("..ana__li..", "ana-li"),
        ("x" * 100, "x" * 63),
        ("娜", ""),
        (7, ""),
        (None, ""),
    ],
)
def test_an_account_claim_means_an_id(told: Any, id_: str) -> None:
    assert account_id_of(PROVIDER, {"preferred_username": told}) == id_


def test_without_grants_an_account_keeps_what_it_has() -> None:
    assert granted(PROVIDER, ANA, {"groups": ["floor"]}) == ANA


def test_all_matching_grants_count_together_and_replace_what_was() -> None:
    claims = {"groups": ["floor"], "realm": {"roles": ["lead"]}}

    account = granted(GRANTING, ANA, claims)

    assert account is not None
    assert account.roles == ("agent", "supervisor")
    assert account.sites == frozenset({"sites/bank"})
    assert account.teams == frozenset({"teams/one"})
    assert account.reporting_line


def test_no_matching_grant_lets_nobody_in() -> None:
    assert granted(GRANTING, ANA, {"groups": "floors", "realm": "lead"}) is None


def test_a_claim_may_be_one_value_and_all_sites_are_all_sites() -> None:
    boss = ClaimGrant("role", "boss", ("administrator",), None)

    account = granted(replace(PROVIDER, grants=(LEADS, boss)), ANA, {"role": "boss"})

    assert account is not None
    assert account.sites is None


def test_a_file_names_providers(tmp_path: Path) -> None:
    file = tmp_path / "providers.toml"
    grant = '[[provider.grants]]\nclaim = "a"\nvalue = "b"\nroles = ["c"]\nsites = ["all"]\n'
    file.write_text(CONTENT + grant, encoding="utf-8")

    [provider] = read_providers(file)

    assert provider.start_path == "/v1/oidc/keycloak/start"
    assert provider.grants == (ClaimGrant("a", "b", ("c",), None),)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (CONTENT.replace("https", "http"), "provider.0.issuer"),
        (CONTENT + 'secret = "x"\n', "provider.0.secret"),
        (CONTENT.replace('client_id = "muster"', ""), "provider.0.client_id"),
        (CONTENT + "[[", "providers.toml"),
        (CONTENT + 'client_secret_file = "gone"\n', "gone"),
    ],
)
def test_a_faulty_file_is_named_with_the_place(tmp_path: Path, wrong: str, named: str) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(wrong, encoding="utf-8")

    with pytest.raises(ProviderFileError, match=named):
        read_providers(file)


@pytest.mark.parametrize("path", ["/", "/board?site=a#x", "/sites/bank/2026-11-22"])
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path", ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/\r\nx: y"]
)
def test_any_other_path_leads_to_the_start(path: str) -> None:
    assert own_path(path) == "/"
