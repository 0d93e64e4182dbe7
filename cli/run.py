"""`muster run`: one process, as it runs on a laptop and on Kubernetes alike."""

from importlib.metadata import EntryPoint, entry_points
from typing import Annotated

import typer

from cli.errors import CommandError

PROCESS_GROUP = "muster.processes"

app = typer.Typer(rich_markup_mode="markdown", add_completion=False)


@app.command()
def run(
    process: Annotated[
        str, typer.Argument(help="presence, roster, dispatch, analytics or gateway.")
    ],
) -> None:
    """Run one process until it is told to stop (SIGTERM or Ctrl-C).

    Its settings come from environment variables that begin with MUSTER_. It serves gRPC on
    MUSTER_GRPC_PORT, and /livez, /readyz and /metrics on MUSTER_ADMIN_PORT. It logs JSON lines to
    standard output.
    """
    find_process(process).load()()


def find_process(name: str) -> EntryPoint:
    """Finds a process by name without importing it: a process loads its own service only."""
    known = {entry.name: entry for entry in entry_points(group=PROCESS_GROUP)}
    if name not in known:
        names = ", ".join(sorted(known))
        raise CommandError(f"there is no process {name!r}; choose one of {names}", exit_code=2)
    return known[name]
