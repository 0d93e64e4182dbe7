"""Options that the commands of `muster import` share, and how they run their work."""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Annotated, Any, TypeVar

import typer

from chassis.errors import Refusal
from cli.errors import CommandError

_Answer = TypeVar("_Answer")


Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything and change nothing.")]


def run(work: Coroutine[Any, Any, _Answer]) -> _Answer:
    """Runs the work; a refusal becomes one line."""
    try:
        return asyncio.run(work)
    except Refusal as refusal:
        raise CommandError(f"{refusal.message} ({refusal.reason})") from None


def counts_line(counts: Mapping[str, int], *, dry_run: bool) -> str:
    """Says how many rows were created, updated and unchanged."""
    would = "would be " if dry_run else ""
    return (
        f"{counts['created']} {would}created, {counts['updated']} {would}changed, "
        f"{counts['unchanged']} as they are already"
    )
