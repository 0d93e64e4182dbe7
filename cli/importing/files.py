"""Reads a table from a file: CSV, packed with gzip or not, or XLSX."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.importing.csv_files import open_csv
from cli.importing.mapping import FileRule
from cli.importing.rows import Row
from cli.importing.tables import FileRefusedError, Table, check_columns
from cli.importing.xlsx_files import ZIP_MAGIC, open_xlsx

__all__ = ["FileRefusedError", "open_table", "read_rows"]


@contextmanager
def open_table(file: Path, rule: FileRule) -> Iterator[Table]:
    """Opens a table to be read row by row; what the file is shows in its first bytes.

    Raises FileRefusedError, also while it is read, if it is no such file or has over two million
    rows.
    """
    try:
        with file.open("rb") as raw:
            is_workbook = raw.read(len(ZIP_MAGIC)) == ZIP_MAGIC
    except OSError as error:
        raise FileRefusedError(f"{file} cannot be read: {error.strerror}") from error
    with (open_xlsx if is_workbook else open_csv)(file, rule) as table:
        yield table


def read_rows(
    file: Path, needed_columns: tuple[str, ...], rule: FileRule | None = None
) -> Iterator[Row]:
    """Yields the rows after the header as they are read; blank lines are no rows.

    Raises FileRefusedError if the file is no table, lacks a column or has over two million rows.
    """
    with open_table(file, rule or FileRule()) as table:
        check_columns(table, needed_columns)
        yield from table.rows
