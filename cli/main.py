"""The command `muster`."""

import importlib
import sys
from importlib.metadata import version
from types import MappingProxyType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli.errors import CommandError

# Each command is imported when it is used: `muster run presence` loads neither the supervisor nor
# the importer.
COMMANDS = MappingProxyType(
    {
        "up": "cli.up",
        "status": "cli.status",
        "login": "cli.login",
        "account": "cli.account",
        "import": "cli.importing.commands",
        "source": "cli.sources.commands",
        "adapter": "cli.adapters.commands",
        "verify": "cli.verify.commands",
        "db": "cli.db",
        "run": "cli.run",
        "floor": "cli.floor",
    }
)


class _Commands(TyperGroup):
    """The commands in the order in which a newcomer meets them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(importlib.import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command


class _Application(typer.Typer):
    """Shows a command's refusal as one line instead of a traceback."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except CommandError as error:
            sys.stderr.write(f"muster: {error.message}\n")
            raise SystemExit(error.exit_code) from None


app = _Application(
    name="muster",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"muster {version('muster')}")
        raise typer.Exit


@app.callback()
def _main(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and exit.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Presence, dispatch and workforce planning for contact centres and field service.

    `muster up` starts everything on this machine; the other commands work with what it started, or
    with any other installation.
    """
