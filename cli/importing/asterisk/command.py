"""`muster import call-records`: the calls of an Asterisk beyond its queues."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from chassis.errors import Refusal
from cli.errors import CommandError
from cli.gateway_way import Gateway
from cli.importing.asterisk import cdr, cel
from cli.importing.asterisk.busy import Busy, agents_busy, count_left_out
from cli.importing.asterisk.cells import Cells, Layout, oldest_first, read_cells
from cli.importing.asterisk.contacts import contact_events
from cli.importing.asterisk.lines import Lines, parse_lines
from cli.importing.asterisk.records import Judged
from cli.importing.calls import Agent
from cli.importing.contacts_delivery import ContactDelivery, send_contacts
from cli.importing.delivery import Delivery, send_reports
from cli.importing.files import FileRefusedError
from cli.importing.mapping import CallRule, SiteRule, TeamRule
from cli.importing.people import ensure_people
from cli.importing.queue_log.options import parse_id, parse_place, parse_zone
from cli.importing.sessions import Report, derive_reports
from cli.session import Session, load_session, open_gateway

_MOST_NOBODIES = 10
_Judge = Callable[[Iterable[Cells], ZoneInfo], Iterator[Judged]]


class Form(StrEnum):
    """What the files hold."""

    CDR = "cdr"
    CEL = "cel"


_READERS: dict[Form, tuple[Layout, _Judge]] = {
    Form.CDR: (cdr.LAYOUT, cdr.judge_cdr),
    Form.CEL: (cel.LAYOUT, cel.judge_cel),
}


@dataclass(frozen=True, slots=True)
class _Destination:
    """Where the calls go."""

    site: SiteRule
    team: TeamRule | None
    time_zone: str
    source: str


@dataclass(frozen=True, slots=True)
class _Done:
    """What the server made of it."""

    created_count: int
    states: Delivery
    contacts: ContactDelivery


def call_records(
    files: Annotated[
        list[Path],
        typer.Argument(help="CSV files, with a header or in Asterisk's order, gzip or not."),
    ],
    form: Annotated[
        Form, typer.Option(help="Call detail records, or channel event logs.")
    ] = Form.CDR,
    alias: Annotated[
        list[str] | None,
        typer.Option(metavar="IFACE=NAME", help="Whose line an interface is; may be repeated."),
    ] = None,
    lines: Annotated[
        str,
        typer.Option(
            metavar="PATTERN",
            help="A regular expression of interfaces; its first group is the agent's name, as in "
            "`PJSIP/(1\\d\\d)`.",
        ),
    ] = "",
    zone: Annotated[str, typer.Option(help="Whose clock the files show, an IANA zone.")] = "UTC",
    site: Annotated[str, typer.Option(help="The id of the people's site.")] = "",
    site_name: Annotated[
        str,
        typer.Option(help="Its name; with it, the site and people who are missing are created."),
    ] = "",
    team: Annotated[str, typer.Option(help="The id of the team that they then join.")] = "",
    team_name: Annotated[str, typer.Option(help="Its name; the id if absent.")] = "",
    source: Annotated[str, typer.Option(help="The name under which it is recorded.")] = (
        "import-call-records"
    ),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what the files come to; send nothing.")
    ] = False,
    gateway: Gateway = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Bring the call records of Asterisk onto the board: outbound, internal, transferred calls.

    Who dials is busy from then on, who is dialled from the answer on. Channel event logs tell
    transfers exactly. Importing files twice changes nothing. docs/how-to/import-call-records.md
    explains every rule.
    """
    busy = _read(files, form, parse_zone(zone), parse_lines(alias or (), lines))
    reports = derive_reports((part.call for part in busy.parts), CallRule())
    done = None
    if not dry_run:
        place = parse_place(site, site_name, team, team_name)
        destination = _Destination(*place, zone, parse_id("--source", source))
        done = _send(load_session(gateway or None), busy, reports, destination)
    if as_json:
        typer.echo(json.dumps(_json(busy, reports, done), ensure_ascii=False))
    else:
        _print(Console(), busy, reports, done)


