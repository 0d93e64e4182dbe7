"""`muster import`: files of calls and of people."""

import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from chassis.errors import Refusal
from cli.errors import CommandError
from cli.importing.board import board_address
from cli.importing.files import FileRefusedError, read_rows
from cli.importing.importer import apply_roster_files, import_calls
from cli.importing.mapping import Mapping, MappingRefusedError, parse_mapping
from cli.importing.plan import ImportPlan, plan_import
from cli.importing.queue_log.command import queue_log
from cli.importing.result import ImportResult, reports_line, result_json, rows_table
from cli.importing.roster_files import RosterFiles, read_roster
from cli.session import find_gateway, load_session

app = typer.Typer(
    help="Bring files of calls and of people in.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

_Answer = TypeVar("_Answer")

_Gateway = Annotated[
    str,
    typer.Option(
        help="The gateway's gRPC address, host:port; the one of the current folder if absent.",
        envvar="MUSTER_GATEWAY",
    ),
]
_Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything and change nothing.")]


app.command("queue-log")(queue_log)


@app.callback()
def _import() -> None:
    pass


@app.command()
def calls(
    file: Annotated[Path, typer.Argument(help="A CSV file of calls, packed with gzip or not.")],
    mapping: Annotated[Path, typer.Option(help="What its columns mean, as TOML.")],
    dry_run: _DryRun = False,
    gateway: _Gateway = "",
    as_json: _Json = False,
) -> None:
    """Bring a contact centre's calls onto the board, one call a row.

    Every row is imported or refused for one reason, and the sum is shown. Importing a file twice
    changes nothing. docs/how-to/import-calls.md explains the mapping; docs/examples has one.
    """
    console = Console(stderr=as_json, quiet=as_json)
    rules = _load_mapping(mapping)
    session = None if dry_run else load_session(gateway or None)
    plan = _load_plan(file, rules, console)
    site = rules.site.id
    address = session.gateway if session else find_gateway(gateway or None)
    board = board_address(address, site, plan.last_day, Path.cwd())
    if session is None:
        result = ImportResult(file, site, plan, plan.accounting, None, 0, board)
    else:
        done = _run(import_calls(session, rules, plan, Console(stderr=True, quiet=as_json)))
        result = ImportResult(
            file, site, plan, done.accounting, done.delivery, done.created_count, board
        )
    if as_json:
        typer.echo(json.dumps(result_json(result), ensure_ascii=False))
        return
    console.print(rows_table(result))
    console.print(reports_line(result), highlight=False, soft_wrap=True)
    if not dry_run:
        console.print(f"Board: {result.board}", highlight=False, soft_wrap=True)


@app.command()
def roster(
    sites: Annotated[Path | None, typer.Option(help="CSV: id,display_name,time_zone.")] = None,
    teams: Annotated[Path | None, typer.Option(help="CSV: id,display_name,site.")] = None,
    agents: Annotated[Path | None, typer.Option(help="CSV: id,display_name,site,team.")] = None,
    dry_run: _DryRun = False,
    gateway: _Gateway = "",
    as_json: _Json = False,
) -> None:
    """Create or change sites, teams and agents by CSV files.

    What the files do not name stays as it is; applying them twice changes nothing. A faulty row is
    named with its file, and then nothing is changed. Over 10,000 agents are applied in parts of
    10,000.
    """
    files = RosterFiles(sites, teams, agents)
    if files == RosterFiles(None, None, None):
        raise CommandError("name at least one file: --sites, --teams or --agents")
    try:
        requests = read_roster(files)
    except FileRefusedError as error:
        raise CommandError(str(error)) from None
    session = load_session(gateway or None)
    counts = _run(apply_roster_files(session, files, requests, dry_run=dry_run))
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, **counts}))
        return
    would = "would be " if dry_run else ""
    typer.echo(
        f"{counts['created']} {would}created, {counts['updated']} {would}changed, "
        f"{counts['unchanged']} as they are already"
    )


def _load_mapping(file: Path) -> Mapping:
    try:
        return parse_mapping(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from None
    except MappingRefusedError as error:
        raise CommandError(f"{file} is no mapping of calls:\n{error}") from None


def _load_plan(file: Path, mapping: Mapping, console: Console) -> ImportPlan:
    try:
        with console.status(f"Reading {file.name}"):
            return plan_import(read_rows(file, mapping.needed_columns()), mapping)
    except FileRefusedError as error:
        raise CommandError(str(error)) from None


def _run(work: Coroutine[Any, Any, _Answer]) -> _Answer:
    try:
        return asyncio.run(work)
    except Refusal as refusal:
        raise CommandError(f"{refusal.message} ({refusal.reason})") from None
