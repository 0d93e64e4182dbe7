"""A queue log that was kept in a database and exported as CSV: its rows as lines of a log."""

import csv
from collections.abc import Sequence

_NAMES = (
    frozenset({"time", "time_id"}),
    frozenset({"callid", "call_id"}),
    frozenset({"queuename", "queue"}),
    frozenset({"agent"}),
    frozenset({"event", "verb"}),
)
_DATA = ("data", "data1", "data2", "data3", "data4", "data5")
_DELIMITERS = ",;\t"


class Rows:
    """Turns the lines of one file into lines of a log, be it a log or a table with a header."""

    def __init__(self) -> None:
        self._delimiter = ""
        self._columns: Sequence[int] = ()
        self._is_begun = False

    def to_log_line(self, text: str) -> str | None:
        """Returns the line as a log has it; None for a header and for a blank line."""
        if not text.strip():
            return None
        if not self._is_begun:
            self._is_begun = True
            text = text.removeprefix("\ufeff")
            if self._read_header(text):
                return None
        if not self._columns:
            return text
        cells = next(csv.reader([text], delimiter=self._delimiter), [])
        return "|".join(cells[column] if column < len(cells) else "" for column in self._columns)

    def _read_header(self, text: str) -> bool:
        for delimiter in _DELIMITERS:
            names = [cell.strip().lower() for cell in text.replace('"', "").split(delimiter)]
            columns = _columns_of(names)
            if columns:
                self._delimiter, self._columns = delimiter, columns
                return True
        return False


def _columns_of(names: Sequence[str]) -> list[int]:
    columns = []
    for accepted in _NAMES:
        column = next((at for at, name in enumerate(names) if name in accepted), None)
        if column is None:
            return []
        columns.append(column)
    return [*columns, *(names.index(name) for name in _DATA if name in names)]
