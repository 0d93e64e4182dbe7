"""`muster import accounts` and `muster account reset` as a person types them."""

import asyncio
import csv
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cli import account
from cli.errors import CommandError
from cli.importing import commands
from tests.component.gateway.desk import Desk

FILE = """\
id,display_name,roles,sites,agent,language
ana,Ana 娜,agent,,ana,zh
boss,Boss,supervisor,all,,
"""

Run = Callable[..., Awaitable[Result]]


@pytest.fixture
async def run(desk: Desk) -> Run:
    environment = {"MUSTER_GATEWAY": desk.grpc_target, "MUSTER_TOKEN": await desk.sign_in()}

    async def run(app: typer.Typer, *words: str | Path) -> Result:
        arguments = [str(word) for word in words]
        return await asyncio.to_thread(CliRunner().invoke, app, arguments, env=environment)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "accounts.csv"
    file.write_text(FILE, encoding="utf-8")
    return file


@pytest.fixture
def faulty_file(tmp_path: Path) -> Path:
    file = tmp_path / "faulty.csv"
    file.write_text(FILE + "eva,Eva,king,,,\n", encoding="utf-8")
    return file


async def test_codes_are_written_once_for_their_owner_alone(
    run: Run, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "codes.csv"

    done = await run(commands.app, "accounts", file, "--codes-out", out)

    assert "2 created" in done.stdout
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with out.open(encoding="utf-8") as content:
        assert [row["account"] for row in csv.DictReader(content)] == ["ana", "boss"]


async def test_a_file_of_codes_is_never_overwritten(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "codes.csv"
    out.write_text("older codes", encoding="utf-8")

    refused = await run(commands.app, "accounts", file, "--codes-out", out)
    trial = await run(commands.app, "accounts", file, "--dry-run")

    assert isinstance(refused.exception, CommandError)
    assert out.read_text(encoding="utf-8") == "older codes"
    assert "2 would be created" in trial.stdout


async def test_a_faulty_line_is_named_and_no_file_of_codes_is_left(
    run: Run, faulty_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "codes.csv"

    refused = await run(commands.app, "accounts", faulty_file, "--codes-out", out)

    assert "line 4, roles: must name at least one of roles/administrator" in str(refused.exception)
    assert not out.exists()


async def test_importing_twice_makes_no_second_codes(run: Run, file: Path) -> None:
    await run(commands.app, "accounts", file)

    again = await run(commands.app, "accounts", file)

    assert again.stdout == "0 created, 0 changed, 2 as they are already\n"


async def test_a_reset_shows_a_code(run: Run) -> None:
    shown = await run(account.app, "reset", "agent")
    unknown = await run(account.app, "reset", "nobody")

    assert "One-time code of agent: " in shown.stdout
    assert "UNKNOWN_ACCOUNT" in str(unknown.exception)
