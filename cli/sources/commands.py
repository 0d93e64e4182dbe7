"""`muster source`: platforms that push their events."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from muster.gateway.v1 import source_service_pb2 as pb
from muster.gateway.v1.source_service_pb2_grpc import SourceServiceStub

from cli.calling import ask
from cli.errors import CommandError, unreadable
from cli.gateway_way import Gateway
from cli.sources.calling import call_sources
from cli.sources.lines import tried_lines
from gateway.domain.sources.body import BodyRefusedError, split_body
from gateway.domain.sources.mapping import MappingRefusedError, SourceMapping, parse_mapping
from gateway.domain.sources.translate import Tried, try_messages

MOST_RECORDED = 1_000_000

app = typer.Typer(
    help="Take the events that a platform pushes.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)


_Source = Annotated[str, typer.Argument(help="The source's id, for example pbx-north.")]
_Mapping = Annotated[Path, typer.Option(help="What the platform's values mean, as TOML.")]


@app.callback()
def _source() -> None:
    pass


class Proof(StrEnum):
    """How a source proves itself."""

    HMAC = "hmac"
    KEY = "key"
    BASIC = "basic"


_SCHEMES = {
    Proof.HMAC: pb.SourceSigning.SCHEME_HMAC_SHA256,
    Proof.KEY: pb.SourceSigning.SCHEME_API_KEY,
    Proof.BASIC: pb.SourceSigning.SCHEME_BASIC,
}


@app.command()
def create(
    source: _Source,
    site: Annotated[str, typer.Option(help="The id of the site of its agents and contacts.")],
    name: Annotated[str, typer.Option(help="The name that people read; the id if absent.")] = "",
    proof: Annotated[
        Proof, typer.Option(help="A signature, the secret in a header, or HTTP Basic.")
    ] = Proof.HMAC,
    header: Annotated[str, typer.Option(help="The header of the signature or key.")] = "",
    timestamp_header: Annotated[str, typer.Option(help="The header of the signed time.")] = "",
    signed_text: Annotated[str, typer.Option(help="What is signed, with {timestamp}.{body}.")] = "",
    gateway: Gateway = "",
) -> None:
    """Create a source and show its secret, this once."""
    signing = pb.SourceSigning(
        scheme=_SCHEMES[proof],
        header=header,
        timestamp_header=timestamp_header,
        signed_text=signed_text,
    )
    request = pb.CreateSourceRequest(
        source_id=source, site=f"sites/{site}", display_name=name or source, signing=signing
    )
    created = call_sources(gateway, lambda sources: ask(sources.CreateSource, request))
    typer.echo(f"Created {created.name}. Its secret, shown this once: {created.secret}")
    typer.echo(f"It pushes to POST /v1/{created.name}/events of the gateway.")


@app.command("list")
def list_sources(gateway: Gateway = "") -> None:
    """List the sources of the sites that you may see."""
    for line in call_sources(gateway, _listed):
        typer.echo(line)


@app.command()
def mapping(
    source: _Source,
    file: Annotated[Path, typer.Argument(help="The mapping, as TOML.")],
    activate: Annotated[bool, typer.Option(help="Translate by it from now on.")] = True,
    retry: Annotated[
        bool, typer.Option("--retry", help="Translate anew what was set aside.")
    ] = False,
    gateway: Gateway = "",
) -> None:
    """Give a source a new version of its mapping."""
    text = read_text(file)
    parsed_mapping(file, text)

    async def add(sources: SourceServiceStub) -> str:
        request = pb.CreateSourceMappingRequest(source=f"sources/{source}", text=text)
        added = await ask(sources.CreateSourceMapping, request)
        if not activate:
            return f"Added {added.name}."
        await ask(sources.ActivateSourceMapping, pb.ActivateSourceMappingRequest(name=added.name))
        if not retry:
            return f"Added and activated {added.name}."
        again = pb.RetrySourceEventsRequest(source=f"sources/{source}")
        count = (await ask(sources.RetrySourceEvents, again)).event_count
        return f"Added and activated {added.name}; {count} events are translated anew."

    typer.echo(call_sources(gateway, add))


@app.command()
def rotate(
    source: _Source,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Refuse the former secret at once.")
    ] = False,
    gateway: Gateway = "",
) -> None:
    """Give a source a new secret, shown this once. The former one is taken for a day more."""
    request = pb.RotateSourceSecretRequest(name=f"sources/{source}", revoke_former=revoke)
    rotated = call_sources(gateway, lambda sources: ask(sources.RotateSourceSecret, request))
    typer.echo(f"The new secret of {rotated.name}, shown this once: {rotated.secret}")


@app.command()
def unknown(source: _Source, gateway: Gateway = "") -> None:
    """List the values that the mapping has not, with how often they came."""
    for line in call_sources(gateway, lambda sources: _unknowns(sources, f"sources/{source}")):
        typer.echo(line)


async def _listed(sources: SourceServiceStub) -> list[str]:
    lines, token = [], ""
    while True:
        request = pb.ListSourcesRequest(page_size=1000, page_token=token)
        answer = await ask(sources.ListSources, request)
        lines += [_source_line(source) for source in answer.sources]
        token = answer.next_page_token
        if not token:
            return lines or ["There is no source."]


def _source_line(source: pb.Source) -> str:
    mapping_name = source.active_mapping or "no mapping"
    return (
        f"{source.name}  {source.site}  {mapping_name}  {source.pending_count} waiting  "
        f"{source.display_name}"
    )


async def _unknowns(sources: SourceServiceStub, name: str) -> list[str]:
    lines, token = [], ""
    while True:
        request = pb.ListSourceUnknownsRequest(source=name, page_size=1000, page_token=token)
        answer = await ask(sources.ListSourceUnknowns, request)
        lines += [f"{one.event_count:>9}  {one.field}: {one.value}" for one in answer.unknowns]
        token = answer.next_page_token
        if not token:
            return lines or ["No value is unknown."]


@app.command()
def test(
    file: Annotated[Path, typer.Argument(help="Recorded events: JSON, or one object a line.")],
    mapping: _Mapping,
) -> None:
    """Try a mapping on recorded events, without a server, and write nothing.

    Every event is shown with what it was understood to say, what of it is unknown, or why it is
    refused. docs/how-to/push-events.md explains the mapping; docs/examples/sources has three.
    """
    for line in tried_lines(try_mapping(load_mapping(mapping), file)):
        typer.echo(line)


def try_mapping(mapping: SourceMapping, file: Path) -> Tried:
    """Translates the events of a file."""
    try:
        messages = split_body(file.read_bytes(), MOST_RECORDED)
    except OSError as error:
        raise unreadable(file, error) from None
    except BodyRefusedError as error:
        raise CommandError(f"{file} {error}") from None
    return try_messages(mapping, messages)


def load_mapping(file: Path) -> SourceMapping:
    """Reads a mapping's file."""
    return parsed_mapping(file, read_text(file))


def parsed_mapping(file: Path, text: str) -> SourceMapping:
    """Reads a mapping's text and names the file in what is wrong with it."""
    try:
        return parse_mapping(text)
    except MappingRefusedError as error:
        raise CommandError(f"{file} is no mapping of events:\n{error}") from None


def read_text(file: Path) -> str:
    """Reads a file as text."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(file, error) from None
