"""A table of a file: its header, and its rows with the lines on which they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cli.importing.rows import Row

GREATEST_ROW_COUNT = 2_000_000


class FileRefusedError(Exception):
    """Tells why a file cannot be read as what it should be."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is read row by row; `sheet` is empty for what is no workbook."""

    sheet: str
    header: tuple[str, ...]
    rows: Iterator[Row]


def table_of(sheet: str, lines: Iterable[tuple[int, list[str]]], header_line: int) -> Table:
    """Makes a table of numbered lines of cells, of which blank ones are no rows.

    A column without a name goes by its number. FileRefusedError if the header names one twice.
    """
    numbered = iter(lines)
    header = next((cells for line, cells in numbered if line >= header_line), [])
    named = tuple(cell.strip() or f"#{place}" for place, cell in enumerate(header, start=1))
    if len(set(named)) < len(named):
        twice = next(name for name in named if named.count(name) > 1)
        raise FileRefusedError(f"the header names a column twice: {twice!r}")
    return Table(sheet, named, _rows_of(named, numbered))


def check_columns(table: Table, needed: Iterable[str]) -> None:
    """Raises FileRefusedError that names the columns that are missing, and those that are there."""
    missing = [column for column in needed if column not in table.header]
    if missing:
        there = ", ".join(table.header) or "none"
        raise FileRefusedError(f"no column {', '.join(missing)}; the file has {there}")


def _rows_of(header: tuple[str, ...], lines: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    filled = ((line, cells) for line, cells in lines if cells)
    for number, (line, cells) in enumerate(filled, start=1):
        if number > GREATEST_ROW_COUNT:
            raise FileRefusedError(f"over {GREATEST_ROW_COUNT:,} rows: split the file")
        whole = len(cells) == len(header)
        yield Row(number, dict(zip(header, cells, strict=True)) if whole else None, line)
