"""`muster adapter`: live sources beside Muster."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from chassis.clock import SystemClock
from cli.adapters.ami.adapter import AmiAdapter
from cli.adapters.ami.floor import Floor
from cli.adapters.ami.protocol import AmiError, Login
from cli.adapters.running import OpenWay, run_until_stopped, say, say_refused, way_to_gateway
from cli.adapters.sender import LiveSender, Origin
from cli.errors import CommandError
from cli.gateway_way import Gateway
from cli.importing.asterisk.lines import parse_lines
from cli.importing.queue_log.options import parse_codes, parse_id
from cli.variables import AMI_SECRET

app = typer.Typer(
    help="Follow live sources and report what they tell.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)


@app.callback()
def _adapter() -> None:
    pass


@app.command()
def ami(
    host: Annotated[str, typer.Option(help="Where Asterisk's manager interface listens.")],
    user: Annotated[str, typer.Option(help="The manager's user, of manager.conf.")],
    site: Annotated[str, typer.Option(help="The id of the site whose agents these are.")],
    source: Annotated[str, typer.Option(help="The id under which this Asterisk reports.")],
    port: Annotated[int, typer.Option(help="The port of the manager interface.")] = 5038,
    alias: Annotated[
        list[str] | None,
        typer.Option(metavar="IFACE=NAME", help="Whose line an interface is; may be repeated."),
    ] = None,
    lines: Annotated[
        str,
        typer.Option(
            metavar="PATTERN",
            help="A regular expression whose first group is the agent's id, for example "
            "`PJSIP/(1\\d\\d)`.",
        ),
    ] = "",
    reason: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT=CODE", help="What a pause reason is called; may be repeated."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(help="The key of the identity `adapter`; without it the stored sign-in."),
    ] = None,
    gateway: Gateway = "",
) -> None:
    """Follow an Asterisk over its manager interface (AMI), until stopped.

    States, calls and queues go to the gateway as they happen. The secret of the user is read from
    MUSTER_AMI_SECRET. docs/how-to/follow-asterisk.md says what manager.conf needs.
    """
    if AMI_SECRET.environment not in os.environ:
        raise CommandError(f"set {AMI_SECRET.environment} to the secret of {user} in manager.conf")
    origin = Origin(parse_id("--source", source), parse_id("--site", site))
    floor = Floor(parse_lines(alias or (), lines), parse_codes(reason or ()))
    login = Login(host, port, user, os.environ[AMI_SECRET.environment])
    try:
        asyncio.run(_follow(way_to_gateway(key, gateway), login, floor, origin))
    except AmiError as error:
        raise CommandError(str(error)) from None


async def _follow(open_way: OpenWay, login: Login, floor: Floor, origin: Origin) -> None:
    async with open_way() as channel:
        sender = LiveSender(channel, origin, say_refused)
        adapter = AmiAdapter(login, floor, sender, SystemClock(), say)
        beat = sender.beat(adapter.heard, adapter.stand_of)
        await run_until_stopped(sender, beat, adapter.run())
