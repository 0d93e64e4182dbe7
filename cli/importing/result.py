"""What an import came to, as a table for people and as JSON for programs."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from cli.importing.accounting import Accounting
from cli.importing.delivery import Delivery
from cli.importing.plan import ImportPlan


@dataclass(frozen=True, slots=True)
class ImportResult:
    """An import of calls, done or (without a delivery) only planned."""

    file: Path
    site: str
    plan: ImportPlan
    accounting: Accounting
    delivery: Delivery | None
    created_count: int
    board: str


def result_json(result: ImportResult) -> dict[str, Any]:
    """Returns the result as JSON values. `rows` is `imported` and all of `refused` together."""
    accounting, delivery = result.accounting, result.delivery
    return {
        "file": str(result.file),
        "site": result.site,
        "dry_run": delivery is None,
        "rows": accounting.row_count,
        "imported": accounting.imported_count,
        "refused": {reason.name: count for reason, count in accounting.refused.items()},
        "of_the_imported": {
            "past_midnight": accounting.past_midnight_count,
            "overlapping": accounting.overlap_count,
            "repeated_contact_id": accounting.repeated_contact_count,
        },
        "agents": len(result.plan.agents),
        "created": result.created_count,
        "first_time": _instant(result.plan.first_time),
        "last_time": _instant(result.plan.last_time),
        "reports": {
            "planned": len(result.plan.reports),
            "recorded": delivery.recorded_count if delivery else 0,
            "already_recorded": delivery.already_recorded_count if delivery else 0,
            "refused": dict(delivery.refused_by_reason) if delivery else {},
        },
        "board": result.board,
    }


def rows_table(result: ImportResult) -> Table:
    """Returns the fate of every row; the last line is the sum."""
    accounting = result.accounting
    imported = "would be imported" if result.delivery is None else "imported"
    table = Table(title=f"Rows of {result.file.name}", title_justify="left", show_header=False)
    table.add_column("what")
    table.add_column("rows", justify="right")
    table.add_row(imported, f"{accounting.imported_count:,}", style="bold")
    for note, count in (
        ("of these, end after midnight", accounting.past_midnight_count),
        ("of these, begin while the agent's earlier call lasts", accounting.overlap_count),
        ("of these, share their contact id with another row", accounting.repeated_contact_count),
    ):
        table.add_row(f"  {note}", f"{count:,}", style="dim")
    for reason, count in accounting.refused.items():
        table.add_row(f"refused: {reason.value} ({reason.name})", f"{count:,}")
    table.add_section()
    total = accounting.imported_count + sum(accounting.refused.values())
    table.add_row("together", f"{total:,} of {accounting.row_count:,}", style="bold")
    return table


def reports_line(result: ImportResult) -> str:
    """Returns one line on the reports that the rows come to."""
    agents, planned = len(result.plan.agents), len(result.plan.reports)
    whole = f"{planned:,} state changes of {agents} agents"
    delivery = result.delivery
    if delivery is None:
        return f"{whole} would be reported; nothing was sent."
    line = (
        f"{whole}: {delivery.recorded_count:,} recorded, "
        f"{delivery.already_recorded_count:,} recorded before"
    )
    refused = ", ".join(f"{n:,} {reason}" for reason, n in delivery.refused_by_reason.items())
    return f"{line}, refused: {refused}." if refused else f"{line}."


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
