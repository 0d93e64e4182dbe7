"""What an import came to, as tables for people and as JSON for programs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from cli.importing.file_import import ReadFile
from cli.importing.mapping_kinds import AnyMapping
from cli.importing.outcome import Outcome
from cli.importing.reasons import Reason
from cli.importing.rows import RefusedRow

MOST_LINES = 5
MOST_VALUES = 20
_VALUES = (
    Reason.UNKNOWN_STATE,
    Reason.UNKNOWN_CODE,
    Reason.UNKNOWN_TEAM,
    Reason.UNKNOWN_SKILL,
)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """An import of a file, done or (in a dry run) only planned."""

    read: ReadFile
    mapping: AnyMapping
    outcome: Outcome
    dry_run: bool
    board: str


def result_json(result: ImportResult) -> dict[str, Any]:
    """Returns the result as JSON values. `rows` is `imported` and all of `refused` together."""
    accounting = result.outcome.accounting
    return {
        "file": str(result.read.file),
        "sheet": result.read.sheet,
        "kind": result.mapping.kind,
        "site": result.mapping.site.id,
        "dry_run": result.dry_run,
        "columns": [
            {"column": use.column, "meaning": use.meaning, "samples": list(use.samples)}
            for use in result.read.columns
        ],
        "rows": accounting.row_count,
        "imported": accounting.imported_count,
        "refused": {reason.name: count for reason, count in accounting.refused.items()},
        "refused_rows": [
            {"line": row.line, "row": row.row, "reason": row.reason.name, "detail": row.detail}
            for row in accounting.refused_rows
        ],
        "unknown_values": dict(_unknown_values(result.outcome)),
        "of_the_imported": {
            remark.name.lower(): count for remark, count in accounting.remarks.items()
        },
        **result.outcome.details,
        "board": result.board,
    }


def columns_table(result: ImportResult) -> Table:
    """Returns what was understood of each column, with samples."""
    sheet = f", sheet {result.read.sheet}" if result.read.sheet else ""
    title = f"Columns of {result.read.file.name}{sheet}"
    table = Table(title=title, title_justify="left")
    for name in ("column", "stands for", "for example"):
        table.add_column(name)
    meanings: Mapping[str, str] = result.mapping.meanings()
    for use in result.read.columns:
        style = None if use.column in meanings else "dim"
        table.add_row(use.column, use.meaning, ", ".join(use.samples), style=style)
    return table


def rows_table(result: ImportResult) -> Table:
    """Returns the fate of every row; the last line is the sum."""
    accounting = result.outcome.accounting
    imported = "would be imported" if result.dry_run else "imported"
    name = result.read.file.name
    table = Table(title=f"Rows of {name}", title_justify="left", show_header=False)
    table.add_column("what")
    table.add_column("rows", justify="right")
    table.add_row(imported, f"{accounting.imported_count:,}", style="bold")
    for remark, count in accounting.remarks.items():
        table.add_row(f"  of these, {remark.value}", f"{count:,}", style="dim")
    for reason, count in accounting.refused.items():
        table.add_row(f"refused: {reason.value} ({reason.name})", f"{count:,}")
    table.add_section()
    total = accounting.imported_count + sum(accounting.refused.values())
    table.add_row("together", f"{total:,} of {accounting.row_count:,}", style="bold")
    return table


def refused_lines(result: ImportResult) -> Iterator[str]:
    """Yields the first refused rows of each reason, with line and cell, and what is unknown.

    Of an import that is done, only those are new that the server refused.
    """
    refused = result.outcome.accounting.refused_rows
    for reason, count in result.outcome.accounting.refused.items():
        if result.dry_run or reason is Reason.REFUSED_BY_SERVER:
            rows = [row for row in refused if row.reason is reason]
            yield from (_line_of(row) for row in rows[:MOST_LINES])
            if count > MOST_LINES:
                yield f"and {count - MOST_LINES:,} more {reason.name}; --json lists all of them"
    values = _unknown_values(result.outcome)
    for value, count in values.most_common(MOST_VALUES):
        yield f"not in the mapping: {value}, {count:,} rows"


def _line_of(row: RefusedRow) -> str:
    detail = f" ({row.detail})" if row.detail else ""
    return f"line {row.line}: {row.reason.value}{detail}"


def _unknown_values(outcome: Outcome) -> Counter[str]:
    refused = outcome.accounting.refused_rows
    return Counter(row.detail for row in refused if row.reason in _VALUES)
