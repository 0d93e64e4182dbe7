"""Applies rows to the server that takes them all or not at all, without those that it refuses."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from chassis.errors import FieldViolation, Refusal
from cli.errors import CommandError
from cli.importing.accounting import Accounting
from cli.importing.reasons import Reason
from cli.importing.rows import RefusedRow


class Told(Protocol):
    """A row that the file tells."""

    @property
    def row(self) -> int:
        """Its number."""
        ...

    @property
    def line(self) -> int:
        """The line on which it begins."""
        ...


_Row = TypeVar("_Row", bound=Told)


@dataclass(frozen=True, slots=True)
class Sifted(Generic[_Row]):
    """The rows that the server takes, and those that it refuses."""

    taken: tuple[_Row, ...]
    refused: tuple[RefusedRow, ...]


async def sift(
    rows: Sequence[_Row], collection: str, check: Callable[[Sequence[_Row]], Awaitable[object]]
) -> Sifted[_Row]:
    """Has the server check rows until it takes all that are left.

    It names some violations at a time as `<collection>[<index>].<field>`. CommandError for one that
    is of no row.
    """
    left = list(rows)
    refused: list[RefusedRow] = []
    while left:
        try:
            await check(left)
        except Refusal as refusal:
            found = _faulty(refusal, collection, left)
            refused += found
            gone = {row.row for row in found}
            left = [row for row in left if row.row not in gone]
        else:
            break
    return Sifted(tuple(left), tuple(refused))


def without_refused(accounting: Accounting, refused: Sequence[RefusedRow]) -> Accounting:
    """Counts rows that the server refused among the refused."""
    return replace(
        accounting,
        imported_rows=accounting.imported_rows - {row.row for row in refused},
        refused_rows=(*accounting.refused_rows, *refused),
    )


def _faulty(refusal: Refusal, collection: str, rows: Sequence[_Row]) -> list[RefusedRow]:
    place = re.compile(rf"{collection}\[(\d+)\]")
    if not refusal.violations:
        raise refusal
    found: dict[int, RefusedRow] = {}
    for violation in refusal.violations:
        match = place.match(violation.field)
        if match is None:
            raise CommandError(f"{violation.field}: {violation.description}") from None
        row = rows[int(match[1])]
        told = place.sub(lambda named: f"line {rows[int(named[1])].line}", _told(violation))
        found.setdefault(row.row, RefusedRow(row.row, Reason.REFUSED_BY_SERVER, row.line, told))
    return list(found.values())


def _told(violation: FieldViolation) -> str:
    return f"{violation.field.partition('].')[2]} {violation.description}"
