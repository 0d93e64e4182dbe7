"""Judges each row of a file of calls: it is a call, or it is refused for one reason."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Cells
from dataclasses import dataclass
from datetime import time, timedelta

from cli.importing.cells import parse_day, parse_length, parse_time
from cli.importing.localtime import ClockSpan, Span, resolve_span
from cli.importing.mapping import AgentRule, Columns, Mapping
from cli.importing.reasons import Reason, RowRefusedError, cell_told
from cli.importing.rows import RefusedRow, Row, judge_each

_ID = re.compile(r"[a-z0-9-]{1,63}")
_LONGEST_CONTACT = 128
_LONGEST_LABEL = 200


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


Judged = Call | RefusedRow


def judge_rows(rows: Iterable[Row], mapping: Mapping) -> list[Judged]:
    """Judges every row, in the order of the file: as many results as rows."""
    seen: Counter[bytes] = Counter()

    def parse(row: Row, cells: Cells[str, str]) -> Call:
        return _parse_call(row, cells, mapping, seen)

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


def _parse_call(row: Row, cells: Cells[str, str], mapping: Mapping, seen: Counter[bytes]) -> Call:
    served = mapping.served
    if served is not None and cells[served.column] not in served.values:
        raise RowRefusedError(Reason.NOT_SERVED, cell_told(served.column, cells[served.column]))
    line = _mark_of(cells)
    seen[line] += 1
    repeat = seen[line]
    if repeat > 1 and mapping.calls.identical_lines == "same_call":
        raise RowRefusedError(Reason.IDENTICAL_LINE)
    return Call(
        row=row.number,
        agent=parse_agent(cells, mapping.columns.agent, mapping.agent),
        contact=_parse_contact(cells, mapping.columns, repeat),
        span=resolve_span(_parse_clock(cells, mapping), mapping.zone, mapping.calls.longest),
    )


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
    try:
        return ClockSpan(
            day=parse_day(cells[columns.date].strip(), formats.date),
            start=parse_time(start, formats.clock),
            end=parse_time(end, formats.clock),
            arrival=_parse_arrival(cells, mapping),
            length=_parse_length(cells, columns),
        )
    except (ValueError, OverflowError) as error:
        told = ", ".join(cell_told(name, cells[name]) for name in columns.times())
        raise RowRefusedError(Reason.UNREADABLE_TIME, told) from error


def _parse_arrival(cells: Cells[str, str], mapping: Mapping) -> time | None:
    column = mapping.columns.arrival
    return None if column is None else parse_time(cells[column].strip(), mapping.formats.clock)


def _parse_length(cells: Cells[str, str], columns: Columns) -> timedelta | None:
    if columns.length_seconds is None:
        return None
    return parse_length(cells[columns.length_seconds].strip())
