"""Reads a file by its mapping, whatever kind of rows it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cli.importing.agent_import import AgentImport
from cli.importing.files import open_table
from cli.importing.mapping import Mapping
from cli.importing.mapping_kinds import AgentsMapping, AnyMapping, ShiftsMapping, StatesMapping
from cli.importing.outcome import Import
from cli.importing.plan import plan_import, plan_states
from cli.importing.report_import import ReportImport
from cli.importing.rows import Row
from cli.importing.shift_import import ShiftImport
from cli.importing.tables import check_columns
from cli.importing.understanding import ColumnUse, Watched


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: its sheet, what its columns stand for, and what can be done with it.

    `last_day` is the last day with something to see on the board.
    """

    file: Path
    sheet: str
    columns: tuple[ColumnUse, ...]
    content: Import
    last_day: date | None


def read_file(file: Path, mapping: AnyMapping) -> ReadFile:
    """Reads and judges every row. The same file and mapping give the same result.

    Raises FileRefusedError if the file cannot be read, or lacks a column.
    """
    meanings = mapping.meanings()
    with open_table(file, mapping.file) as table:
        check_columns(table, meanings)
        rows = Watched(table.rows, table.header)
        content, last_day = _judge(mapping, rows, rows.lines)
    return ReadFile(file, table.sheet, rows.uses(meanings), content, last_day)


def _judge(
    mapping: AnyMapping, rows: Iterable[Row], lines: Sequence[int]
) -> tuple[Import, date | None]:
    match mapping:
        case ShiftsMapping():
            return ShiftImport(mapping, rows), None
        case AgentsMapping():
            return AgentImport(mapping, rows), None
        case StatesMapping():
            plan = plan_states(rows, mapping)
        case Mapping():
            plan = plan_import(rows, mapping)
    return ReportImport(mapping, plan, lines), plan.last_day
