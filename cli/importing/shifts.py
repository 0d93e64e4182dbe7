"""Judges each row of a file of shifts: it is a shift, or it is refused for one reason."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Cells
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise

from cli.importing.calls import Agent, parse_agent
from cli.importing.cells import parse_clock, parse_day, parse_instant
from cli.importing.mapping_kinds import ActivityColumns, ShiftsMapping
from cli.importing.reasons import Reason, RowRefusedError, cell_told
from cli.importing.rows import RefusedRow, Row, judge_each

_ID = re.compile(r"[a-z0-9-]{1,63}")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Activity:
    """A scheduled stretch within a shift, in local time."""

    kind: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """A scheduled stretch of work of one agent, in local time, with the line that tells it."""

    row: int
    line: int
    id: str
    agent: Agent
    start: datetime
    end: datetime
    activities: tuple[Activity, ...]


Judged = Shift | RefusedRow


def judge_shifts(rows: Iterable[Row], mapping: ShiftsMapping) -> list[Judged]:
    """Judges every row, in the order of the file: as many results as rows.

    Without a column of ids, the id follows from agent, day and the how-manieth shift of the day it
    is: a later file that moves the shift within the day amends it.
    """
    ordinals: Counter[tuple[str, str]] = Counter()

    def parse(row: Row, cells: Cells[str, str]) -> Shift:
        shift = _parse_shift(row, cells, mapping)
        day = f"{shift.start:%Y%m%d}"
        ordinals[shift.agent.id, day] += 1
        if mapping.columns.id is not None:
            return shift
        return replace(shift, id=_derived_id(shift.agent.id, day, ordinals[shift.agent.id, day]))

    return _refuse_overlaps(judge_each(rows, parse))


def _parse_shift(row: Row, cells: Cells[str, str], mapping: ShiftsMapping) -> Shift:
    start, end = _parse_span(cells, mapping)
    activities = (_parse_activity(cells, each, start, mapping) for each in mapping.activities)
    shift = Shift(
        row=row.number,
        line=row.line,
        id=_parse_id(cells, mapping),
        agent=parse_agent(cells, mapping.columns.agent, mapping.agent),
        start=start,
        end=end,
        activities=tuple(
            sorted((each for each in activities if each), key=lambda each: each.start)
        ),
    )
    _check_activities(shift)
    return shift


def _parse_id(cells: Cells[str, str], mapping: ShiftsMapping) -> str:
    column = mapping.columns.id
    if column is None:
        return ""
    cell = cells[column].strip().lower()
    if _ID.fullmatch(cell) is None:
        raise RowRefusedError(Reason.UNUSABLE_ID, cell_told(column, cell))
    return cell


def _derived_id(agent: str, day: str, ordinal: int) -> str:
    derived = f"{agent}-{day}" + (f"-{ordinal}" if ordinal > 1 else "")
    if _ID.fullmatch(derived):
        return derived
    return "s-" + hashlib.sha256(derived.encode()).hexdigest()[:32]


def _parse_span(cells: Cells[str, str], mapping: ShiftsMapping) -> tuple[datetime, datetime]:
    columns, rule = mapping.columns, mapping.shifts
    first = columns.code if columns.code is not None else columns.start
    assert first is not None  # noqa: S101 - one of the two is given, says the mapping
    cell = cells[first].strip()
    if cell in rule.off:
        raise RowRefusedError(Reason.DAY_OFF, cell_told(first, cell))
    if columns.code is not None:
        if cell not in rule.codes:
            raise RowRefusedError(Reason.UNKNOWN_CODE, cell_told(first, cell))
        told_start, told_end = rule.codes[cell]
    else:
        assert columns.end is not None  # noqa: S101 - so says the mapping
        told_start, told_end = cell, cells[columns.end].strip()
    start = _parse_local(told_start, first, cells, mapping)
    end = _parse_local(told_end, columns.end or first, cells, mapping)
    if columns.date is not None and end <= start:
        end += _DAY
    return _checked(start, end, rule.longest)


def _checked(start: datetime, end: datetime, longest: timedelta) -> tuple[datetime, datetime]:
    if end < start:
        raise RowRefusedError(Reason.ENDS_BEFORE_START)
    if end == start:
        raise RowRefusedError(Reason.NO_LENGTH)
    if end - start > longest:
        raise RowRefusedError(Reason.TOO_LONG, str(end - start))
    return start, end


def _parse_local(
    told: str, column: str, cells: Cells[str, str], mapping: ShiftsMapping
) -> datetime:
    formats, date = mapping.formats, mapping.columns.date
    try:
        if date is None:
            return parse_instant(told, formats.instant)
        day = parse_day(cells[date].strip(), formats.date)
        return datetime.combine(day, time()) + parse_clock(told, formats.clock)
    except (ValueError, OverflowError) as error:
        where = cell_told(column, told)
        day_told = "" if date is None else f", {cell_told(date, cells[date])}"
        raise RowRefusedError(Reason.UNREADABLE_TIME, where + day_told) from error


def _parse_activity(
    cells: Cells[str, str], columns: ActivityColumns, shift_start: datetime, mapping: ShiftsMapping
) -> Activity | None:
    told = cells[columns.start].strip(), cells[columns.end].strip()
    if told == ("", ""):
        return None
    start = _parse_local(told[0], columns.start, cells, mapping)
    end = _parse_local(told[1], columns.end, cells, mapping)
    if mapping.columns.date is not None:
        # After midnight the clock is that of the day after the shift's.
        start += _DAY if start < shift_start else timedelta()
        end += _DAY if end <= start else timedelta()
    return Activity(columns.kind, start, end)


def _check_activities(shift: Shift) -> None:
    for activity in shift.activities:
        if not shift.start <= activity.start < activity.end <= shift.end:
            told = f"{activity.kind} {activity.start:%H:%M} to {activity.end:%H:%M}"
            raise RowRefusedError(Reason.OUTSIDE_SHIFT, told)
    for before, after in pairwise(shift.activities):
        if after.start < before.end:
            told = f"{after.kind} begins before {before.kind} ends"
            raise RowRefusedError(Reason.OUTSIDE_SHIFT, told)


def _refuse_overlaps(judged: Sequence[Judged]) -> list[Judged]:
    """Refuses the later one of two rows with one id, or whose shifts of one agent overlap."""
    refused: dict[int, str] = {}
    by_id: dict[str, Shift] = {}
    by_agent: dict[str, list[Shift]] = {}
    for shift in judged:
        if isinstance(shift, RefusedRow):
            continue
        own = by_agent.setdefault(shift.agent.id, [])
        other = by_id.get(shift.id) or next((one for one in own if _overlap(one, shift)), None)
        if other is not None:
            refused[shift.row] = (
                f"line {other.line}: {other.start:%Y-%m-%d %H:%M} to {other.end:%Y-%m-%d %H:%M}"
            )
            continue
        by_id[shift.id] = shift
        own.append(shift)
    return [
        RefusedRow(each.row, Reason.OVERLAPS, each.line, refused[each.row])
        if isinstance(each, Shift) and each.row in refused
        else each
        for each in judged
    ]


def _overlap(one: Shift, other: Shift) -> bool:
    return one.start < other.end and other.start < one.end
