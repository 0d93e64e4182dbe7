"""`muster import accounts`: who may sign in."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import CommandError
from cli.gateway_way import Gateway
from cli.importing.account_files import new_codes_file, read_accounts, write_codes
from cli.importing.account_import import apply_accounts
from cli.importing.options import DryRun, Json, counts_line, run
from cli.importing.tables import FileRefusedError
from cli.session import load_session


def import_accounts(
    file: Annotated[
        Path,
        typer.Argument(
            help="Columns id,display_name,roles and sites,teams,agent,reporting_line,language."
        ),
    ],
    codes_out: Annotated[
        Path | None, typer.Option(help="A new file for the one-time codes; else they are shown.")
    ] = None,
    dry_run: DryRun = False,
    gateway: Gateway = "",
    as_json: Json = False,
) -> None:
    """Create or change accounts by a CSV or XLSX file; each new one gets a one-time code.

    Several roles, sites or teams stand with spaces between; the site `all` stands for every one.
    What the file does not name stays as it is; applying it twice changes nothing and makes no
    second codes. A faulty line is named, and then nothing is changed.
    """
    try:
        rows = read_accounts(file)
    except FileRefusedError as error:
        raise CommandError(str(error)) from None
    session = load_session(gateway or None)
    with new_codes_file(None if dry_run else codes_out) as out:
        applied = run(apply_accounts(session, rows, dry_run=dry_run))
        if out is not None:
            write_codes(out, applied.codes)
    if as_json:
        # The codes go to their file, or here: they are shown once.
        codes = {} if codes_out else {code.account: code.code for code in applied.codes}
        typer.echo(json.dumps({"dry_run": dry_run, **applied.counts, "codes": codes}))
        return
    typer.echo(counts_line(applied.counts, dry_run=dry_run))
    if codes_out is None and applied.codes:
        typer.echo("One-time codes, shown this once and good for seven days:")
        write_codes(sys.stdout, applied.codes)
