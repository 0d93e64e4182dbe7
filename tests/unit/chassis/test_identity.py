import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest

from chassis.errors import Code, Refusal
from chassis.identity import (
    LONGEST_LIFETIME,
    PROCESS_GRANTS,
    Grant,
    Identity,
    Signer,
    Trust,
    create_keys,
)
from chassis.scope import EVERYTHING, Scope

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANA = Identity(
    "accounts/ana",
    frozenset({"board.read"}),
    Scope(frozenset({"sites/x"}), frozenset({"agents/ana"})),
)
GRANTS = {
    "gateway": Grant(frozenset({"roster.agents.copy"}), vouches=True),
    "floor": Grant(frozenset({"presence.states.report"})),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_keys(tmp_path / "keys", GRANTS)
    return tmp_path / "keys"


def signer(folder: Path, name: str, *, as_name: str | None = None) -> Signer:
    return Signer.load(folder / f"{name}.key", as_name or name)


def trust(folder: Path) -> Trust:
    return Trust.load(folder / "trust.json")


def refusal_of(folder: Path, token: str, now: datetime = NOW) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        trust(folder).verify(token, now)
    return refusal.value


def test_whom_the_gateway_vouches_for_is_who_the_token_says(folder: Path) -> None:
    token = signer(folder, "gateway").sign(ANA, NOW)

    assert trust(folder).verify(token, NOW) == ANA


def test_all_sites_stay_all_sites(folder: Path) -> None:
    anybody = Identity("accounts/boss", frozenset(), Scope(sites=None))

    token = signer(folder, "gateway").sign(anybody, NOW)

    assert trust(folder).verify(token, NOW).scope.sites is None


@pytest.mark.parametrize("name", ["gateway", "floor"])
def test_a_process_may_do_what_the_trust_file_grants_it(folder: Path, name: str) -> None:
    token = signer(folder, name).sign_own(NOW)

    assert trust(folder).verify(token, NOW) == Identity(
        f"processes/{name}", GRANTS[name].permissions, EVERYTHING
    )


def test_a_process_cannot_grant_itself_more(folder: Path) -> None:
    greedy = Identity("processes/floor", frozenset({"roster.agents.copy"}), EVERYTHING)

    token = signer(folder, "floor").sign(greedy, NOW)

    assert trust(folder).verify(token, NOW).permissions == GRANTS["floor"].permissions


def test_a_process_that_does_not_vouch_speaks_for_nobody_else(folder: Path) -> None:
    token = signer(folder, "floor").sign(ANA, NOW)

    assert refusal_of(folder, token).code is Code.UNAUTHENTICATED


def test_not_even_the_gateway_speaks_as_another_process(folder: Path) -> None:
    floor = Identity("processes/floor", frozenset(), EVERYTHING)

    token = signer(folder, "gateway").sign(floor, NOW)

    assert refusal_of(folder, token).reason == "SIGN_IN_REQUIRED"


def test_a_key_cannot_go_by_the_name_of_another(folder: Path) -> None:
    token = signer(folder, "floor", as_name="gateway").sign(ANA, NOW)

    assert refusal_of(folder, token).reason == "SIGN_IN_REQUIRED"


def test_a_token_ends_when_it_says_also_when_it_is_remembered(folder: Path) -> None:
    token = signer(folder, "gateway").sign(ANA, NOW, timedelta(minutes=1))
    verifier = trust(folder)
    verifier.verify(token, NOW)

    with pytest.raises(Refusal):
        verifier.verify(token, NOW + timedelta(minutes=1))


def test_a_token_of_the_future_is_not_taken(folder: Path) -> None:
    token = signer(folder, "gateway").sign(ANA, NOW + timedelta(minutes=1))

    assert refusal_of(folder, token).reason == "SIGN_IN_REQUIRED"


def test_nobody_signs_for_longer_than_five_minutes(folder: Path) -> None:
    with pytest.raises(ValueError, match="at most"):
        signer(folder, "gateway").sign(ANA, NOW, LONGEST_LIFETIME + timedelta(seconds=1))


@pytest.mark.parametrize("token", ["", "nonsense", "mst_opaque", "a.b.c"])
def test_what_is_no_token_is_refused(folder: Path, token: str) -> None:
    assert refusal_of(folder, token).reason == "SIGN_IN_REQUIRED"


def test_an_unsigned_token_is_refused(folder: Path) -> None:
    claims = {"iss": "muster", "sub": "accounts/ana", "iat": 0, "exp": 2**31}
    token = jwt.encode(claims, "", algorithm="none", headers={"kid": "gateway"})

    assert refusal_of(folder, token).reason == "SIGN_IN_REQUIRED"


def test_a_process_renews_its_own_token_a_minute_before_its_end(folder: Path) -> None:
    own = signer(folder, "floor")
    first = own.sign_own(NOW)

    assert own.sign_own(NOW + timedelta(seconds=239)) == first
    assert own.sign_own(NOW + timedelta(seconds=240)) != first


def test_keys_are_made_once_and_for_their_owner_alone(folder: Path) -> None:
    before = (folder / "gateway.key").read_bytes()

    create_keys(folder, GRANTS)

    assert (folder / "gateway.key").read_bytes() == before
    assert stat.S_IMODE((folder / "gateway.key").stat().st_mode) == 0o600
    assert sorted(path.name for path in folder.iterdir()) == [
        "floor.key",
        "gateway.key",
        "trust.json",
    ]


def test_the_trust_file_holds_no_secret(folder: Path) -> None:
    entries = json.loads((folder / "trust.json").read_text())

    assert entries["floor"].keys() == {"public_key", "vouches", "permissions"}


def test_only_the_gateway_vouches() -> None:
    assert [name for name, grant in PROCESS_GRANTS.items() if grant.vouches] == ["gateway"]


def test_who_calls_nobody_is_granted_nothing() -> None:
    idle = {name for name, grant in PROCESS_GRANTS.items() if not grant.permissions}

    assert idle == {"roster", "analytics"}
