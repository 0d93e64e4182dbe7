"""From rows of states, instants or stretches, to the state changes that they tell of."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Cells
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from cli.importing.calls import Agent, parse_agent
from cli.importing.cells import parse_clock, parse_day, parse_instant
from cli.importing.localtime import instants_of
from cli.importing.mapping_kinds import StateRule, StatesMapping
from cli.importing.reasons import Reason, RowRefusedError, cell_told
from cli.importing.rows import RefusedRow, Row, judge_each
from cli.importing.sessions import Report

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of one agent from an instant on, to another one where the file tells it.

    `detail` is the activity of a busy agent and the reason of a break.
    """

    row: int
    agent: Agent
    state: str
    detail: str
    start_time: datetime
    end_time: datetime | None


def judge_states(rows: Iterable[Row], mapping: StatesMapping) -> list[StateRow | RefusedRow]:
    """Judges every row, in the order of the file: as many results as rows."""

    def parse(row: Row, cells: Cells[str, str]) -> StateRow:
        state, detail = _parse_state(cells, mapping)
        agent = parse_agent(cells, mapping.columns.agent, mapping.agent)
        start, end = _parse_times(cells, mapping)
        return StateRow(row.number, agent, state, detail, start, end)

    return judge_each(rows, parse)


def state_reports(states: Iterable[StateRow], rule: StateRule) -> list[Report]:
    """Derives the reports of all agents in the order of time.

    A state lasts until the file ends it, or the agent's next row begins, but no longer than the
    rule's longest; after it, nobody knows.
    """
    reports = []
    for own in _by_agent(states):
        for place, (state, following) in enumerate(pairwise((*own, None))):
            assert state is not None  # noqa: S101 - the last one is only ever a follower
            reports.append(_report(state, state.state, state.start_time, place))
            end = state.end_time or state.start_time + rule.longest
            last = state.end_time is None and state.state in ("OFFLINE", "UNOBSERVED")
            if not last and (following is None or end < following.start_time):
                reports.append(_report(state, "UNOBSERVED", end, place))
    return sorted(reports, key=lambda report: (report.occurred_time, report.agent))


def count_cut_short(states: Iterable[StateRow]) -> int:
    """Counts the stretches that the agent's next row begins within."""
    return sum(
        one.end_time is not None and following.start_time < one.end_time
        for own in _by_agent(states)
        for one, following in pairwise(own)
    )


def _by_agent(states: Iterable[StateRow]) -> Iterator[Sequence[StateRow]]:
    by_agent: defaultdict[str, list[StateRow]] = defaultdict(list)
    for state in states:
        by_agent[state.agent.id].append(state)
    for own in by_agent.values():
        yield sorted(own, key=lambda state: (state.start_time, state.row))


def _parse_state(cells: Cells[str, str], mapping: StatesMapping) -> tuple[str, str]:
    column = mapping.columns.state
    cell = cells[column].strip()
    if cell in mapping.states.values:
        return mapping.states.values[cell]
    ignored = cell in mapping.states.ignored
    reason = Reason.IGNORED_STATE if ignored else Reason.UNKNOWN_STATE
    raise RowRefusedError(reason, cell_told(column, cell))


def _parse_times(
    cells: Cells[str, str], mapping: StatesMapping
) -> tuple[datetime, datetime | None]:
    columns = mapping.columns
    if columns.time is not None:
        return _instant(_parse_local(cells, columns.time, mapping), mapping), None
    assert columns.start is not None  # noqa: S101 - one of the two is given, says the mapping
    assert columns.end is not None  # noqa: S101 - with a start comes an end
    start = _parse_local(cells, columns.start, mapping)
    end = _parse_local(cells, columns.end, mapping)
    if columns.date is not None and end < start:
        end += _DAY
    start_time, end_time = _instant(start, mapping), _instant(end, mapping)
    _check_length(end_time - start_time, mapping.states)
    return start_time, end_time


def _check_length(length: timedelta, rule: StateRule) -> None:
    if length < timedelta():
        raise RowRefusedError(Reason.ENDS_BEFORE_START)
    if not length:
        raise RowRefusedError(Reason.NO_LENGTH)
    if length > rule.longest:
        raise RowRefusedError(Reason.TOO_LONG, str(length))


def _parse_local(cells: Cells[str, str], column: str, mapping: StatesMapping) -> datetime:
    cell, formats, date = cells[column].strip(), mapping.formats, mapping.columns.date
    if not cell:
        raise RowRefusedError(Reason.NO_START, cell_told(column, cell))
    try:
        if date is None:
            return parse_instant(cell, formats.instant)
        day = parse_day(cells[date].strip(), formats.date)
        return datetime.combine(day, time()) + parse_clock(cell, formats.clock)
    except (ValueError, OverflowError) as error:
        told = cell_told(column, cell) + (
            "" if date is None else f", {cell_told(date, cells[date])}"
        )
        raise RowRefusedError(Reason.UNREADABLE_TIME, told) from error


def _instant(local: datetime, mapping: StatesMapping) -> datetime:
    # What the clock shows twice is meant the first time.
    instants = instants_of(local, mapping.zone)
    if not instants:
        raise RowRefusedError(Reason.NO_SUCH_TIME, local.isoformat(sep=" "))
    return instants[0]


def _report(state: StateRow, entered: str, at: datetime, place: int) -> Report:
    detail = state.detail if entered == state.state else ""
    busy, pausing = entered == "BUSY", entered == "BREAK"
    content = (state.agent.id, at.isoformat(), entered, detail)
    return Report(
        event_id=hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32],
        agent=f"agents/{state.agent.id}",
        state=entered,
        activity=(detail or "UNSPECIFIED") if busy else "UNSPECIFIED",
        occurred_time=at,
        contacts=(),
        inferred=False,
        # Of several rows of one instant the last one counts, and any of them before an end.
        source_sequence=0 if entered == "UNOBSERVED" and state.state != entered else 1 + place,
        rows=(state.row,),
        reason=detail if pausing else "",
    )
