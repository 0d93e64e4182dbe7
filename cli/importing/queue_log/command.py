"""`muster import queue-log`."""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from chassis.errors import Refusal
from cli.adapters.queue_log.follower import follow_log
from cli.adapters.running import way_to_gateway
from cli.adapters.sender import Origin
from cli.errors import CommandError
from cli.gateway_way import Gateway
from cli.importing.files import FileRefusedError
from cli.importing.queue_log.as_json import done_json, json_pieces
from cli.importing.queue_log.options import (
    parse_codes,
    parse_id,
    parse_pairs,
    parse_place,
    parse_window,
    parse_zone,
)
from cli.importing.queue_log.reading import QueueLog, read_queue_log
from cli.importing.queue_log.rules import LoginModel, Rules
from cli.importing.queue_log.sending import Destination, Done, send_log
from cli.importing.queue_log.tables import done_text, lines_table, print_log
from cli.importing.queue_log.window import Window
from cli.session import Session, load_session

_IMPORTED, _FOLLOWED = "import-queue-log", "queue-log"


def queue_log(
    files: Annotated[
        list[Path],
        typer.Argument(help="Queue logs, gzip or not, in any order; - is standard input."),
    ],
    login_model: Annotated[
        LoginModel, typer.Option(help="Which lines tell that somebody is signed in.")
    ] = LoginModel.MEMBERSHIP,
    alias: Annotated[
        list[str] | None,
        typer.Option(metavar="IFACE=NAME", help="Another name of a person; may be repeated."),
    ] = None,
    zone: Annotated[
        str, typer.Option(help="Whose clock is shown, and whose a log without offsets shows.")
    ] = "UTC",
    window: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="START END",
            help="Only this stretch: seconds since 1970, or dates with times; for --dry-run.",
        ),
    ] = None,
    site: Annotated[str, typer.Option(help="The id of the people's site.")] = "",
    site_name: Annotated[
        str,
        typer.Option(help="Its name; with it, the site and people who are missing are created."),
    ] = "",
    team: Annotated[str, typer.Option(help="The id of the team that they then join.")] = "",
    team_name: Annotated[str, typer.Option(help="Its name; the id if absent.")] = "",
    source: Annotated[
        str,
        typer.Option(
            help="The name under which it is recorded; import-queue-log or, followed, queue-log "
            "if absent."
        ),
    ] = "",
    reason: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT=CODE", help="The code of a break's reason; may be repeated."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what the files come to; send nothing.")
    ] = False,
    follow: Annotated[
        bool,
        typer.Option("--follow", help="Report what is written to the one log from now on, live."),
    ] = False,
    position: Annotated[
        Path | None,
        typer.Option(help="Where --follow keeps how far it came; in the user's state folder."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(help="The key of the identity `adapter`, for --follow; else the sign-in."),
    ] = None,
    gateway: Gateway = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Bring the queue logs of Asterisk, FreePBX and their kin onto the board.

    No line is fatal: each is understood, unknown or rejected, and the sum is shown. Importing files
    twice changes nothing. docs/how-to/import-queue-log.md explains every rule, and
    docs/how-to/follow-asterisk.md how to --follow a log that is being written.
    """
    local = parse_zone(zone)
    rules = Rules(login_model, parse_pairs("--alias", alias or []), local)
    if dry_run:
        with _reading(files, rules, parse_window(window, local)) as log:
            _tell(log, rules, as_json=as_json)
        return
    if window is not None:
        raise CommandError("--window is for --dry-run: an import takes whole files")
    codes = parse_codes(reason or [])
    if follow:
        if len(files) != 1 or as_json:
            raise CommandError("--follow takes one log and tells in words: leave --json away")
        origin = Origin(parse_id("--source", source or _FOLLOWED), parse_id("--site", site))
        follow_log(files[0], rules, codes, origin, position, way_to_gateway(key, gateway))
        return
    place = parse_place(site, site_name, team, team_name)
    destination = Destination(*place, zone, parse_id("--source", source or _IMPORTED), codes)
    session = load_session(gateway or None)
    with _reading(files, rules, None) as log:
        done = _send(session, log, destination, quiet=as_json)
        _tell_done(log, done, as_json=as_json)


@contextmanager
def _reading(files: Sequence[Path], rules: Rules, window: Window | None) -> Iterator[QueueLog]:
    try:
        with read_queue_log(files, rules, window) as log:
            yield log
    except FileRefusedError as error:
        raise CommandError(str(error)) from None


def _send(session: Session, log: QueueLog, destination: Destination, *, quiet: bool) -> Done:
    console = Console(stderr=True, quiet=quiet)
    try:
        return asyncio.run(send_log(session, log, destination, console))
    except Refusal as refusal:
        raise CommandError(f"{refusal.message} ({refusal.reason})") from None


def _tell(log: QueueLog, rules: Rules, *, as_json: bool) -> None:
    if not as_json:
        print_log(Console(), log, rules.zone)
        return
    # Not by echo, which would flush every piece.
    sys.stdout.writelines(json_pieces(log))
    typer.echo()


def _tell_done(log: QueueLog, done: Done, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(done_json(log, done), ensure_ascii=False))
        return
    console = Console()
    console.print(lines_table(log))
    console.print(done_text(done), highlight=False, soft_wrap=True)
