"""Reads files of call records: CSV with a header, or without one in Asterisk's own order."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.importing.files import FileRefusedError
from cli.importing.localtime import instants_of

_GZIP_MAGIC = b"\x1f\x8b"
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y/%m/%d %H:%M:%S")


@dataclass(frozen=True, slots=True)
class Cells:
    """One line: its number in its file, and its cells; None if their number is off."""

    line: int
    values: Mapping[str, str] | None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file without a header, those that a header must name, and other names.

    `time` is the column that orders lines.
    """

    columns: Sequence[str]
    needed: Sequence[str]
    also: Mapping[str, str]
    time: str


def oldest_first(files: Sequence[Path], layout: Layout, zone: ZoneInfo) -> list[Path]:
    """Returns the files by their first time; what can be read once only, as a pipe, comes last."""
    return sorted(files, key=lambda file: _first_time(file, layout, zone))


def read_cells(files: Sequence[Path], layout: Layout) -> Iterator[Cells]:
    """Yields the lines of the files, one after the other; blank lines are none.

    Raises FileRefusedError if a file cannot be read or its header lacks a column.
    """
    for file in files:
        try:
            for line, cells in _cells_of(file, layout):
                yield Cells(line, cells, str(file))
        except (EOFError, csv.Error, gzip.BadGzipFile, zlib.error) as error:
            raise FileRefusedError(f"{file} is no CSV file: {error}") from error
        except OSError as error:
            raise FileRefusedError(f"{file} cannot be read: {error.strerror}") from error


def instant_in(cell: str, zone: ZoneInfo, near: datetime | None = None) -> datetime:
    """Returns the instant that a cell tells, in seconds since 1970 or as the zone's clock.

    Of the two instants that a clock shows twice, that which is nearer to `near`. Raises ValueError.
    """
    if cell.replace(".", "", 1).isdigit():
        return datetime.fromtimestamp(float(cell), UTC)
    for form in _FORMS:
        try:
            local = datetime.strptime(cell, form)  # noqa: DTZ007 - a clock has no zone of its own
        except ValueError:
            continue
        possible = instants_of(local, zone)
        if not possible:
            raise ValueError(f"the clock never showed {cell}")
        return min(possible, key=lambda at: abs(at - near)) if near else possible[0]
    raise ValueError(f"{cell} is no time")


def creation_of(unique_id: str) -> datetime | None:
    """Returns when a channel was made: its uniqueid begins with seconds, after a system's name."""
    seconds = unique_id.rpartition("-")[2].partition(".")[0]
    # Ten digits: from 2001 to 2286.
    return datetime.fromtimestamp(int(seconds), UTC) if _is_epoch(seconds) else None


def seconds_in(cell: str) -> timedelta:
    """Returns a length. Raises ValueError for none."""
    return timedelta(seconds=float(cell))


def _first_time(file: Path, layout: Layout, zone: ZoneInfo) -> datetime:
    for cells in read_cells([file], layout) if file.is_file() else ():
        if cells.values is not None:
            # A line without a time is refused where it is read; the next one may have it.
            with suppress(ValueError, OverflowError):
                return instant_in(cells.values[layout.time].strip(), zone)
    return datetime.max.replace(tzinfo=UTC)


def _is_epoch(text: str) -> bool:
    return len(text) == len("1700000000") and text.isascii() and text.isdigit()


def _cells_of(file: Path, layout: Layout) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    with file.open("rb") as raw:
        packed = raw.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        raw.seek(0)
        plain = gzip.GzipFile(fileobj=raw) if packed else raw
        # A name in a foreign encoding must not stop an import: only ids and times matter here.
        text = io.TextIOWrapper(plain, encoding="utf-8-sig", errors="replace", newline="")
        reader = csv.reader(line.replace("\0", "") for line in text)
        rows = (row for row in reader if row)
        first = next(rows, None)
        if first is None:
            return
        header = [layout.also.get(name.strip().lower(), name.strip().lower()) for name in first]
        if set(layout.needed) <= set(header):
            columns: Sequence[str] = header
        else:
            _check_headless(file, first, layout)
            columns = layout.columns[: len(first)]
            yield reader.line_num, dict(zip(columns, first, strict=True))
        for row in rows:
            is_whole = len(row) == len(columns)
            yield reader.line_num, dict(zip(columns, row, strict=True)) if is_whole else None


def _check_headless(file: Path, first: Sequence[str], layout: Layout) -> None:
    fewest = max(layout.columns.index(name) for name in layout.needed) + 1
    if not fewest <= len(first) <= len(layout.columns):
        raise FileRefusedError(
            f"{file}: its first line is neither a header with {', '.join(layout.needed)} nor "
            f"{fewest} to {len(layout.columns)} cells in the order {','.join(layout.columns)}"
        )
