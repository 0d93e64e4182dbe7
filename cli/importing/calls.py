"""Judges each row of a file of calls: it is a call, or it is refused for one reason."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Cells
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from cli.importing.localtime import ClockSpan, Span, resolve_span
from cli.importing.mapping import Columns, Mapping
from cli.importing.reasons import Reason, RowRefusedError

_ID = re.compile(r"[a-z0-9-]{1,63}")
_LONGEST_CONTACT = 128
_LONGEST_LABEL = 200
_YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number, from 1 after the header, and its cells by column.

    `cells` is None where the row has more or fewer cells than the header.
    """

    number: int
    cells: Cells[str, str] | None


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody whom the file names."""

    id: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Call:
    """One served call of one agent; `activity` where the call itself tells it."""

    row: int
    agent: Agent
    contact: str
    span: Span
    activity: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not imported, and why."""

    row: int
    reason: Reason


Judged = Call | RefusedRow


def judge_rows(rows: Iterable[Row], mapping: Mapping) -> list[Judged]:
    """Judges every row, in the order of the file: as many results as rows."""
    seen: Counter[bytes] = Counter()
    return [_judge_row(row, mapping, seen) for row in rows]


def _judge_row(row: Row, mapping: Mapping, seen: Counter[bytes]) -> Judged:
    try:
        return _parse_call(row, mapping, seen)
    except RowRefusedError as refusal:
        return RefusedRow(row.number, refusal.reason)


def _parse_call(row: Row, mapping: Mapping, seen: Counter[bytes]) -> Call:
    cells = row.cells
    if cells is None:
        raise RowRefusedError(Reason.MALFORMED_ROW)
    if mapping.served is not None and cells[mapping.served.column] not in mapping.served.values:
        raise RowRefusedError(Reason.NOT_SERVED)
    line = _mark_of(cells)
    seen[line] += 1
    repeat = seen[line]
    if repeat > 1 and mapping.calls.identical_lines == "same_call":
        raise RowRefusedError(Reason.IDENTICAL_LINE)
    return Call(
        row=row.number,
        agent=_parse_agent(cells[mapping.columns.agent].strip(), mapping),
        contact=_parse_contact(cells, mapping.columns, repeat),
        span=resolve_span(_parse_clock(cells, mapping), mapping.zone, mapping.calls.longest),
    )


def _mark_of(cells: Cells[str, str]) -> bytes:
    # Whole lines of a large file would fill the memory.
    return hashlib.blake2b("\x1f".join(cells.values()).encode(), digest_size=16).digest()


def _parse_agent(cell: str, mapping: Mapping) -> Agent:
    if not cell or cell in mapping.agent.missing:
        raise RowRefusedError(Reason.NO_AGENT)
    agent = Agent(
        id=mapping.agent.id.replace("{agent}", cell).lower(),
        display_name=mapping.agent.display_name.replace("{agent}", cell),
    )
    if _ID.fullmatch(agent.id) is None or len(agent.display_name) > _LONGEST_LABEL:
        raise RowRefusedError(Reason.UNUSABLE_AGENT)
    return agent


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
        raise RowRefusedError(Reason.NO_START)
    try:
        return ClockSpan(
            day=_parse_day(cells[columns.date].strip(), formats.date),
            start=_parse_time(start, formats.clock),
            end=_parse_time(end, formats.clock),
            arrival=_parse_arrival(cells, mapping),
            length=_parse_length(cells, columns),
        )
    except (ValueError, OverflowError) as error:
        raise RowRefusedError(Reason.UNREADABLE_TIME) from error


def _parse_arrival(cells: Cells[str, str], mapping: Mapping) -> time | None:
    column = mapping.columns.arrival
    return None if column is None else _parse_time(cells[column].strip(), mapping.formats.clock)


def _parse_length(cells: Cells[str, str], columns: Columns) -> timedelta | None:
    if columns.length_seconds is None:
        return None
    return timedelta(seconds=int(cells[columns.length_seconds]))


def _parse_day(cell: str, form: str) -> date:
    day = _parse_local(cell, form).date()
    if day.year not in _YEARS:
        raise ValueError(f"the year {day.year} is a slip of the pen")
    return day


def _parse_time(cell: str, form: str) -> time:
    return _parse_local(cell, form).time()


@lru_cache(maxsize=200_000)
def _parse_local(cell: str, form: str) -> datetime:
    return datetime.strptime(cell, form)  # noqa: DTZ007 - a clock on a wall has no zone of its own
