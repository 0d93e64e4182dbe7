"""The use case of recording events of contacts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.scope import Scope
from services.dispatch.app.ports import AgentPlace, ContactLog, Recorded
from services.dispatch.app.sites import SiteDirectory
from services.dispatch.domain.event import ContactKey, Place
from services.dispatch.domain.fate import Fate, Reason, Refused
from services.dispatch.domain.recording import Arrival
from services.dispatch.domain.report import Origin, Report, check_report, event_of
from services.dispatch.domain.words import SourceKind
from services.dispatch.telemetry import DispatchTelemetry

_UNKNOWN = Refused(Reason.UNKNOWN_AGENT, "agent: the roster knows no such agent; add her first.")
_OUT_OF_SCOPE = Refused(Reason.OUT_OF_SCOPE, "agent: you may not report for this agent.")
_NOTHING = Recorded(None, ())


@dataclass(frozen=True, slots=True)
class Reported:
    """The fate of each event, in order, and the place that includes those in the log."""

    fates: tuple[Fate, ...]
    place: Place | None


class ReportContacts:
    """Records what can be recorded and tells of the rest why not."""

    def __init__(
        self,
        sites: SiteDirectory,
        log: ContactLog,
        clock: Clock,
        telemetry: DispatchTelemetry,
        *,
        committed: Callable[[str], None],
        greatest_age: timedelta,
    ) -> None:
        self._sites = sites
        self._log = log
        self._clock = clock
        self._telemetry = telemetry
        self._committed = committed
        self._greatest_age = greatest_age

    async def __call__(self, reports: Sequence[Report], origin: Origin, scope: Scope) -> Reported:
        """Returns when every event that is not refused is durable."""
        await self._sites.require_site(origin.site, scope)
        refused = self._check(reports, origin.source_kind)
        await self._check_agents(reports, refused, scope)
        good = [index for index in range(len(reports)) if index not in refused]
        recorded = await self._record(origin, [reports[index] for index in good])
        fates: dict[int, Fate] = dict(zip(good, recorded.fates, strict=True))
        fates |= refused
        reported = Reported(tuple(fates[index] for index in range(len(reports))), recorded.place)
        self._observe(reports, origin.source_kind, reported, recorded)
        return reported

    def _check(self, reports: Sequence[Report], kind: SourceKind) -> dict[int, Refused]:
        now = self._clock.now()
        checked = (check_report(report, kind, now, self._greatest_age) for report in reports)
        return {index: fate for index, fate in enumerate(checked) if fate is not None}

    async def _check_agents(
        self, reports: Sequence[Report], refused: dict[int, Refused], scope: Scope
    ) -> None:
        named = {
            index: report.agents
            for index, report in enumerate(reports)
            if index not in refused and report.agents
        }
        if not named:
            return
        every = {agent for agents in named.values() for agent in agents}
        places = await self._sites.find_agent_places(every)
        for index, agents in named.items():
            faults = [_agent_fault(agent, places.get(agent), scope) for agent in agents]
            fault = next(filter(None, faults), None)
            if fault is not None:
                refused[index] = fault

    async def _record(self, origin: Origin, reports: Sequence[Report]) -> Recorded:
        if not reports:
            return _NOTHING
        arrivals = [
            Arrival(ContactKey(origin.site, origin.source, report.contact_id), event_of(report))
            for report in reports
        ]
        recorded = await self._log.record(origin, arrivals)
        self._committed(origin.site)
        return recorded

    def _observe(
        self, reports: Sequence[Report], kind: SourceKind, reported: Reported, recorded: Recorded
    ) -> None:
        self._telemetry.count_fates(reported.fates)
        self._telemetry.count_new_queues(recorded.new_queue_count)
        times = [report.occurred_time for report in reports if report.occurred_time is not None]
        if times and kind is not SourceKind.IMPORT:
            self._telemetry.observe_lag(self._clock.now() - max(times))


def _agent_fault(agent: str, place: AgentPlace | None, scope: Scope) -> Refused | None:
    if place is None:
        # Whoever sees a part only does not learn from the answer who exists elsewhere.
        return _UNKNOWN if scope.sites is None else _OUT_OF_SCOPE
    seen = scope.sees_agent(agent, f"sites/{place.site}", place.team)
    return None if seen else _OUT_OF_SCOPE
