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


async def test_accounts_are_listed_disabled_and_enabled(run: Run, file: Path) -> None:
    await run(commands.app, "accounts", file)

    listed = await run(account.app, "list", "an")
    disabled = await run(account.app, "disable", "ana")
    hidden = await run(account.app, "list", "ana")
    shown = await run(account.app, "list", "ana", "--disabled")
    await run(account.app, "enable", "ana")

    assert listed.stdout == "ana\tAna 娜\tagent\tagents/ana\n"
    assert "cannot sign in any more" in disabled.stdout
    assert hidden.stdout == ""
    assert shown.stdout.endswith("\tdisabled\n")
    assert "disabled" not in (await run(account.app, "list", "ana")).stdout


async def test_what_is_wrong_with_a_field_is_told_once(run: Run) -> None:
    refused = await run(account.app, "service", "create", "Wall!", "--role", "wall")

    assert str(refused.exception).count("service_account_id: ") == 1
    assert str(refused.exception).endswith(" (INVALID_FIELD)")


async def test_roles_are_listed_with_who_has_them_and_what_they_permit(run: Run) -> None:
    roles = await run(account.app, "roles")
    wall = await run(account.app, "roles", "wall")

    assert "administrator\tAdministrator\t1 accounts" in roles.stdout
    assert "wall.read" in wall.stdout.split()


async def test_a_token_of_a_service_account_is_made_listed_and_revoked(
    run: Run, desk: Desk
) -> None:
    service = ("service",)
    await run(account.app, *service, "create", "wall", "--role", "wall", "--site", "bank")
    token = (await run(account.app, *service, "token", "wall", "--for", "north")).stdout.split()[0]
    async with desk.http(token) as screen:
        mine = (await screen.get("/v1/accounts/me")).json()
    listed = await run(account.app, *service, "tokens", "wall")
    revoked = await run(account.app, *service, "revoke", "wall", listed.stdout.split("\t")[0])
    services = await run(account.app, *service, "list")
    await run(account.app, *service, "delete", "wall")

    assert mine["name"] == "serviceAccounts/wall"
    assert "\tnorth\t" in listed.stdout
    assert "used" in listed.stdout
    assert "is revoked" in revoked.stdout
    assert services.stdout == "wall\twall\twall\tsites/bank\n"
    assert (await run(account.app, *service, "list")).stdout == ""


async def test_a_row_may_name_teams_and_a_reporting_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(
        "id,display_name,roles,teams,agent,reporting_line\neva,Eva,supervisor,one two,a,yes\n",
        encoding="utf-8",
    )

    await run(commands.app, "accounts", file)

    shown = (await run(account.app, "list", "eva")).stdout
    assert shown.split("\t")[-1] == "teams/one teams/two agents/a reporting line\n"
