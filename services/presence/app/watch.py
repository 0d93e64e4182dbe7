"""The watch over the sources of each site: what is lost, what was silent, whose wrap-up ends.

One replica has the watch of a site. What it records has event ids that follow from what it saw, so
that another one that takes over in the middle records nothing twice.
"""

import asyncio
from collections.abc import Sequence

from services.presence.app.committer import Committer
from services.presence.app.directory import AgentDirectory
from services.presence.app.pulse import Pulse
from services.presence.app.source_ports import (
    Client,
    Observed,
    SiteClaims,
    SourceRules,
    WatchStore,
)
from services.presence.domain.entry import Entry
from services.presence.domain.lease import Loss, judge_leases, lease_length
from services.presence.domain.limit import limit_entry
from services.presence.domain.outage import Outage, Reading, find_outage, outage_entry
from services.presence.domain.silence import gap_entry, loss_entries
from services.presence.domain.state import SourceKind
from services.presence.telemetry import SourceTelemetry


class Watch:
    """Records what nobody reports: losses, gaps, limits and our own outages."""

    def __init__(
        self,
        *,
        store: WatchStore,
        claims: SiteClaims,
        committer: Committer,
        directory: AgentDirectory,
        rules: SourceRules,
        pulse: Pulse,
        telemetry: SourceTelemetry,
    ) -> None:
        self._store = store
        self._claims = claims
        self._committer = committer
        self._directory = directory
        self._rules = rules
        self._pulse = pulse
        self._telemetry = telemetry

    async def look(self) -> None:
        """Deals with what there is at the sites of this replica; called each second."""
        held = await self._claims.take(await self._store.list_sites())
        if not held:
            return
        graces = {site: await self._rules.grace(site) for site in held}
        begun = self._pulse.elapsed()
        observed = await self._store.observe(graces)
        # Right after a clock was set, every lease may seem over; the pulse lets them begin anew.
        if self._pulse.is_steady(Reading(observed.now, begun, self._pulse.elapsed())):
            await asyncio.gather(*(self._look_at(site, observed) for site in sorted(held)))

    async def _look_at(self, site: str, observed: Observed) -> None:
        outage = find_outage(observed.mark_times[site], observed.now)
        if outage is not None:
            await self._mark_outage(site, outage)
            return
        await self._end_wrap_ups(site, observed)
        if site in observed.restless:
            await self._judge(site, observed)

    async def _mark_outage(self, site: str, outage: Outage) -> None:
        await self._record(site, [outage_entry(site, outage)])
        await self._store.renew(site, outage)
        seconds = (outage.end_time - outage.start_time).total_seconds()
        self._telemetry.outage_marked(site, seconds)

    async def _end_wrap_ups(self, site: str, observed: Observed) -> None:
        wrap_ups = [due.wrap_up for due in observed.limits if due.site == site]
        ends = [await self._rules.limit_end(site, each.details.queue) for each in wrap_ups]
        await self._record(site, list(map(limit_entry, wrap_ups, ends)))
        self._telemetry.count_limits(ends)

    async def _judge(self, site: str, observed: Observed) -> None:
        leases = await self._store.read_leases(site)
        verdict = judge_leases(leases, await self._rules.grace(site), observed.now)
        await self._record(site, [gap_entry(site, gap) for gap in verdict.gaps])
        self._telemetry.count_gaps(len(verdict.gaps))
        if verdict.losses:
            await self._record_losses(site, verdict.losses)
        broken = [lease for lease in leases if lease.silences]
        await self._store.settle(site, broken, verdict.over)

    async def _record_losses(self, site: str, losses: Sequence[Loss]) -> None:
        rules = await self._rules.lease_rules(site)

        def may_be_silent(source_kind: SourceKind, source: str) -> bool:
            return lease_length(rules, source_kind, source) is None

        site_of = self._directory.site_of
        # Whoever has moved writes to her new site's chain.
        tracks = [
            entry
            for entry in await self._store.read_tracks(site)
            if site_of.get(entry.agent) == site
        ]
        entries = loss_entries(losses, tracks, may_be_silent)
        await self._record(site, entries)
        await self._store.ask_again([Client(entry.source, entry.agent) for entry in entries])
        self._telemetry.lost(site, [entry.details.loss_scope for entry in entries])

    async def _record(self, site: str, entries: Sequence[Entry]) -> None:
        if entries:
            await self._committer.commit(site, entries)
