"""`muster db`: the schemas of the database."""

import json
import os
import tempfile
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import psycopg
import sqlalchemy.exc
import typer
from rich.console import Console

from chassis.clock import SystemClock
from chassis.database.epochs import ProcessesConnected, RaisedEpoch, raise_epochs
from chassis.database.migrate import OWNERS, provision, upgrade
from chassis.embedded import postgres_url
from cli.errors import CommandError
from cli.local.layout import HOME_NAME, find_run
from cli.local.options import parse_database_url
from cli.local.plan import owner_url
from cli.local.secrets import load_secrets
from cli.variables import DATABASE_URL, PASSWORDS_FILE
from gateway.bootstrap import create_first_accounts

app = typer.Typer(
    help="Make and upgrade the schemas of the database.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)


@app.callback()
def _db() -> None:
    pass


@app.command("upgrade")
def upgrade_all(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Bring every owner's schema to its newest revision; make roles and first accounts if missing.

    Doing it twice changes nothing, and two at once are harmless. The first passwords are shown once
    and kept nowhere.

    MUSTER_DATABASE_URL names the database as its administrator; without it, the one that runs in
    the current folder is meant. MUSTER_PASSWORDS_FILE names a JSON file with the password of each
    owner's role (default .muster/secrets.json); what it lacks is made up and added.
    """
    console = Console(stderr=as_json, quiet=as_json)
    try:
        applied, first_passwords = _upgrade(lambda line: console.print(f"  {line}"))
    except (psycopg.Error, sqlalchemy.exc.SQLAlchemyError) as error:
        raise CommandError(f"the database refuses: {_first_line(error)}") from None
    if as_json:
        typer.echo(json.dumps({"applied": applied, "first_passwords": first_passwords}))
        return
    count = sum(len(revisions) for revisions in applied.values())
    console.print(f"{count} revisions applied" if count else "nothing to do")
    if first_passwords:
        console.print("First passwords, shown this once: keep them.")
    for account, password in first_passwords.items():
        console.print(f"  {account:<12}{password}", markup=False)


@app.command("restored")
def tell_restored(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Tell that the database was restored from a backup: raise the epoch of every site.

    Run it before Muster starts; in a folder, `muster up --restored` does. Places of before the
    restore are refused from then on, so that boards and programs begin anew instead of missing
    what takes the place of what is gone. Nothing is lost by doing it twice.

    MUSTER_DATABASE_URL names the database as its administrator.
    """
    try:
        raised = raise_epochs(_admin_url(os.environ), SystemClock().now())
    except ProcessesConnected as connected:
        raise CommandError(
            f"{connected}: stop Muster first; in a folder, start it with `muster up --restored`"
        ) from None
    except psycopg.Error as error:
        raise CommandError(f"the database refuses: {_first_line(error)}") from None
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in raised]))
        return
    for one in raised:
        typer.echo(_raised_line(one))
    if not raised:
        typer.echo("nothing to do: there is no site")


def gateway_database_url(environment: Mapping[str, str]) -> str:
    """Returns the URL of the gateway's role, of the database that the commands here speak of."""
    passwords = load_secrets(_passwords_file(environment), ("gateway",))
    return owner_url(_admin_url(environment), "gateway", passwords["gateway"])


def _upgrade(
    report: Callable[[str], None],
) -> tuple[dict[str, list[str]], dict[str, str]]:
    admin_url = _admin_url(os.environ)
    passwords = load_secrets(_passwords_file(os.environ), OWNERS)
    provision(admin_url, {owner: passwords[owner] for owner in OWNERS})
    applied: dict[str, list[str]] = {}
    for owner in OWNERS:
        lines = applied.setdefault(owner, [])

        def note(line: str, lines: list[str] = lines) -> None:
            lines.append(line)
            report(line)

        _upgrade_owner(owner, owner_url(admin_url, owner, passwords[owner]), note)
    gateway_url = owner_url(admin_url, "gateway", passwords["gateway"])
    return applied, create_first_accounts(gateway_url)


def _raised_line(raised: RaisedEpoch) -> str:
    return f"  {raised.owner:<12}{raised.sites} sites, epoch {raised.former} to {raised.epoch}"


def _upgrade_owner(owner: str, url: str, report: Callable[[str], None]) -> None:
    try:
        upgrade(owner, url, report=report)
    except Exception as error:  # a migration is a program and may raise anything
        log = _write_log(error)
        reason = _first_line(error) or type(error).__name__
        raise CommandError(
            f"the schema of {owner} could not be upgraded: {reason}; the whole log is {log}"
        ) from None


def _write_log(error: Exception) -> Path:
    """Keeps what only a developer reads: beside the other logs, if Muster runs in this folder."""
    logs = Path.cwd() / HOME_NAME / "logs"
    folder = logs if logs.is_dir() else Path(tempfile.mkdtemp(prefix="muster-"))
    log = folder / "upgrade.log"
    log.write_text("".join(traceback.format_exception(error)), "utf-8")
    return log


def _admin_url(environment: Mapping[str, str]) -> str:
    if url := parse_database_url(environment.get(DATABASE_URL.environment)):
        return url
    run = find_run(Path.cwd())
    stores = {child.name: child for child in run.children} if run else {}
    if "postgres" not in stores:
        raise CommandError(
            "no database: set MUSTER_DATABASE_URL to its administrator's URL, or start Muster "
            "here with `muster up`"
        )
    port = int(stores["postgres"].addresses["sql"].rpartition(":")[2])
    password = load_secrets(_passwords_file(environment), ())["postgres"]
    return postgres_url(port, password)


def _passwords_file(environment: Mapping[str, str]) -> Path:
    named = environment.get(PASSWORDS_FILE.environment)
    return Path(named) if named else Path.cwd() / HOME_NAME / "secrets.json"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
