"""`muster db restored`: what is said after a restore."""

import json
import sys

import psycopg
import pytest

from cli.main import app
from tests.component.conftest import OwnerUrl


@pytest.fixture
def presence_url(owner_url: OwnerUrl, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of presence, which has two sites, and the one that the command speaks of."""
    url = owner_url("presence")
    admin_url = url.replace("//presence:", "//postgres:", 1)
    monkeypatch.setenv("MUSTER_DATABASE_URL", admin_url)
    with psycopg.connect(admin_url) as connection:
        connection.execute(
            "INSERT INTO presence.site_head (site, epoch, seq)"
            " VALUES ('bank', 1, 7), ('shop', 1, 2)"
        )
    return url


@pytest.fixture
def restored(monkeypatch: pytest.MonkeyPatch) -> "Command":
    return Command(monkeypatch)


class Command:
    """Runs the command as a shell does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, *options: str) -> object:
        self._monkeypatch.setattr(sys, "argv", ["muster", "db", "restored", *options])
        with pytest.raises(SystemExit) as ended:
            app()
        return ended.value.code


@pytest.mark.usefixtures("presence_url")
def test_it_tells_how_many_sites_of_whom_begin_which_epoch(
    restored: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert restored("--json") == 0

    (presence,) = json.loads(capsys.readouterr().out)
    assert presence["owner"] == "presence"
    assert (presence["sites"], presence["former"]) == (2, 1)
    assert presence["epoch"] > 1


@pytest.mark.usefixtures("presence_url")
def test_a_second_time_is_told_likewise(
    restored: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert restored("--json") == 0
    former = json.loads(capsys.readouterr().out)[0]["epoch"]

    assert restored() == 0

    said = capsys.readouterr().out
    assert said.startswith(f"  presence    2 sites, epoch {former} to ")


def test_it_refuses_while_a_process_is_connected_and_says_what_to_do(
    restored: Command, presence_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(presence_url):
        assert restored() == 1

    assert capsys.readouterr().err == (
        "muster: processes are connected as presence: stop Muster first; in a folder, start it with"
        " `muster up --restored`\n"
    )
