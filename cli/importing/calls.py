"""Judges each row of a file of calls: it is a call, or it is refused for one reason."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Cells
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cli.importing.cells import parse_day, parse_length, parse_time
from cli.importing.localtime import ClockSpan, Span, resolve_instant, resolve_span
from cli.importing.mapping import AbandonedRule, AgentRule, Columns, Formats, Mapping
from cli.importing.reasons import Reason, RowRefusedError, cell_told
from cli.importing.rows import RefusedRow, Row, judge_each

_ID = re.compile(r"[a-z0-9-]{1,63}")
_NOT_OF_AN_ID = re.compile(r"[^a-z0-9-]+")
_LONGEST_CONTACT = 128
_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody whom the file names."""

    id: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A wait in a queue; `wait` is None where the file does not tell how long."""

    queue: str
    wait: timedelta | None


@dataclass(frozen=True, slots=True)
class Call:
    """One served call of one agent; `activity` where the call itself tells it."""

    row: int
    agent: Agent
    contact: str
    span: Span
    activity: str = ""
    stay: Stay | None = None


@dataclass(frozen=True, slots=True)
class Abandoned:
    """A customer who left a queue before an agent answered."""

    row: int
    contact: str
    stay: Stay
    left_time: datetime


Judged = Call | Abandoned | RefusedRow


def judge_rows(rows: Iterable[Row], mapping: Mapping) -> list[Judged]:
    """Judges every row, in the order of the file: as many results as rows."""
    seen: Counter[bytes] = Counter()

    def parse(row: Row, cells: Cells[str, str]) -> Call | Abandoned:
        if mapping.abandoned is not None and _has_left(cells, mapping.abandoned, mapping.formats):
            return _parse_abandoned(row, cells, mapping, _count(cells, mapping, seen))
        _check_served(cells, mapping)
        return _parse_call(row, cells, mapping, _count(cells, mapping, seen))

    return judge_each(rows, parse)


def parse_agent(cells: Cells[str, str], column: str, rule: AgentRule) -> Agent:
    """Reads whom a row names; refuses the row that names nobody."""
    cell = cells[column].strip()
    if not cell or cell in rule.missing:
        raise RowRefusedError(Reason.NO_AGENT, cell_told(column, cell))
    agent = Agent(
        id=rule.id.replace("{agent}", cell).lower(),
        display_name=rule.display_name.replace("{agent}", cell),
    )
    if _ID.fullmatch(agent.id) is None or len(agent.display_name) > _LONGEST_LABEL:
        raise RowRefusedError(Reason.UNUSABLE_AGENT, cell_told(column, cell))
    return agent


def _has_left(cells: Cells[str, str], rule: AbandonedRule, formats: Formats) -> bool:
    """Tells whether the row is a customer who left a queue, and not one who never was in one."""
    left = cells[rule.left].strip()
    return cells[rule.column] in rule.values and left not in ("", formats.no_clock)


def _check_served(cells: Cells[str, str], mapping: Mapping) -> None:
    served = mapping.served
    if served is not None and cells[served.column] not in served.values:
        raise RowRefusedError(Reason.NOT_SERVED, cell_told(served.column, cells[served.column]))


def _count(cells: Cells[str, str], mapping: Mapping, seen: Counter[bytes]) -> int:
    """Counts the how-manieth identical line it is, and refuses a second one if it is no call."""
    line = _mark_of(cells)
    seen[line] += 1
    if seen[line] > 1 and mapping.calls.identical_lines == "same_call":
        raise RowRefusedError(Reason.IDENTICAL_LINE)
    return seen[line]


def _parse_call(row: Row, cells: Cells[str, str], mapping: Mapping, repeat: int) -> Call:
    return Call(
        row=row.number,
        agent=parse_agent(cells, mapping.columns.agent, mapping.agent),
        contact=_parse_contact(cells, mapping.columns, repeat),
        span=resolve_span(_parse_clock(cells, mapping), mapping.zone, mapping.calls.longest),
        stay=_parse_stay(cells, mapping),
    )


def _parse_abandoned(row: Row, cells: Cells[str, str], mapping: Mapping, repeat: int) -> Abandoned:
    stay = _parse_stay(cells, mapping)
    if stay is None or mapping.abandoned is None:
        raise RowRefusedError(Reason.UNUSABLE_QUEUE)
    column, formats = mapping.abandoned.left, mapping.formats
    with _reading_times(cells, (mapping.columns.date, column)):
        left = parse_time(cells[column].strip(), formats.clock)
        clock = ClockSpan(
            day=parse_day(cells[mapping.columns.date].strip(), formats.date),
            start=left,
            end=left,
            arrival=_parse_arrival(cells, mapping),
        )
    contact = _parse_contact(cells, mapping.columns, repeat)
    return Abandoned(row.number, contact, stay, resolve_instant(clock, mapping.zone))


def _parse_stay(cells: Cells[str, str], mapping: Mapping) -> Stay | None:
    columns = mapping.columns
    if columns.queue is None:
        return None
    cell = cells[columns.queue].strip()
    queue = _NOT_OF_AN_ID.sub("-", mapping.queue.id.replace("{queue}", cell).lower()).strip("-")
    if not cell or _ID.fullmatch(queue) is None:
        raise RowRefusedError(Reason.UNUSABLE_QUEUE, cell_told(columns.queue, cell))
    if columns.wait_seconds is None:
        return Stay(queue, None)
    with _reading_times(cells, (columns.wait_seconds,)):
        wait = parse_length(cells[columns.wait_seconds].strip())
        if wait < timedelta():
            raise ValueError("nobody waits less than no time")
    return Stay(queue, wait)


def _mark_of(cells: Cells[str, str]) -> bytes:
    # Whole lines of a large file would fill the memory.
    return hashlib.blake2b("\x1f".join(cells.values()).encode(), digest_size=16).digest()


def _parse_contact(cells: Cells[str, str], columns: Columns, repeat: int) -> str:
    parts = [cells[column].strip() for column in columns.contact]
    contact = "-".join(parts) + (f"#{repeat}" if repeat > 1 else "")
    if not any(parts) or len(contact) > _LONGEST_CONTACT or not contact.isprintable():
        raise RowRefusedError(Reason.UNUSABLE_CONTACT)
    return contact


def _parse_clock(cells: Cells[str, str], mapping: Mapping) -> ClockSpan:
    columns, formats = mapping.columns, mapping.formats
    start, end = cells[columns.start].strip(), cells[columns.end].strip()
    if not start or (start == end == formats.no_clock):
        raise RowRefusedError(Reason.NO_START, cell_told(columns.start, start))
    with _reading_times(cells, columns.times()):
        return ClockSpan(
            day=parse_day(cells[columns.date].strip(), formats.date),
            start=parse_time(start, formats.clock),
            end=parse_time(end, formats.clock),
            arrival=_parse_arrival(cells, mapping),
            length=_parse_length(cells, columns),
        )


@contextmanager
def _reading_times(cells: Cells[str, str], columns: Iterable[str]) -> Iterator[None]:
    """Refuses the row, with the cells of the columns, if a time in them cannot be read."""
    try:
        yield
    except (ValueError, OverflowError) as error:
        told = ", ".join(cell_told(name, cells[name]) for name in columns)
        raise RowRefusedError(Reason.UNREADABLE_TIME, told) from error


def _parse_arrival(cells: Cells[str, str], mapping: Mapping) -> time | None:
    column = mapping.columns.arrival
    return None if column is None else parse_time(cells[column].strip(), mapping.formats.clock)


def _parse_length(cells: Cells[str, str], columns: Columns) -> timedelta | None:
    if columns.length_seconds is None:
        return None
    return parse_length(cells[columns.length_seconds].strip())
