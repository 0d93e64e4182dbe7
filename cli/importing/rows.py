"""Rows of a table, and what becomes of those that are not imported."""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Cells
from dataclasses import dataclass, field
from typing import TypeVar

from cli.importing.reasons import Reason, RowRefusedError

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number, from 1 after the header, the line on which it begins, and its
    cells by column.

    `cells` is None where the row has more or fewer cells than the header.
    """

    number: int
    cells: Cells[str, str] | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not imported, and why; line and detail are for people who look for it."""

    row: int
    reason: Reason
    line: int = field(default=0, compare=False)
    detail: str = field(default="", compare=False)


def judge_each(
    rows: Iterable[Row], parse: Callable[[Row, Cells[str, str]], _Value]
) -> list[_Value | RefusedRow]:
    """Judges every row, in the order of the file: as many results as rows."""
    return [_judge(row, parse) for row in rows]


def _judge(row: Row, parse: Callable[[Row, Cells[str, str]], _Value]) -> _Value | RefusedRow:
    try:
        if row.cells is None:
            raise RowRefusedError(Reason.MALFORMED_ROW)
        return parse(row, row.cells)
    except RowRefusedError as refusal:
        return RefusedRow(row.number, refusal.reason, row.line, refusal.detail)
