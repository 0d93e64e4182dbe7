"""`muster import file` and `muster import calls`: any file, by its mapping."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.errors import CommandError, unreadable
from cli.gateway_way import Gateway
from cli.importing.board import board_address
from cli.importing.file_import import ReadFile, read_file
from cli.importing.mapping import MappingRefusedError
from cli.importing.mapping_kinds import AnyMapping, parse_any_mapping
from cli.importing.options import DryRun, Json, run
from cli.importing.result import (
    ImportResult,
    columns_table,
    refused_lines,
    result_json,
    rows_table,
)
from cli.importing.tables import FileRefusedError
from cli.session import find_gateway, load_session


def import_any_file(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file; CSV packed with gzip or not.")],
    mapping: Annotated[Path, typer.Option(help="What its columns mean, as TOML.")],
    dry_run: DryRun = False,
    gateway: Gateway = "",
    as_json: Json = False,
) -> None:
    """Bring a file of calls, states, agents or shifts in: the `kind` of its mapping.

    Every row is imported or refused for one reason, and the sum is shown; `--dry-run` sends nothing
    and shows what was understood of each column, and each refused line. Importing a file twice
    changes nothing. docs/how-to/import-files.md explains the mapping; docs/examples has one a kind.
    """
    _import_file(file, _load_mapping(mapping), gateway, dry_run=dry_run, as_json=as_json)


def import_calls(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file of calls.")],
    mapping: Annotated[Path, typer.Option(help="What its columns mean, as TOML.")],
    dry_run: DryRun = False,
    gateway: Gateway = "",
    as_json: Json = False,
) -> None:
    """Bring a contact centre's calls onto the board, one call a row.

    Every row is imported or refused for one reason, and the sum is shown. Importing a file twice
    changes nothing. docs/how-to/import-calls.md explains the mapping; docs/examples has one.
    """
    rules = _load_mapping(mapping)
    if rules.kind != "calls":
        raise CommandError(f"{mapping} is a mapping of {rules.kind}: use `muster import file`")
    _import_file(file, rules, gateway, dry_run=dry_run, as_json=as_json)


def _import_file(
    file: Path, mapping: AnyMapping, gateway: str, *, dry_run: bool, as_json: bool
) -> None:
    session = None if dry_run else load_session(gateway or None)
    read = _read(file, mapping, Console(stderr=as_json, quiet=as_json))
    if session is None:
        outcome = read.content.preview()
    else:
        outcome = run(read.content.send(session, Console(stderr=True, quiet=as_json)))
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
        raise unreadable(file, error) from None
    except MappingRefusedError as error:
        raise CommandError(f"{file} is no mapping:\n{error}") from None


def _read(file: Path, mapping: AnyMapping, console: Console) -> ReadFile:
    try:
        with console.status(f"Reading {file.name}"):
            return read_file(file, mapping)
    except FileRefusedError as error:
        raise CommandError(str(error)) from None
