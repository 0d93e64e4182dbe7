"""What an import understood of a file: which column stands for what, with samples."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cli.importing.rows import Row

MOST_SAMPLES = 3
NOT_USED = "not used"
_LONGEST_SAMPLE = 30


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column, what it stands for, and some of its first cells."""

    column: str
    meaning: str
    samples: tuple[str, ...]


class Watched:
    """The rows of a file as they go by, with what is remembered of them."""

    def __init__(self, rows: Iterable[Row], header: Sequence[str]) -> None:
        self._rows = rows
        self._samples: dict[str, dict[str, None]] = {column: {} for column in header}
        self._wanting = set(header)
        self.lines = array("q")

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.lines.append(row.line)
            if self._wanting and row.cells is not None:
                self._sample(row.cells)
            yield row

    def uses(self, meanings: Mapping[str, str]) -> tuple[ColumnUse, ...]:
        """Returns the use of every column, in the order of the file, once the rows went by."""
        return tuple(
            ColumnUse(column, meanings.get(column, NOT_USED), tuple(samples))
            for column, samples in self._samples.items()
        )

    def _sample(self, cells: Mapping[str, str]) -> None:
        for column in tuple(self._wanting):
            if cell := cells[column].strip():
                self._samples[column][cell[:_LONGEST_SAMPLE]] = None
            if len(self._samples[column]) == MOST_SAMPLES:
                self._wanting.discard(column)
