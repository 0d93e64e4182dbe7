"""Reads a sheet of an XLSX workbook, with bounds on what it may unpack to."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from cli.importing.mapping import FileRule
from cli.importing.tables import FileRefusedError, Table, table_of

ZIP_MAGIC = b"PK\x03\x04"
MOST_UNPACKED_BYTES = 512 * 1024 * 1024
MOST_CELLS = 20_000_000
_PART_BYTES = 1024 * 1024
_SHEETS = "xl/worksheets/"
_PLACE = re.compile(rb'r="([A-Z]{1,3})([0-9]{1,7})"')
_LONGEST_PLACE = 16


@contextmanager
def open_xlsx(file: Path, rule: FileRule) -> Iterator[Table]:
    """Opens a sheet to be read row by row.

    Raises FileRefusedError if the file is no workbook, lacks the sheet, or is larger than any
    file of a contact centre.
    """
    check_size(file)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(file))
        name = _sheet_of(workbook, rule)
        sheet = workbook.get_sheet_by_name(name)
    except FileRefusedError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise FileRefusedError(f"{file} is no XLSX workbook: {_first_line(error)}") from None
    yield table_of(name, _lines_of(sheet, rule.header_line), rule.header_line)


def check_size(file: Path) -> None:
    """Raises FileRefusedError for what is no zip file or would fill the memory: a small one may
    unpack to gigabytes, and two cells at the ends of a sheet span billions.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            left = MOST_UNPACKED_BYTES
            for entry in packed.infolist():
                with packed.open(entry) as part:
                    left -= _measure(part, left, is_sheet=entry.filename.startswith(_SHEETS))
    except OSError as error:
        raise FileRefusedError(f"{file} cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise FileRefusedError(f"{file} is no XLSX workbook: {error}") from error
    except NotImplementedError as error:
        raise FileRefusedError(f"{file} is packed in an uncommon way: {error}") from error


def _measure(part: Any, most: int, *, is_sheet: bool) -> int:
    size = width = height = 0
    rest = b""
    while content := part.read(_PART_BYTES):
        size += len(content)
        if size > most:
            mebibytes = MOST_UNPACKED_BYTES // 1024 // 1024
            raise FileRefusedError(f"the workbook unpacks to over {mebibytes} MiB: split it")
        if is_sheet:
            for match in _PLACE.finditer(rest + content):
                width = max(width, _number_of(match[1]))
                height = max(height, int(match[2]))
            rest = content[-_LONGEST_PLACE:]
    if width * height > MOST_CELLS:
        raise FileRefusedError(
            f"a sheet spans {width:,} columns and {height:,} rows, over {MOST_CELLS:,} cells: "
            "delete what stands far from the table, or split it"
        )
    return size


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheet_of(workbook: python_calamine.CalamineWorkbook, rule: FileRule) -> str:
    names = workbook.sheet_names
    if rule.sheet is None and names:
        return names[0]
    if rule.sheet not in names:
        raise FileRefusedError(f"no sheet {rule.sheet!r}; the workbook has {', '.join(names)}")
    return rule.sheet


def _lines_of(
    sheet: python_calamine.CalamineSheet, header_line: int
) -> Iterator[tuple[int, list[str]]]:
    """Yields the cells of each line that has any, up to the header's last column or beyond it."""
    first = sheet.start[0] + 1 if sheet.start else 1
    width = 0
    for line, cells in enumerate(sheet.iter_rows(), start=first):
        texts = [text_of(cell) for cell in cells]
        filled = max((place for place, text in enumerate(texts, start=1) if text), default=0)
        if line >= header_line:
            width = width or filled
        # A sheet is as wide as its widest line; what is empty beyond the header is nothing.
        yield line, texts[: max(filled, width)] if filled else []


def text_of(cell: object) -> str:
    """Writes a cell as text: dates and times in the order of their parts, numbers without zeros."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return _near_second(cell).isoformat(sep=" ")
    if isinstance(cell, time):
        return _near_second(datetime.combine(date.min, cell)).time().isoformat()
    if isinstance(cell, timedelta):
        return _clock_of(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _near_second(local: datetime) -> datetime:
    # Days are kept as fractions, so that a second comes out some microseconds off.
    near = local.replace(microsecond=0) + timedelta(seconds=round(local.microsecond / 1e6))
    return near if abs(near - local) < timedelta(milliseconds=2) else local


def _clock_of(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
