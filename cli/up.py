"""`muster up`: everything on this machine."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from chassis.embedded import ClusterFailed, ProgramsMissing, run_as_account
from cli.errors import CommandError
from cli.local.console import PatientConsole, TreeConsole
from cli.local.layout import prepare_layout
from cli.local.options import Options, parse_database_url, parse_replicas
from cli.local.start import run_tree
from cli.variables import DATABASE_URL, GATEWAY, NATS_URL, TOKEN

app = typer.Typer(rich_markup_mode="markdown", add_completion=False)

# What a shell may hold for other commands and no process here should see.
_NOT_PASSED_ON = frozenset(
    variable.environment for variable in (TOKEN, GATEWAY, DATABASE_URL, NATS_URL)
)


@app.command()
def up(
    http_port: Annotated[
        int, typer.Option(help="Port of the web app and the REST API; 0 for any.", min=0, max=65535)
    ] = 8080,
    grpc_port: Annotated[
        int, typer.Option(help="Port of the gRPC API; 0 for any.", min=0, max=65535)
    ] = 8081,
    demo: Annotated[
        bool, typer.Option(help="Run a simulated operation, so that the board moves.")
    ] = True,
    agents: Annotated[
        int,
        typer.Option(help="How many agents the simulated operation has.", min=20, max=100_000),
    ] = 200,
    replicas: Annotated[
        str,
        typer.Option(
            help="Run several of a process, for example presence=2.", metavar="NAME=COUNT,..."
        ),
    ] = "",
    restored: Annotated[
        bool,
        typer.Option(
            "--restored", help="The database was restored from a backup: see `muster db restored`."
        ),
    ] = False,
) -> None:
    """Run Muster on this machine until Ctrl-C: database, bus and all processes.

    Everything lies in the folder .muster of the current folder and survives a restart. A process
    that dies is started again. Each one's log is .muster/logs/NAME.log.

    MUSTER_DATABASE_URL (an administrator's URL) and MUSTER_NATS_URL use existing servers instead of
    embedded ones.
    """
    options = Options(
        http_port=http_port,
        grpc_port=grpc_port,
        demo=demo,
        agents=agents,
        replicas=parse_replicas(replicas),
        restored=restored,
        database_url=parse_database_url(os.environ.get(DATABASE_URL.environment)),
        nats_url=os.environ.get(NATS_URL.environment) or None,
    )
    layout = prepare_layout(Path.cwd(), run_as_account(), os.geteuid())
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    console = TreeConsole(PatientConsole())
    try:
        asyncio.run(run_tree(layout, options, environment, console))
    except ProgramsMissing as error:
        raise CommandError(str(error)) from None
    except ClusterFailed as error:
        raise CommandError(f"the database could not be made: {error}") from None
    except OSError as error:
        # A full disk, a folder of somebody else, a file system that is read-only.
        raise CommandError(f"Muster cannot run here: {error}") from error
