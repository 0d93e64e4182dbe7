"""`muster source`: platforms that push their events."""

from pathlib import Path
from typing import Annotated

import typer

from cli.errors import CommandError
from cli.sources.lines import Tried, tried_lines
from gateway.domain.sources.body import BodyRefusedError, split_body
from gateway.domain.sources.mapping import MappingRefusedError, SourceMapping, parse_mapping
from gateway.domain.sources.translate import translate

MOST_RECORDED = 1_000_000

app = typer.Typer(
    help="Take the events that a platform pushes.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

_Mapping = Annotated[Path, typer.Option(help="What the platform's values mean, as TOML.")]


@app.callback()
def _source() -> None:
    pass


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
        raise CommandError(f"{file} cannot be read: {error}") from None
    except BodyRefusedError as error:
        raise CommandError(f"{file} {error}") from None
    return [
        (number, event)
        for number, message in enumerate(messages, start=1)
        for event in translate(mapping, message)
    ]


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
        raise CommandError(f"{file} cannot be read: {error}") from None
