"""Reads CSV files of any encoding and delimiter, packed with gzip or not."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO

from cli.importing.mapping import FileRule
from cli.importing.tables import FileRefusedError, Table, table_of

_GZIP_MAGIC = b"\x1f\x8b"
_DELIMITERS = ",;\t|"


@contextmanager
def open_csv(file: Path, rule: FileRule) -> Iterator[Table]:
    """Opens a CSV file to be read row by row.

    Raises FileRefusedError, also while it is read, if it is no such text.
    """
    try:
        with _open_text(file, rule.encoding) as text:
            yield table_of("", _lines_of(text, rule), rule.header_line)
    except UnicodeError as error:
        raise FileRefusedError(
            f"{file} is no text of {rule.encoding} ({error}): write its encoding under [file] of "
            'the mapping, for example encoding = "gb18030"'
        ) from error
    except (EOFError, csv.Error, gzip.BadGzipFile, zlib.error) as error:
        raise FileRefusedError(f"{file} is no CSV file: {error}") from error
    except OSError as error:
        raise FileRefusedError(f"{file} cannot be read: {error.strerror}") from error


@contextmanager
def _open_text(file: Path, encoding: str) -> Iterator[IO[str]]:
    with file.open("rb") as raw:
        packed = raw.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        raw.seek(0)
        plain = gzip.GzipFile(fileobj=raw) if packed else raw
        yield io.TextIOWrapper(plain, encoding=encoding, newline="")


def _lines_of(text: IO[str], rule: FileRule) -> Iterator[tuple[int, list[str]]]:
    """Yields cells with the line on which they begin; a quoted cell may go over several."""
    head = list(islice(text, rule.header_line))
    delimiter = rule.delimiter or _delimiter_of(head[-1] if head else "")
    reader = csv.reader(chain(head, text), delimiter=delimiter)
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _delimiter_of(header: str) -> str:
    return max(_DELIMITERS, key=header.count)
