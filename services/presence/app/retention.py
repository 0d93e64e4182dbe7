"""The use case of retention: once a day, what is no longer kept goes."""

from datetime import date, datetime, timedelta

from services.presence.app.record_ports import Chain, Keepings, RetentionStore
from services.presence.telemetry import RecordTelemetry


class Retention:
    """Deletes what the policies of sites no longer keep; links and checkpoints stay."""

    def __init__(
        self,
        chain: Chain,
        keepings: Keepings,
        store: RetentionStore,
        telemetry: RecordTelemetry,
    ) -> None:
        self._chain = chain
        self._keepings = keepings
        self._store = store
        self._telemetry = telemetry
        self._done: dict[str, date] = {}

    async def keep(self, site: str, now: datetime) -> None:
        """Deletes a site's entries that are past their days, unless that was done today.

        The day is noted before anything goes: what verifies says from where on it can. It never
        goes back, also when the policy keeps more from now on.
        """
        if self._done.get(site) == now.date():
            return
        keeping = await self._keepings.keeping_of(site)
        day = now.date() - timedelta(days=keeping.retention_days)
        known = await self._chain.find_kept_from(site)
        day = day if known is None else max(day, known)
        await self._store.set_kept_from(site, day)
        count = await self._store.delete_before(site, day)
        if count:
            self._telemetry.entries_deleted(site, day.isoformat(), count)
        dropped = await self._store.drop_empty()
        if dropped:
            self._telemetry.partitions_dropped(dropped)
        self._done[site] = now.date()
