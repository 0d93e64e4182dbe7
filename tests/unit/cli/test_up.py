"""What `muster up` takes from its caller, and what it says when it cannot begin."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chassis.embedded import ClusterFailed
from cli import up
from cli.errors import CommandError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(up, "run_as_account", lambda: None)


def test_a_database_that_cannot_be_made_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise ClusterFailed("initdb: error: no space left on device")

    monkeypatch.setattr(up, "run_tree", fail)

    ended = CliRunner().invoke(up.app)

    assert isinstance(ended.exception, CommandError)
    assert ended.exception.message == (
        "the database could not be made: initdb: error: no space left on device"
    )


def test_what_a_shell_holds_for_administrators_reaches_no_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed: dict[str, str] = {}

    async def note(_layout: Any, _options: Any, environment: Mapping[str, str], _: Any) -> None:
        handed.update(environment)

    monkeypatch.setattr(up, "run_tree", note)
    secrets = {
        "MUSTER_DATABASE_URL": "postgresql://administrator:password@host/muster",
        "MUSTER_NATS_URL": "nats://user:password@host",
        "MUSTER_TOKEN": "mst_1",
    }

    CliRunner().invoke(up.app, env={**secrets, "MUSTER_LOG_LEVEL": "debug"})

    assert handed["MUSTER_LOG_LEVEL"] == "debug"
    assert not handed.keys() & secrets.keys()
