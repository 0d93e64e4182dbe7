"""Reads the files of a rotated log line by line, the oldest file first."""

import gzip
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BufferedReader
from itertools import islice, zip_longest
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from zoneinfo import ZoneInfo

from cli.importing.files import FileRefusedError
from cli.importing.queue_log.lines import LineRejectedError, parse_time
from cli.importing.queue_log.table import Rows

LONGEST_LINE = 65_536
"""Bytes; what is longer is rejected whole. Asterisk writes 8,192 at most."""

STANDARD_INPUT = Path("-")
_GZIP_MAGIC = b"\x1f\x8b"
_LINES_TO_PROBE = 1_000


class Line(NamedTuple):
    """A line of a file; `text` is without its end, `is_whole` unless it was cut for its length."""

    file: str
    number: int
    text: str
    is_whole: bool = True


def oldest_first(files: Sequence[Path], zone: ZoneInfo) -> list[Path]:
    """Returns the files by their first time; the last are those in which none was found.

    A file that another one repeats from its beginning on is left out, be it the same file, a copy
    or the earlier part. Standard input and pipes can be read once only, so they come after the
    files.
    """
    once = {file if file == STANDARD_INPUT else file.resolve(): file for file in files}.values()
    first_times = {file: _first_time(file, zone) for file in once if file.is_file()}
    kept: list[Path] = []
    for file in sorted(once, key=lambda file: first_times.get(file, float("inf"))):
        twins = [other for other in kept if _start_alike(first_times, file, other)]
        if not any(_begins_with(other, file) for other in twins):
            repeated = [other for other in twins if _begins_with(file, other)]
            kept = [*(other for other in kept if other not in repeated), file]
    return kept


def _start_alike(first_times: Mapping[Path, float], file: Path, other: Path) -> bool:
    return file in first_times and first_times[file] == first_times.get(other)


def _begins_with(file: Path, part: Path) -> bool:
    """Tells whether the file begins with all lines of the other one."""
    for own, its in zip_longest(read_lines(file), read_lines(part)):
        if its is None:
            return True
        if own is None or own.text != its.text:
            return False
    return True


def read_lines(file: Path) -> Iterator[Line]:
    """Yields the lines as they are read; raises FileRefusedError if the file cannot be read."""
    try:
        with _open(file) as raw:
            yield from _lines_of(raw, str(file))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FileRefusedError(f"{file} is a damaged gzip file: {error}") from error
    except OSError as error:
        raise FileRefusedError(f"{file} cannot be read: {error.strerror}") from error


def decode_line(line: bytes) -> str:
    """Returns the text of a line: UTF-8, else Latin-1, so that different names stay different."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _first_time(file: Path, zone: ZoneInfo) -> float:
    rows = Rows()
    for line in islice(read_lines(file), _LINES_TO_PROBE):
        text = rows.to_log_line(line.text)
        try:
            if text is not None:
                return parse_time(text.partition("|")[0], zone)
        except LineRejectedError:
            continue
    return float("inf")


@contextmanager
def _open(file: Path) -> Iterator[BinaryIO]:
    if file == STANDARD_INPUT:
        yield _unpacked(cast(BufferedReader, sys.stdin.buffer))
        return
    with file.open("rb") as raw:
        yield _unpacked(raw)


def _unpacked(raw: BufferedReader) -> BinaryIO:
    packed = raw.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC)
    return cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw


def _lines_of(raw: BinaryIO, file: str) -> Iterator[Line]:
    number = 0
    while part := raw.readline(LONGEST_LINE):
        number += 1
        is_whole = part.endswith(b"\n") or len(part) < LONGEST_LINE
        yield Line(file, number, decode_line(part).rstrip("\r\n"), is_whole)
        while not is_whole and (part := raw.readline(LONGEST_LINE)):
            is_whole = part.endswith(b"\n")
