"""How far the sending is, on a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.importing.delivery import Sent


@contextmanager
def progress(console: Console, what: str, total: int) -> Iterator[Sent]:
    """Shows a bar while something is sent, and gives what is told how many are done."""
    columns = (
        TextColumn("Sending {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(what, total=total)

        def sent(count: int) -> None:
            shown.update(task, completed=count)

        yield sent
