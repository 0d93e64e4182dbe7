"""Reads a CSV file, packed with gzip or not, row by row."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cli.importing.calls import Row

GREATEST_ROW_COUNT = 2_000_000
_GZIP_MAGIC = b"\x1f\x8b"


class FileRefusedError(Exception):
    """Tells why a file cannot be read as what it should be."""


def read_rows(file: Path, needed_columns: tuple[str, ...]) -> Iterator[Row]:
    """Yields the rows after the header as they are read; blank lines are no rows.

    Raises FileRefusedError if the file is not a CSV of UTF-8 text, lacks a column or has over two
    million rows.
    """
    try:
        with _open_text(file) as text:
            yield from _rows_of(text, needed_columns)
    except (EOFError, UnicodeDecodeError, csv.Error, gzip.BadGzipFile, zlib.error) as error:
        raise FileRefusedError(f"{file} is no CSV file of UTF-8 text: {error}") from error
    except OSError as error:
        raise FileRefusedError(f"{file} cannot be read: {error.strerror}") from error


@contextmanager
def _open_text(file: Path) -> Iterator[IO[str]]:
    with file.open("rb") as raw:
        packed = raw.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        raw.seek(0)
        plain = gzip.GzipFile(fileobj=raw) if packed else raw
        yield io.TextIOWrapper(plain, encoding="utf-8-sig", newline="")


def _rows_of(text: IO[str], needed_columns: tuple[str, ...]) -> Iterator[Row]:
    lines = csv.reader(text)
    header = next(lines, [])
    _check_header(header, needed_columns)
    filled = (cells for cells in lines if cells)
    for number, cells in enumerate(filled, start=1):
        if number > GREATEST_ROW_COUNT:
            raise FileRefusedError(f"over {GREATEST_ROW_COUNT} rows: split the file")
        whole = len(cells) == len(header)
        yield Row(number, dict(zip(header, cells, strict=True)) if whole else None)


def _check_header(header: list[str], needed_columns: tuple[str, ...]) -> None:
    missing = [column for column in needed_columns if column not in header]
    if missing:
        raise FileRefusedError(f"no column {', '.join(missing)}; the file has {', '.join(header)}")
    if len(set(header)) < len(header):
        raise FileRefusedError("the header names a column twice")
