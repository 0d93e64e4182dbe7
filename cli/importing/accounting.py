"""Accounts for every row of a file of calls."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from cli.importing.calls import Call, Judged, RefusedRow
from cli.importing.reasons import Reason
from cli.importing.sessions import count_overlaps


@dataclass(frozen=True, slots=True)
class Accounting:
    """What became of the rows: `row_count` is `imported_count` and all of `refused` together.

    The last three count what is remarkable about imported rows; a row may be in several of them.
    """

    row_count: int
    imported_rows: frozenset[int]
    refused: Mapping[Reason, int]
    past_midnight_count: int
    overlap_count: int
    repeated_contact_count: int

    @property
    def imported_count(self) -> int:
        """How many rows are imported."""
        return len(self.imported_rows)


def account_for(judged: Collection[Judged], end_past_midnight: Collection[int]) -> Accounting:
    """Counts rows by what became of them."""
    calls = [each for each in judged if isinstance(each, Call)]
    return Accounting(
        row_count=len(judged),
        imported_rows=frozenset(call.row for call in calls),
        refused=_count_reasons(each for each in judged if isinstance(each, RefusedRow)),
        past_midnight_count=len(end_past_midnight),
        overlap_count=count_overlaps(calls),
        repeated_contact_count=_count_repeats(call.contact for call in calls),
    )


def after_delivery(accounting: Accounting, refused_rows: Collection[int]) -> Accounting:
    """Counts rows of which the server refused a report among the refused."""
    lost = accounting.imported_rows.intersection(refused_rows)
    if not lost:
        return accounting
    return replace(
        accounting,
        imported_rows=accounting.imported_rows - lost,
        refused=MappingProxyType({**accounting.refused, Reason.REFUSED_BY_SERVER: len(lost)}),
    )


def _count_reasons(refused: Iterable[RefusedRow]) -> Mapping[Reason, int]:
    counts = Counter(row.reason for row in refused)
    return MappingProxyType({reason: counts[reason] for reason in Reason if counts[reason]})


def _count_repeats(contacts: Iterable[str]) -> int:
    return sum(count for count in Counter(contacts).values() if count > 1)
