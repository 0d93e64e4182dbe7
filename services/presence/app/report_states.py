"""The use case of recording reports."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import Clock
from chassis.scope import Scope
from services.presence.app.claims import Claims
from services.presence.app.committer import Committed, Committer
from services.presence.app.directory import AgentDirectory
from services.presence.app.own_states import ensure_own_button
from services.presence.app.policies import PoliciesInForce
from services.presence.app.proofs import Proofs
from services.presence.domain.entry import Place
from services.presence.domain.fate import Fate, Reason, Refused
from services.presence.domain.report import Origin, Report, check_age, check_report, entry_of
from services.presence.domain.state import SourceKind
from services.presence.telemetry import PresenceTelemetry

_UNKNOWN = Refused(Reason.UNKNOWN_AGENT, "agent: the roster knows no such agent; add her first.")
_OUT_OF_SCOPE = Refused(Reason.OUT_OF_SCOPE, "agent: you may not report for this agent.")


@dataclass(frozen=True, slots=True)
class Reported:
    """The fate of each report, in order, and the places of the sites that they touch."""

    fates: tuple[Fate, ...]
    places: tuple[Place, ...]


class ReportStates:
    """Records what can be recorded and tells of the rest why not."""

    def __init__(
        self,
        directory: AgentDirectory,
        committer: Committer,
        clock: Clock,
        telemetry: PresenceTelemetry,
        claims: Claims,
        proofs: Proofs,
        policies: PoliciesInForce,
    ) -> None:
        self._directory = directory
        self._committer = committer
        self._clock = clock
        self._telemetry = telemetry
        self._claims = claims
        self._proofs = proofs
        self._policies = policies

    async def __call__(
        self,
        reports: Sequence[Report],
        origin: Origin,
        scope: Scope,
        sent_time: datetime | None = None,
    ) -> Reported:
        """Returns when every report that is not refused is durable.

        Raises PERMISSION_DENIED/ONLY_OWN_BUTTON.
        """
        ensure_own_button(origin.source_kind, scope)
        reports = await self._claims.judge(reports, origin, sent_time, self._clock.now())
        fates = self._check(reports, origin.source_kind)
        by_site = await self._sort_by_site(reports, fates, scope)
        by_site = await self._keep_young(reports, fates, by_site, origin.source_kind)
        answers = await asyncio.gather(
            *(
                self._commit(site, [reports[index] for index in group], origin)
                for site, group in by_site.items()
            )
        )
        reported = _reported(fates, by_site, answers)
        self._proofs.report(
            origin.source,
            origin.source_kind,
            {site: [reports[index].agent for index in group] for site, group in by_site.items()},
        )
        self._observe(reports, origin.source_kind, reported)
        return reported

    async def _commit(self, site: str, reports: Sequence[Report], origin: Origin) -> Committed:
        policy = await self._policies.of(site)
        entries = [entry_of(report, origin, policy) for report in reports]
        listed = policy.reason_codes
        unknown = sum(bool(entry.reason) and entry.reason not in listed for entry in entries)
        if unknown:
            self._telemetry.count_unknown_reasons(site, unknown)
        return await self._committer.commit(site, entries)

    def _check(self, reports: Sequence[Report], kind: SourceKind) -> list[Fate | None]:
        now = self._clock.now()
        return [check_report(report, kind, now) for report in reports]

    async def _sort_by_site(
        self, reports: Sequence[Report], fates: list[Fate | None], scope: Scope
    ) -> dict[str, list[int]]:
        good = [index for index, fate in enumerate(fates) if fate is None]
        sites = await self._directory.find_sites(reports[index].agent for index in good)
        by_site: dict[str, list[int]] = {}
        for index in good:
            site = self._site_for(reports[index].agent, sites, scope)
            if isinstance(site, Refused):
                fates[index] = site
            else:
                by_site.setdefault(site, []).append(index)
        return by_site

    async def _keep_young(
        self,
        reports: Sequence[Report],
        fates: list[Fate | None],
        by_site: Mapping[str, list[int]],
        kind: SourceKind,
    ) -> dict[str, list[int]]:
        """Refuses what is older than its site keeps it: its key may be gone, its repeat unknown."""
        now = self._clock.now()
        for site, group in by_site.items():
            days = (await self._policies.of(site)).state_log_retention_days
            for index in group:
                fates[index] = check_age(reports[index], kind, now, days)
        kept = {
            site: [index for index in group if fates[index] is None]
            for site, group in by_site.items()
        }
        return {site: group for site, group in kept.items() if group}

    def _site_for(self, agent: str, sites: Mapping[str, str], scope: Scope) -> str | Refused:
        if self._directory.sees(agent, scope):
            return sites[agent]
        # Whoever sees a part only does not learn from the answer who exists elsewhere.
        return _UNKNOWN if scope.sites is None else _OUT_OF_SCOPE

    def _observe(self, reports: Sequence[Report], kind: SourceKind, reported: Reported) -> None:
        self._telemetry.count_fates(reported.fates)
        times = [report.occurred_time for report in reports if report.occurred_time is not None]
        if times and kind is not SourceKind.IMPORT:
            self._telemetry.observe_lag(self._clock.now() - max(times))


def _reported(
    fates: list[Fate | None], by_site: Mapping[str, list[int]], answers: Sequence[Committed]
) -> Reported:
    for group, answer in zip(by_site.values(), answers, strict=True):
        for index, fate in zip(group, answer.fates, strict=True):
            fates[index] = fate
    places = tuple(answer.place for answer in answers if answer.place is not None)
    return Reported(tuple(fate for fate in fates if fate is not None), places)
