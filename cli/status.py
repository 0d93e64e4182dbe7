"""`muster status`: what runs in this folder, and how it is."""

import asyncio
import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chassis.supervisor.probes import http_probe
from chassis.supervisor.processes import is_alive
from chassis.supervisor.runfile import Run, RunningChild
from cli.errors import CommandError
from cli.local.layout import find_run

app = typer.Typer(rich_markup_mode="markdown", add_completion=False)

NOT_READY = 1
NOT_RUNNING = 3


@dataclasses.dataclass(frozen=True, slots=True)
class ChildStatus:
    """A child, as its supervisor sees it and as it answers itself."""

    name: str
    phase: str
    pid: int | None
    restarts: int
    addresses: dict[str, str]
    problem: str | None
    """Why it is not ready; None if it is."""


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Show what runs in the current folder and whether each process is ready.

    The exit code is 0 if everything is ready, 1 if something is not, and 3 if Muster does not run
    here.
    """
    run = find_run(Path.cwd())
    if run is None or not is_alive(run.supervisor):
        raise CommandError(
            "Muster does not run in this folder: start it with `muster up`", exit_code=NOT_RUNNING
        )
    children = asyncio.run(_ask_all(run))
    if as_json:
        typer.echo(json.dumps(_as_json(run, children), indent=2))
    else:
        _show(run, children)
    if run.phase != "ready" or any(child.problem for child in children):
        raise typer.Exit(NOT_READY)


async def _ask_all(run: Run) -> list[ChildStatus]:
    return list(await asyncio.gather(*(_ask(child) for child in run.children)))


async def _ask(child: RunningChild) -> ChildStatus:
    problem = None if child.phase == "ready" else f"is {child.phase}"
    if child.phase == "ready" and "admin" in child.addresses:
        host, _, port = child.addresses["admin"].rpartition(":")
        problem = await http_probe(host, int(port))()
    return ChildStatus(
        name=child.name,
        phase=child.phase,
        pid=child.process.pid if child.process else None,
        restarts=child.restarts,
        addresses=child.addresses,
        problem=problem,
    )


def _as_json(run: Run, children: list[ChildStatus]) -> dict[str, object]:
    return {
        "phase": run.phase,
        "pid": run.supervisor.pid,
        "urls": run.urls,
        "children": [dataclasses.asdict(child) for child in children],
    }


def _show(run: Run, children: list[ChildStatus]) -> None:
    console = Console()
    table = Table(box=None, pad_edge=False)
    for heading in ("process", "state", "pid", "restarts", "addresses"):
        table.add_column(heading)
    for child in children:
        problem = escape(child.problem or "")
        state = f"[yellow]{problem}[/yellow]" if problem else "[green]ready[/green]"
        addresses = ", ".join(f"{kind} {address}" for kind, address in child.addresses.items())
        pid = str(child.pid) if child.pid else ""
        table.add_row(child.name, state, pid, str(child.restarts), addresses)
    console.print(table)
    for kind, url in run.urls.items():
        console.print(f"{kind:<9}{url}", highlight=False)
