"""The stored sign-in belongs to its owner, and the environment goes before it."""

from pathlib import Path

import platformdirs
import pytest

from cli.errors import CommandError
from cli.session import Session, find_gateway, load_session, store_session

HERE = "127.0.0.1:8081"


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda _: tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "config"


def test_a_stored_session_is_found_again() -> None:
    store_session(Session(HERE, "mst_1", account="supervisor"))

    assert load_session(HERE, {}) == Session(HERE, "mst_1", account="supervisor")


def test_each_gateway_has_a_session_of_its_own() -> None:
    store_session(Session(HERE, "mst_1"))
    store_session(Session("far:8081", "mst_2"))

    assert load_session(HERE, {}).token == "mst_1"
    assert load_session("far:8081", {}).token == "mst_2"


def test_only_its_owner_can_read_a_session() -> None:
    file = store_session(Session(HERE, "mst_1"))

    assert file.stat().st_mode & 0o777 == 0o600


def test_a_token_of_the_environment_goes_before_the_stored_one() -> None:
    store_session(Session(HERE, "mst_1"))

    assert load_session(HERE, {"MUSTER_TOKEN": "mst_env"}).token == "mst_env"


def test_who_is_not_signed_in_is_told_how() -> None:
    with pytest.raises(CommandError, match="run `muster login --gateway far:8081`"):
        load_session("far:8081", {})


def test_a_damaged_store_is_refused_with_advice(config: Path) -> None:
    config.mkdir()
    (config / "sessions.json").write_text("[")

    with pytest.raises(CommandError, match="remove it and run `muster login`"):
        load_session(HERE, {})


def test_the_gateway_is_the_named_one_then_the_environments_then_the_usual_one() -> None:
    assert find_gateway("named:1", {"MUSTER_GATEWAY": "env:1"}) == "named:1"
    assert find_gateway(None, {"MUSTER_GATEWAY": "env:1"}) == "env:1"
    assert find_gateway(None, {}) == HERE
