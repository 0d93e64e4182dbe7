"""Small files of calls, as a telephone system might write them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from cli.importing.calls import Agent, Call
from cli.importing.localtime import Span
from cli.importing.mapping import Mapping
from cli.importing.rows import Row

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

MAPPING: dict[str, Any] = {
    "source": "import-harbour",
    "time_zone": "Asia/Jerusalem",
    "site": {"id": "harbour", "display_name": "Harbour"},
    "agent": {"id": "h-{agent}", "display_name": "Agent {agent}", "missing": ["NOBODY"]},
    "columns": {
        "date": "day",
        "arrival": "rang",
        "start": "from",
        "end": "to",
        "length_seconds": "length",
        "agent": "who",
        "contact": ["line", "call"],
    },
    "formats": {"no_clock": "0:00:00"},
    "served": {"column": "outcome", "values": ["TALKED"]},
    "calls": {"longest": "4h", "between_calls": "ONLINE", "session_gap": "15m"},
}

CELLS = {
    "line": "L1",
    "call": "7",
    "day": "1999-08-02",
    "rang": "9:00:00",
    "from": "9:00:10",
    "to": "9:02:10",
    "length": "120",
    "who": "A1",
    "outcome": "TALKED",
}


def a_mapping(**changes: dict[str, Any]) -> Mapping:
    """A mapping for the cells of `a_row`, with settings of its parts changed."""
    settings = {
        name: {**part, **changes.get(name, {})} if isinstance(part, dict) else part
        for name, part in MAPPING.items()
    }
    return Mapping.model_validate(settings)


def a_row(number: int = 1, **cells: str) -> Row:
    """A served call of two minutes, with some cells changed."""
    named = {name.rstrip("_"): value for name, value in cells.items()}
    return Row(number, {**CELLS, **named})


def rows_of(cells: Iterable[dict[str, str]]) -> list[Row]:
    """Rows numbered as in a file."""
    return [Row(number, each) for number, each in enumerate(cells, start=1)]


def a_call(
    row: int, start_minute: float, end_minute: float, *, agent: str = "ana", contact: str = ""
) -> Call:
    """A call from some minute after noon to another one."""
    span = Span(NOON + timedelta(minutes=start_minute), NOON + timedelta(minutes=end_minute))
    return Call(row, Agent(agent, agent.title()), contact or f"c{row}", span)
