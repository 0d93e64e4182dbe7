"""Everything that an import of calls is going to do, before it does any of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cli.importing.accounting import Accounting, account_for
from cli.importing.calls import Agent, Call, Row, judge_rows
from cli.importing.mapping import Mapping
from cli.importing.sessions import Report, derive_reports


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The people and reports that a file of calls comes to, and what became of each row.

    `last_day` is the last day, in the mapping's zone, on which a call starts.
    """

    agents: tuple[Agent, ...]
    reports: tuple[Report, ...]
    accounting: Accounting
    first_time: datetime | None
    last_time: datetime | None
    last_day: date | None


def plan_import(rows: Iterable[Row], mapping: Mapping) -> ImportPlan:
    """Plans the import of a file of calls. The same file and mapping give the same plan."""
    judged = judge_rows(rows, mapping)
    calls = [each for each in judged if isinstance(each, Call)]
    return ImportPlan(
        agents=tuple(sorted({call.agent.id: call.agent for call in calls}.values(), key=_by_id)),
        reports=tuple(derive_reports(calls, mapping.calls)),
        accounting=account_for(judged, _end_past_midnight(calls, mapping)),
        first_time=min((call.span.start_time for call in calls), default=None),
        last_time=max((call.span.end_time for call in calls), default=None),
        last_day=_last_day(calls, mapping),
    )


def _by_id(agent: Agent) -> str:
    return agent.id


def _last_day(calls: Sequence[Call], mapping: Mapping) -> date | None:
    last = max((call.span.start_time for call in calls), default=None)
    return None if last is None else last.astimezone(mapping.zone).date()


def _end_past_midnight(calls: Iterable[Call], mapping: Mapping) -> Collection[int]:
    zone = mapping.zone
    return [
        call.row
        for call in calls
        if call.span.start_time.astimezone(zone).date() < call.span.end_time.astimezone(zone).date()
    ]
