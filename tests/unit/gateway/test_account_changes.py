from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.account_changes import (
    MOST_ACCOUNTS,
    Giver,
    check_accounts,
    decide_account_changes,
    find_shared_agent,
    permissions_of,
)
from gateway.domain.accounts import Account, Kind
from gateway.domain.codes import find_password_fault, plain_code

ROLES = {"planner": frozenset({"read", "plan"}), "owner": frozenset({"read", "own"})}
ALL = Giver(frozenset({"read", "plan", "own"}), None)
HERE = Giver(
    frozenset({"read", "plan"}),
    frozenset({"sites/porto"}),
    frozenset({"agents/ana"}),
    frozenset({"teams/porto-1"}),
)
ANA = Account(
    "ana",
    "Ana",
    ROLES["planner"],
    frozenset({"sites/porto"}),
    "agents/ana",
    ("planner",),
    "pt",
)


def fields(account: Account, giver: Giver = ALL, *known: Account) -> list[str]:
    found = check_accounts([account], {one.id: one for one in known}, ROLES, giver)
    return [fault.field for fault in found]


def test_an_account_within_the_givers_own_is_fine() -> None:
    assert fields(ANA, HERE) == []


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (replace(ANA, id="Ana"), "name"),
        (replace(ANA, id=""), "name"),
        (replace(ANA, id="Ana", kind=Kind.SERVICE), "service_account_id"),
        (replace(ANA, id="me", kind=Kind.SERVICE), "service_account_id"),
        (replace(ANA, display_name=""), "display_name"),
        (replace(ANA, display_name="a\nb"), "display_name"),
        (replace(ANA, sites=frozenset({"porto"})), "sites"),
        (replace(ANA, sites=frozenset({"sites/-", "sites/porto"})), "sites"),
        (replace(ANA, teams=frozenset({"porto-1"})), "teams"),
        (replace(ANA, agent="ana"), "agent"),
        (replace(ANA, agent="", reporting_line=True), "reporting_line"),
        (replace(ANA, language_code="portuguese!"), "language_code"),
        (replace(ANA, roles=()), "roles"),
        (replace(ANA, roles=("planner", "king")), "roles"),
    ],
)
def test_a_faulty_row_is_named_by_its_field(account: Account, field: str) -> None:
    assert fields(account) == [f"accounts[0].{field}"]


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (replace(ANA, roles=("owner",), permissions=ROLES["owner"]), "roles"),
        (replace(ANA, sites=None), "sites"),
        (replace(ANA, sites=frozenset({"sites/lyon"})), "sites"),
        (replace(ANA, teams=frozenset({"teams/porto-1", "teams/lyon-1"})), "teams"),
        (replace(ANA, agent="agents/eva"), "agent"),
        (replace(ANA, reporting_line=True), "reporting_line"),
    ],
)
def test_nobody_gives_more_than_they_have(account: Account, field: str) -> None:
    assert fields(account, HERE) == [f"accounts[0].{field}"]


def test_a_line_that_the_giver_sees_whole_may_be_given() -> None:
    giver = replace(HERE, lines=frozenset({"agents/ana"}))
    led = replace(ANA, reporting_line=True, teams=frozenset({"teams/porto-1"}))

    assert fields(led, giver) == []


def test_an_account_that_can_do_more_is_not_changed() -> None:
    former = replace(ANA, roles=("owner",), permissions=ROLES["owner"])

    assert fields(ANA, HERE, former) == ["accounts[0].name"]


def test_nobody_makes_herself_an_agent_or_a_lead_whose_past_she_would_see() -> None:
    own = replace(ALL, account="ana")
    former = replace(ANA, agent="", sites=None)

    assert fields(replace(former, agent="agents/ben"), own, former) == ["accounts[0].agent"]
    assert fields(replace(former, display_name="Ana B"), own, former) == []
    assert fields(replace(former, agent="agents/ben"), ALL, former) == []


def test_one_account_comes_once() -> None:
    assert [fault.field for fault in check_accounts([ANA, ANA], {}, ROLES, ALL)] == [
        "accounts[1].name"
    ]


def test_too_many_rows_are_one_fault() -> None:
    (fault,) = check_accounts([ANA] * (MOST_ACCOUNTS + 1), {}, ROLES, ALL)

    assert fault.field == "accounts"


def test_what_is_as_requested_is_not_changed() -> None:
    ben = replace(ANA, id="ben")
    renamed = replace(ANA, id="eva", display_name="Eva 2")
    known = {"ana": ANA, "eva": replace(renamed, display_name="Eva")}

    changes = decide_account_changes([ANA, ben, renamed], known)

    assert (changes.created, changes.updated, changes.unchanged_count) == ((ben,), (renamed,), 1)


@given(st.lists(st.sampled_from(["planner", "owner", "nobody"])))
def test_roles_permit_together_what_they_permit_alone(roles: list[str]) -> None:
    granted = permissions_of(roles, ROLES)

    assert granted == {right for role in roles for right in ROLES.get(role, ())}


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("eleven char", False),
        ("twelve chars", True),
        ("x" * 201, False),
        ("Supervisor-7", False),
        ("correct horse", True),
    ],
)
def test_a_password_is_long_and_not_the_accounts_name(password: str, fine: bool) -> None:
    assert (find_password_fault("supervisor-7", password) is None) is fine


def test_a_code_counts_however_it_is_typed() -> None:
    assert plain_code(" 7HKW p2mn-C4XD\t9fqa ") == plain_code("7hkw-p2mn-c4xd-9fqa")


OFF = datetime(2026, 11, 22, tzinfo=UTC)
SECOND = replace(ANA, id="ana-two")


@pytest.mark.parametrize(
    ("wanted", "known", "bound", "shared"),
    [
        ([SECOND], [], {"ana": "agents/ana"}, "agents/ana"),
        ([ANA, SECOND], [], {}, "agents/ana"),
        ([SECOND], [replace(SECOND, disable_time=OFF)], {"ana": "agents/ana"}, "agents/ana"),
        ([replace(SECOND, disable_time=OFF)], [], {"ana": "agents/ana"}, ""),
        ([replace(ANA, agent=""), SECOND], [ANA], {"ana": "agents/ana"}, ""),
        ([ANA], [ANA], {"ana": "agents/ana"}, ""),
        ([replace(ANA, agent="")], [], {"ben": ""}, ""),
    ],
)
def test_nobody_gets_an_enabled_account_beside_another_of_the_same_agent(
    wanted: list[Account], known: list[Account], bound: dict[str, str], shared: str
) -> None:
    assert find_shared_agent(wanted, {one.id: one for one in known}, bound) == shared


def test_who_had_two_accounts_before_may_still_be_changed() -> None:
    renamed = replace(ANA, display_name="Ana B")
    bound = {"ana": "agents/ana", "ana-two": "agents/ana"}

    assert find_shared_agent([renamed], {"ana": ANA}, bound) == ""
