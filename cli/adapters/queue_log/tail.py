"""Follows a file that grows and is rotated, line by line, and knows how far it came."""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, cast

LONGEST_LINE = 65_536
_MARK_BYTES = 256
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a log: a file, told by how it begins, and the bytes of it that were taken.

    A file is known again by its first bytes, whatever it is called since, packed or not.
    """

    mark: str
    mark_length: int
    offset: int

    @classmethod
    def load(cls, file: Path) -> "Position | None":
        """Reads a kept position; None if there is none, or none that can be read."""
        try:
            return cls(**json.loads(file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def store(self, file: Path) -> None:
        """Keeps the position: all of it or the former one."""
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.write_text(json.dumps(asdict(self)), "utf-8")
        draft.replace(file)


class Tail:
    """The lines of a log from its oldest file that is left to its present end, and on from there.

    Rotation is noticed whether the file is renamed or emptied in place; what was written before it
    is read to its end first. A line counts once it has its end.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open: BinaryIO | None = None
        self._rest = b""
        self._offset = 0
        self._mark = b""

    @property
    def position(self) -> Position | None:
        """The place after the last line that was taken; None while the log has no line."""
        if not self._mark:
            return None
        return Position(_digest(self._mark), len(self._mark), self._offset)

    def from_start(self, kept: Position | None) -> Iterator[tuple[bytes, bool]]:
        """Yields all lines that are left, the oldest first, and of each whether it came after a
        kept position: none without one, and all if its file is gone.
        """
        files = [*self._rotated(), self._file]
        known = [kept is not None and is_of(kept, file) for file in files]
        is_new = kept is not None and not any(known)
        for file, is_kept in zip(files, known, strict=True):
            reached = kept.offset if kept is not None and is_kept else None
            for line, offset in self._lines_of(file):
                is_after = reached is not None and offset > reached
                yield line, is_new or is_after
            is_new = is_new or is_kept

    def lines(self) -> Iterator[bytes]:
        """Yields the whole lines that came since, over a rotation as well."""
        while True:
            yield from self._read()
            if not self._is_rotated():
                return
            if self._open is not None:
                # What was written between reading and renaming.
                yield from self._read()
                self._open.close()
            self._open, self._rest, self._offset, self._mark = None, b"", 0, b""
            if not self._file.exists():
                return

    def close(self) -> None:
        """Closes the file."""
        if self._open is not None:
            self._open.close()

    def _lines_of(self, file: Path) -> Iterator[tuple[bytes, int]]:
        if file == self._file:
            yield from ((line, self._offset) for line in self.lines())
            return
        offset = 0
        with _open(file) as raw:
            for line in raw:
                offset += len(line)
                yield line, offset

    def _read(self) -> Iterator[bytes]:
        if self._open is None:
            try:
                self._open = self._file.open("rb")
            except FileNotFoundError:
                return
        while part := self._open.readline(LONGEST_LINE):
            self._rest += part
            if part.endswith(b"\n") or len(self._rest) >= LONGEST_LINE:
                line, self._rest = self._rest, b""
                self._offset += len(line)
                self._mark = (self._mark + line)[:_MARK_BYTES]
                yield line

    def _is_rotated(self) -> bool:
        if self._open is None:
            return False
        try:
            named = self._file.stat()
        except FileNotFoundError:
            return True
        opened = os.fstat(self._open.fileno())
        is_other = (named.st_dev, named.st_ino) != (opened.st_dev, opened.st_ino)
        return is_other or named.st_size < self._offset + len(self._rest)

    def _rotated(self) -> list[Path]:
        """Returns the files to which rotation renamed this one, the oldest first."""
        folder, name = self._file.parent, self._file.name
        files = [file for file in folder.glob(f"{name}[.-]*") if file.is_file()]
        return sorted(files, key=lambda file: (file.stat().st_mtime, file.name))


def is_of(position: Position, file: Path) -> bool:
    """Tells whether a position is one in this file."""
    try:
        with _open(file) as raw:
            return _digest(raw.read(position.mark_length)) == position.mark
    except (OSError, EOFError):
        return False


def _digest(start: bytes) -> str:
    return hashlib.sha256(start).hexdigest()


def _open(file: Path) -> BinaryIO:
    with file.open("rb") as raw:
        packed = raw.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
    return cast(BinaryIO, gzip.open(file, "rb")) if packed else file.open("rb")