def _read(files: Sequence[Path], form: Form, zone: ZoneInfo, whose: Lines) -> Busy:
    layout, judge = _READERS[form]
    try:
        return agents_busy(
            judge(read_cells(oldest_first(files, layout, zone), layout), zone), whose
        )
    except FileRefusedError as error:
        raise CommandError(str(error)) from None


def _send(
    session: Session, busy: Busy, reports: Sequence[Report], destination: _Destination
) -> _Done:
    try:
        return asyncio.run(_deliver(session, busy, reports, destination))
    except Refusal as refusal:
        raise CommandError(f"{refusal.message} ({refusal.reason})") from None


async def _deliver(
    session: Session, busy: Busy, reports: Sequence[Report], destination: _Destination
) -> _Done:
    site, source = destination.site.id, destination.source
    async with open_gateway(session) as channel:
        created_count = await ensure_people(channel, destination, _agents(busy))
        states = await send_reports(channel, source, reports, _ignore)
        events = list(contact_events(busy))
        contacts = await send_contacts(channel, site, source, events, _ignore)
    return _Done(created_count, states, contacts)


def _agents(busy: Busy) -> list[Agent]:
    return sorted({part.call.agent for part in busy.parts}, key=lambda agent: agent.id)


def _ignore(count: int) -> None:
    """Tells nobody how far it is: a part takes moments."""


def _json(busy: Busy, reports: Sequence[Report], done: _Done | None) -> dict[str, Any]:
    return {
        "dry_run": done is None,
        "calls": len({part.call.contact for part in busy.parts}),
        "agents": {
            agent.id: [
                {
                    "start": part.call.span.start_time.timestamp(),
                    "end": part.call.span.end_time.timestamp(),
                    "contact": part.call.contact,
                    "direction": part.direction.lower(),
                }
                for part in busy.parts
                if part.call.agent == agent
            ]
            for agent in _agents(busy)
        },
        "left_out": [
            {"file": each.file, "line": each.line, "reason": each.reason.name}
            for each in busy.left_out
        ],
        "nobodys_interfaces": dict(busy.nobody.most_common()),
        "reports": {
            "planned": len(reports),
            "recorded": done.states.recorded_count if done else 0,
            "already_recorded": done.states.already_recorded_count if done else 0,
            "refused": dict(done.states.refused_by_reason) if done else {},
        },
        "contact_events": {
            "recorded": done.contacts.recorded_count if done else 0,
            "already_recorded": done.contacts.already_recorded_count if done else 0,
            "refused": dict(done.contacts.refused_by_reason) if done else {},
        },
        "created": done.created_count if done else 0,
    }


def _print(console: Console, busy: Busy, reports: Sequence[Report], done: _Done | None) -> None:
    table = Table(title="Parts of agents in calls", title_justify="left", show_header=False)
    for direction in ("INBOUND", "OUTBOUND", "INTERNAL"):
        count = sum(part.direction == direction for part in busy.parts)
        table.add_row(direction.lower(), f"{count:,}")
    for reason, count in count_left_out(busy).items():
        table.add_row(f"left out: {reason.value}", f"{count:,}", style="dim")
    for interface, count in busy.nobody.most_common(_MOST_NOBODIES):
        table.add_row(f"nobody's line: {interface}", f"{count:,}", style="dim")
    console.print(table)
    whole = f"{len(reports):,} state changes of {len(_agents(busy))} agents"
    if done is None:
        console.print(f"{whole} would be reported; nothing was sent.", highlight=False)
        return
    states = done.states
    console.print(
        f"{whole}: {states.recorded_count:,} recorded, {states.already_recorded_count:,} recorded "
        f"before, {sum(states.refused_by_reason.values()):,} refused.",
        highlight=False,
        soft_wrap=True,
    )
