"""The result of reading a queue log as tables for people."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from cli.importing.queue_log.lines import Fault
from cli.importing.queue_log.reading import QueueLog
from cli.importing.queue_log.sending import Done, Fate
from cli.importing.queue_log.tally import PERSON_COUNTERS, QUEUE_COUNTERS, Counters

_MOST_REJECTED_SHOWN = 5
_MOST_NAMES_SHOWN = 5
_HEADINGS = {
    "login_s": "signed in",
    "pause_s": "on break",
    "wrapup_s": "wrap-up",
    "conversation_s": "talking",
    "ring_no_answer": "missed",
    "wait_sum_s": "waiting",
    "talk_sum_s": "talking",
}


def print_log(console: Console, log: QueueLog, zone: ZoneInfo) -> None:
    """Prints who did what, how the queues fared, and what became of every line."""
    if log.span is not None:
        start, end = (_local(at, zone) for at in (log.span.start, log.span.end))
        console.print(f"From {start} to {end}, {zone.key}", highlight=False)
    people = ((name, log.tally.people[name]) for name in log.people)
    console.print(_counters_table("People", PERSON_COUNTERS, people))
    queues = sorted(log.tally.queues.items())
    console.print(_counters_table("Queues", QUEUE_COUNTERS, queues))
    if log.idle_members:
        console.print(_alias_hint(log.idle_members), highlight=False, markup=False, soft_wrap=True)
    console.print(lines_table(log))
    for file, line, text, reason in _first_rejected(log):
        excerpt = f"{file} line {line}: {Fault[reason].value}: {text[:80]!r}"
        console.print(excerpt, highlight=False, markup=False, soft_wrap=True)


def lines_table(log: QueueLog) -> Table:
    """Returns what became of the lines; the last row is the sum."""
    counts = log.lines
    table = Table(title="Lines", title_justify="left", show_header=False)
    table.add_column("what")
    table.add_column("lines", justify="right")
    table.add_row("understood", f"{counts.used:,}", style="bold")
    for name, count in counts.unknown.most_common():
        table.add_row(f"unknown event {name}", f"{count:,}")
    table.add_row("rejected", f"{counts.rejected:,}")
    table.add_row("blank, or the header of a table", f"{counts.blank:,}")
    table.add_section()
    together = counts.used + counts.unknown.total() + counts.rejected + counts.blank
    table.add_row("together", f"{together:,} of {counts.read:,}", style="bold")
    return table


def done_text(done: Done) -> str:
    """Returns what became of an import, a line each for states and calls."""
    created = f"{done.created_count:,} created in the roster.\n" if done.created_count else ""
    states = _fate_text("state changes", done.states)
    return f"{created}{states}\n{_fate_text('events of calls', done.contacts)}"


def _fate_text(what: str, fate: Fate) -> str:
    line = f"{what}: {fate.recorded:,} recorded, {fate.already_recorded:,} recorded before"
    refused = ", ".join(f"{n:,} {reason}" for reason, n in sorted(fate.refused.items()))
    return f"{line}, refused: {refused}." if refused else f"{line}."


def _counters_table(
    title: str, columns: Iterable[str], rows: Iterable[tuple[str, Counters]]
) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("", overflow="fold")
    columns = tuple(columns)
    for column in columns:
        table.add_column(_HEADINGS.get(column, column), justify="right", overflow="fold")
    for name, counters in rows:
        table.add_row(name, *(_cell(column, counters[column]) for column in columns))
    return table


def _cell(column: str, value: float) -> str:
    if column.endswith("_s"):
        return str(timedelta(seconds=round(value)))
    return f"{value:,.0f}"


def _alias_hint(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES_SHOWN]) + (", ..." * (len(names) > _MOST_NAMES_SHOWN))
    return (
        f"Added to queues, but never at work under this name: {shown}. If they work under another "
        "one, say so with --alias IFACE=NAME.\n"
    )


def _first_rejected(log: QueueLog) -> Iterator[tuple[str, int, str, str]]:
    for _, rejected in zip(range(_MOST_REJECTED_SHOWN), log.spool.rejected(), strict=False):
        yield rejected


def _local(at: float, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(at, UTC).astimezone(zone):%Y-%m-%d %H:%M:%S}"
