"""Everything that an import of calls or states is going to do, before it does any of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from muster.dispatch.v1 import contact_pb2

from cli.importing import mapping as mappings
from cli.importing.accounting import Accounting, Remark, account_for, count_repeats
from cli.importing.calls import Abandoned, Agent, Call, judge_rows
from cli.importing.contact_events import contact_events
from cli.importing.mapping_kinds import StatesMapping
from cli.importing.rows import Row
from cli.importing.sessions import Report, count_overlaps, derive_reports
from cli.importing.states import StateRow, count_cut_short, judge_states, state_reports


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The people, reports and events of contacts that a file comes to, and what became of each row.

    `last_day` is the last day, in the mapping's zone, on which something starts.
    """

    agents: tuple[Agent, ...]
    reports: tuple[Report, ...]
    events: tuple[contact_pb2.ContactEvent, ...]
    accounting: Accounting
    first_time: datetime | None
    last_time: datetime | None
    last_day: date | None


def plan_import(rows: Iterable[Row], mapping: mappings.Mapping) -> ImportPlan:
    """Plans the import of a file of calls. The same file and mapping give the same plan."""
    judged = judge_rows(rows, mapping)
    calls = [each for each in judged if isinstance(each, Call)]
    abandoned = [each for each in judged if isinstance(each, Abandoned)]
    starts = [call.span.start_time for call in calls]
    return ImportPlan(
        agents=_agents_of(call.agent for call in calls),
        reports=tuple(derive_reports(calls, mapping.calls)),
        events=tuple(contact_events(calls, abandoned, mapping.calls.activity)),
        accounting=account_for(judged, _remarks(calls, len(abandoned), mapping.zone)),
        first_time=min(starts, default=None),
        last_time=max((call.span.end_time for call in calls), default=None),
        last_day=_last_day(starts, mapping.zone),
    )


def plan_states(rows: Iterable[Row], mapping: StatesMapping) -> ImportPlan:
    """Plans the import of a file of states. The same file and mapping give the same plan."""
    judged = judge_states(rows, mapping)
    states = [each for each in judged if isinstance(each, StateRow)]
    reports = tuple(state_reports(states, mapping.states))
    starts = [state.start_time for state in states]
    return ImportPlan(
        agents=_agents_of(state.agent for state in states),
        reports=reports,
        events=(),
        accounting=account_for(judged, {Remark.CUT_SHORT: count_cut_short(states)}),
        first_time=min(starts, default=None),
        last_time=max((report.occurred_time for report in reports), default=None),
        last_day=_last_day(starts, mapping.zone),
    )


def _agents_of(agents: Iterable[Agent]) -> tuple[Agent, ...]:
    by_id = {agent.id: agent for agent in agents}
    return tuple(by_id[id_] for id_ in sorted(by_id))


def _remarks(calls: Sequence[Call], abandoned_count: int, zone: ZoneInfo) -> Mapping[Remark, int]:
    abandoned = {Remark.ABANDONED: abandoned_count} if abandoned_count else {}
    return MappingProxyType(
        {
            **abandoned,
            Remark.PAST_MIDNIGHT: sum(_ends_past_midnight(call, zone) for call in calls),
            Remark.OVERLAPPING: count_overlaps(calls),
            Remark.REPEATED_CONTACT_ID: count_repeats(call.contact for call in calls),
        }
    )


def _last_day(starts: Iterable[datetime], zone: ZoneInfo) -> date | None:
    last = max(starts, default=None)
    return None if last is None else last.astimezone(zone).date()


def _ends_past_midnight(call: Call, zone: ZoneInfo) -> bool:
    start, end = call.span.start_time, call.span.end_time
    return start.astimezone(zone).date() < end.astimezone(zone).date()
