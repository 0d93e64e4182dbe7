"""`muster import roster`: sites, lines of business, teams, skills and agents."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import CommandError
from cli.gateway_way import Gateway
from cli.importing.options import DryRun, Json, counts_line, run
from cli.importing.roster_files import RosterFiles, read_roster
from cli.importing.roster_import import apply_roster_files
from cli.importing.tables import FileRefusedError
from cli.session import load_session


def import_roster(
    sites: Annotated[
        Path | None,
        typer.Option(
            help="Columns id,display_name,time_zone; if told, operating_day_start,display_order."
        ),
    ] = None,
    lines: Annotated[
        Path | None, typer.Option(help="Column id, and one a language tag with the names.")
    ] = None,
    teams: Annotated[
        Path | None, typer.Option(help="Columns id,display_name,site; if told, leads,line.")
    ] = None,
    skills: Annotated[
        Path | None, typer.Option(help="Column id, and one a language tag with the names.")
    ] = None,
    agents: Annotated[
        Path | None,
        typer.Option(help="Columns id,display_name,site,team; if told, skills,end_date."),
    ] = None,
    dry_run: DryRun = False,
    gateway: Gateway = "",
    as_json: Json = False,
) -> None:
    """Create or change sites, lines of business, teams, skills and agents by CSV or XLSX files.

    What the files do not name stays as it is, and so does what they have no columns for; applying
    them twice changes nothing. A faulty row is named with its file, and then nothing is changed.
    Over 10,000 agents are applied in parts of 10,000. The leads of a team are agents' ids with
    spaces between, the skills of an agent ids with levels, as chinese:5 dutch:2.
    """
    files = RosterFiles(sites, teams, agents, lines, skills)
    if files == RosterFiles():
        raise CommandError(
            "name at least one file: --sites, --lines, --teams, --skills or --agents"
        )
    try:
        requests = read_roster(files)
    except FileRefusedError as error:
        raise CommandError(str(error)) from None
    session = load_session(gateway or None)
    counts = run(apply_roster_files(session, files, requests, dry_run=dry_run))
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, **counts}))
        return
    typer.echo(counts_line(counts, dry_run=dry_run))
