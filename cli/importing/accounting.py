"""Accounts for every row of a file."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Protocol

from cli.importing.reasons import Reason
from cli.importing.rows import RefusedRow


class Remark(Enum):
    """What is remarkable about imported rows; a row may have several remarks."""

    PAST_MIDNIGHT = "end after midnight"
    ABANDONED = "are customers who left before an agent answered"
    OVERLAPPING = "begin while the agent's earlier call lasts"
    REPEATED_CONTACT_ID = "share their contact id with another row"
    CUT_SHORT = "are cut short by the agent's next row"


@dataclass(frozen=True, slots=True)
class Accounting:
    """What became of the rows: `row_count` is `imported_count` and all of `refused` together."""

    row_count: int
    imported_rows: frozenset[int]
    refused_rows: tuple[RefusedRow, ...]
    remarks: Mapping[Remark, int] = field(default_factory=dict)

    @property
    def imported_count(self) -> int:
        """How many rows are imported."""
        return len(self.imported_rows)

    @property
    def refused(self) -> Mapping[Reason, int]:
        """How many rows are refused for which reason."""
        counts = Counter(row.reason for row in self.refused_rows)
        return MappingProxyType({reason: counts[reason] for reason in Reason if counts[reason]})


class Imported(Protocol):
    """What is imported of a row."""

    @property
    def row(self) -> int:
        """The number of the row."""
        ...


def account_for(
    judged: Collection[Imported], remarks: Mapping[Remark, int] = MappingProxyType({})
) -> Accounting:
    """Counts rows by what became of them: each is imported, or it is a RefusedRow."""
    refused = tuple(each for each in judged if isinstance(each, RefusedRow))
    imported = frozenset(each.row for each in judged if not isinstance(each, RefusedRow))
    return Accounting(len(judged), imported, refused, remarks)


def after_delivery(
    accounting: Accounting, refused_rows: Collection[int], lines: Sequence[int] = ()
) -> Accounting:
    """Counts rows that the server refused among the refused; `lines` are those of all rows."""
    lost = sorted(accounting.imported_rows.intersection(refused_rows))
    if not lost:
        return accounting
    refused = (
        RefusedRow(row, Reason.REFUSED_BY_SERVER, lines[row - 1] if lines else 0) for row in lost
    )
    return replace(
        accounting,
        imported_rows=accounting.imported_rows - set(lost),
        refused_rows=(*accounting.refused_rows, *refused),
    )


def count_repeats(names: Iterable[str]) -> int:
    """Counts those that are not alone with their name."""
    return sum(count for count in Counter(names).values() if count > 1)
