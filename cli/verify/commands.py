"""`muster verify`: whether the record is what it was, without trust in who keeps it."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from chassis.clock import SystemClock
from cli.errors import CommandError
from cli.gateway_way import Gateway
from cli.local.layout import HOME_NAME
from cli.local.options import parse_database_url
from cli.session import load_session
from cli.variables import VERIFY_DATABASE_URL
from cli.verify.audit import audit_json, audit_lines, fetch_audit_log, load_audit_export
from cli.verify.cache import CacheReport, cache_lines, open_cache
from cli.verify.database import open_database
from cli.verify.judging import SiteJudge, SiteReport, UncheckedSite
from cli.verify.keys import load_keys
from cli.verify.online import open_record
from cli.verify.receipts import read_receipt, receipt_json, receipt_lines
from cli.verify.record import RecordSource
from cli.verify.roots import ExportedRoots, load_root, load_roots
from cli.verify.showing import report_json, report_lines
from proof.audit import judge_audit_log
from proof.keys import PublicKeys
from proof.receipt import judge_receipt

TAMPERED = 1
NOT_CHECKED = 2

app = typer.Typer(
    help="Show that the record is what it was. Exits with 0 if it is valid, with 1 if it was "
    "tampered with, with 2 if it could not be checked.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key",
        help="The public key of presence: a trust.json, or the key in PEM or base64. "
        "[default: that of what runs in this folder]",
        show_default=False,
    ),
]
GatewayKeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key",
        help="The public key of the gateway: a trust.json, or the key in PEM or base64. "
        "[default: that of what runs in this folder]",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.callback()
def _verify() -> None:
    pass


@app.command("log")
def verify_log(
    site: Annotated[str, typer.Option(help="One site; all if empty.")] = "",
    roots: Annotated[
        Path | None,
        typer.Option(
            help="The folder of daily roots that were taken out of the operator's reach. "
            "[default: .muster/roots, if it is there]",
            show_default=False,
        ),
    ] = None,
    database_url: Annotated[
        str,
        typer.Option(
            envvar=VERIFY_DATABASE_URL.environment,
            help="Read this database itself instead of asking the gateway.",
        ),
    ] = "",
    gateway: Gateway = "",
    key: KeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Verify the state log of sites, link by link, by signatures and exported daily roots."""
    keys, exported = load_keys(key), load_roots(roots or _local_roots())
    with Console(stderr=True).status("reading", spinner="dots") as status:
        judging = _Judging(keys, exported, site.removeprefix("sites/"), status.update)
        reports = asyncio.run(judging.run(parse_database_url(database_url), gateway or None))
    if as_json:
        typer.echo(json.dumps([report_json(report) for report in reports], indent=2))
    else:
        for report in reports:
            typer.echo("\n".join(report_lines(report)))
    if not reports:
        raise CommandError("there is no site with a log", exit_code=NOT_CHECKED)
    _exit_by(reports)


@app.command("cache")
def verify_cache(
    site: Annotated[str, typer.Option(help="The site.")],
    day: Annotated[str, typer.Option(help="The UTC day, as 2026-11-22. [default: yesterday]")] = "",
    gateway: Gateway = "",
    as_json: JsonOption = False,
) -> None:
    """Verify that the packed days behind boards are what the log says."""
    now = SystemClock().now()
    wanted = _day_of(day) if day else now.date() - timedelta(days=1)
    report = asyncio.run(_judge_cache(gateway or None, site.removeprefix("sites/"), wanted, now))
    if as_json:
        typer.echo(json.dumps(asdict(report) | {"day": str(wanted)}, indent=2))
    else:
        typer.echo("\n".join(cache_lines(report)))
    if report.differing:
        raise typer.Exit(TAMPERED)


@app.command("receipt")
def verify_receipt(
    file: Annotated[Path, typer.Argument(help="The receipt, as the API gave it.")],
    root: Annotated[
        list[Path] | None,
        typer.Option(help="A daily root; may be given several times.", show_default=False),
    ] = None,
    key: KeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Verify a receipt by the key, and by daily roots if some are given. Asks nobody."""
    receipt = read_receipt(file)
    roots = [load_root(path) for path in root or ()]
    judgement = judge_receipt(receipt, load_keys(key), roots)
    if as_json:
        typer.echo(json.dumps(receipt_json(receipt, judgement), indent=2))
    else:
        typer.echo("\n".join(receipt_lines(receipt, judgement)))
    if judgement.faults:
        raise typer.Exit(TAMPERED)


@app.command("audit")
def verify_audit(
    file: Annotated[
        Path | None,
        typer.Option(help="An export of the log. [default: ask the gateway]", show_default=False),
    ] = None,
    gateway: Gateway = "",
    key: GatewayKeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Verify the audit log, link by link and by its signatures."""
    keys = load_keys(key, "gateway")
    if file is not None:
        export = load_audit_export(file)
    else:
        export = asyncio.run(fetch_audit_log(load_session(gateway or None)))
    judgement = judge_audit_log(export, keys, SystemClock().now())
    if as_json:
        typer.echo(json.dumps(audit_json(export, judgement), indent=2))
    else:
        typer.echo("\n".join(audit_lines(export, judgement)))
    if not judgement.is_valid:
        raise typer.Exit(TAMPERED)


def _exit_by(reports: Sequence[SiteReport | UncheckedSite]) -> None:
    """Ends with the worst that was found: what was tampered with, then what is not known."""
    found = [report for report in reports if isinstance(report, SiteReport)]
    if not all(report.judgement.is_valid for report in found):
        raise typer.Exit(TAMPERED)
    if len(found) < len(reports):
        raise typer.Exit(NOT_CHECKED)


class _Judging:
    """One run over all sites that are meant."""

    def __init__(
        self, keys: PublicKeys, exported: ExportedRoots, site: str, tell: Callable[[str], None]
    ) -> None:
        self._keys = keys
        self._exported = exported
        self._site = site
        self._tell = tell

    async def run(
        self, database_url: str | None, gateway: str | None
    ) -> list[SiteReport | UncheckedSite]:
        if database_url:
            async with open_database(database_url) as database:
                return await self._judge(database)
        async with open_record(load_session(gateway)) as record:
            return await self._judge(record)

    async def _judge(self, source: RecordSource) -> list[SiteReport | UncheckedSite]:
        judge = SiteJudge(source, self._exported, self._keys, self._tell)
        now = SystemClock().now()
        if self._site:
            return [await _judge_site(judge, self._site, now)]
        # A site that nobody knows any more, but of which a root was exported, is missing.
        sites = {*await source.list_sites(), *(root.site for root in self._exported.roots)}
        return [await _judge_site(judge, site, now) for site in sorted(sites)]


async def _judge_site(judge: SiteJudge, site: str, now: datetime) -> SiteReport | UncheckedSite:
    """Judges a site; one that cannot be read hinders no other."""
    try:
        return await judge.judge(site, now)
    except CommandError as error:
        return UncheckedSite(site, error.message)


async def _judge_cache(gateway: str | None, site: str, day: date, now: datetime) -> CacheReport:
    async with open_cache(load_session(gateway)) as judge:
        return await judge.judge(site, day, now)


def _day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"--day {text!r} is no day: write it as 2026-11-22", exit_code=2
        ) from None


def _local_roots() -> Path | None:
    folder = Path.cwd() / HOME_NAME / "roots"
    return folder if folder.is_dir() else None
