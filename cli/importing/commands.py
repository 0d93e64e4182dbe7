"""`muster import`: files of the past, of people and of plans."""

import typer

from cli.importing.account_command import import_accounts
from cli.importing.asterisk.command import call_records
from cli.importing.file_command import import_any_file, import_calls
from cli.importing.queue_log.command import queue_log
from cli.importing.roster_command import import_roster

app = typer.Typer(
    help="Bring files of calls, states, shifts, people and accounts in.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

app.command("file")(import_any_file)
app.command("calls")(import_calls)
app.command("queue-log")(queue_log)
app.command("call-records")(call_records)
app.command("roster")(import_roster)
app.command("accounts")(import_accounts)


@app.callback()
def _import() -> None:
    pass
