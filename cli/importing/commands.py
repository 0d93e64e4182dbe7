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
from cli.importing.file_import import ReadFile, read_file
from cli.importing.mapping import MappingRefusedError
from cli.importing.mapping_kinds import AnyMapping, parse_any_mapping
from cli.importing.queue_log.command import queue_log
from cli.importing.result import (
    ImportResult,
    columns_table,
    refused_lines,
    result_json,
    rows_table,
)
from cli.importing.roster_files import RosterFiles, read_roster
from cli.importing.roster_import import apply_roster_files
from cli.importing.tables import FileRefusedError
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


@app.command("file")
def import_any_file(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file; CSV packed with gzip or not.")],
    mapping: Annotated[Path, typer.Option(help="What its columns mean, as TOML.")],
    dry_run: _DryRun = False,
    gateway: _Gateway = "",
    as_json: _Json = False,
) -> None:
    """Bring a file of calls, states, agents or shifts in: the `kind` of its mapping.

    Every row is imported or refused for one reason, and the sum is shown; `--dry-run` sends nothing
    and shows what was understood of each column, and each refused line. Importing a file twice
    changes nothing. docs/how-to/import-files.md explains the mapping; docs/examples has one a kind.
    """
    _import_file(file, _load_mapping(mapping), gateway, dry_run=dry_run, as_json=as_json)


@app.command()
def calls(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file of calls.")],
    mapping: Annotated[Path, typer.Option(help="What its columns mean, as TOML.")],
    dry_run: _DryRun = False,
    gateway: _Gateway = "",
    as_json: _Json = False,
) -> None:
    """Bring a contact centre's calls onto the board, one call a row.

    Every row is imported or refused for one reason, and the sum is shown. Importing a file twice
    changes nothing. docs/how-to/import-calls.md explains the mapping; docs/examples has one.
    """
    rules = _load_mapping(mapping)
    if rules.kind != "calls":
        raise CommandError(f"{mapping} is a mapping of {rules.kind}: use `muster import file`")
    _import_file(file, rules, gateway, dry_run=dry_run, as_json=as_json)


@app.command()
def roster(
    sites: Annotated[Path | None, typer.Option(help="Columns id,display_name,time_zone.")] = None,
    teams: Annotated[
        Path | None, typer.Option(help="Columns id,display_name,site and, if told, leads.")
    ] = None,
    agents: Annotated[Path | None, typer.Option(help="Columns id,display_name,site,team.")] = None,
    dry_run: _DryRun = False,
    gateway: _Gateway = "",
    as_json: _Json = False,
) -> None:
    """Create or change sites, teams and agents by CSV or XLSX files.

    What the files do not name stays as it is; applying them twice changes nothing. A faulty row is
    named with its file, and then nothing is changed. Over 10,000 agents are applied in parts of
    10,000. The leads of a team are agents' ids with spaces between; without that column they stay.
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


def _import_file(
    file: Path, mapping: AnyMapping, gateway: str, *, dry_run: bool, as_json: bool
) -> None:
    session = None if dry_run else load_session(gateway or None)
    read = _read(file, mapping, Console(stderr=as_json, quiet=as_json))
    if session is None:
        outcome = read.content.preview()
    else:
        outcome = _run(read.content.send(session, Console(stderr=True, quiet=as_json)))
    address = session.gateway if session else find_gateway(gateway or None)
    board = board_address(address, mapping.site.id, read.last_day, Path.cwd())
    _show(ImportResult(read, mapping, outcome, dry_run, board), as_json=as_json)


def _show(result: ImportResult, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result_json(result), ensure_ascii=False))
        return
    console = Console()
    if result.dry_run:
        console.print(columns_table(result), markup=False)
    console.print(rows_table(result), markup=False)
    for line in refused_lines(result):
        console.print(line, highlight=False, soft_wrap=True, markup=False)
    console.print(result.outcome.line, highlight=False, soft_wrap=True)
    if not result.dry_run:
        console.print(f"Board: {result.board}", highlight=False, soft_wrap=True)


def _load_mapping(file: Path) -> AnyMapping:
    try:
        return parse_any_mapping(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from None
    except MappingRefusedError as error:
        raise CommandError(f"{file} is no mapping:\n{error}") from None


def _read(file: Path, mapping: AnyMapping, console: Console) -> ReadFile:
    try:
        with console.status(f"Reading {file.name}"):
            return read_file(file, mapping)
    except FileRefusedError as error:
        raise CommandError(str(error)) from None


def _run(work: Coroutine[Any, Any, _Answer]) -> _Answer:
    try:
        return asyncio.run(work)
    except Refusal as refusal:
        raise CommandError(f"{refusal.message} ({refusal.reason})") from None
