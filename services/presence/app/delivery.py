"""The use case of delivery: daily roots leave the reach of whoever could alter the log."""

from datetime import UTC, datetime, time, timedelta

from proof.daily_root import DailyRoot
from services.presence.app.daily_roots import leaves_of
from services.presence.app.record_ports import (
    Keepings,
    KeptRoot,
    RecordReaders,
    RootFolder,
    RootMail,
)
from services.presence.telemetry import RecordTelemetry

PAUSE = timedelta(minutes=1)


class Delivery:
    """Exports and mails roots until each has arrived."""

    def __init__(
        self,
        read: RecordReaders,
        folder: RootFolder,
        mail: RootMail,
        keepings: Keepings,
        telemetry: RecordTelemetry,
    ) -> None:
        self._chain = read.chain
        self._roots = read.roots
        self._folder = folder
        self._mail = mail
        self._keepings = keepings
        self._telemetry = telemetry
        self._tried_times: dict[str, datetime] = {}

    async def deliver(self, site: str, now: datetime) -> None:
        """Delivers what waits, looking once a minute; what fails is tried again."""
        tried = self._tried_times.get(site)
        if tried is not None and now - tried < PAUSE:
            return
        self._tried_times[site] = now
        waiting = await self._roots.list_undelivered(site)
        for kept in waiting:
            try:
                await self._deliver(kept, now)
            except OSError as error:
                self._telemetry.delivery_failed(site, kept.root.day.isoformat(), repr(error))
        left = await self._roots.list_undelivered(site)
        age = now - _end_of(left[0].root) if left else timedelta(0)
        self._telemetry.tell_waiting(site, age)

    async def _deliver(self, kept: KeptRoot, now: datetime) -> None:
        root = kept.root
        if not kept.exported:
            if self._folder.is_set:
                await self._export(root)
            await self._roots.mark_exported(root, now)
        if not kept.mailed:
            recipients = (await self._keepings.keeping_of(root.site)).root_recipients
            if self._mail.is_set and recipients:
                await self._mail.send(root, recipients)
            await self._roots.mark_mailed(root, now)

    async def _export(self, root: DailyRoot) -> None:
        previous = b""
        if root.first_seq > 1:
            before = root.first_seq - 1
            links = await self._chain.list_links(root.site, before, before)
            previous = links[0].hash if links else b""
        if not await self._folder.put(root, leaves_of(self._chain, root, previous)):
            # The root was made from whole links: the entries were altered or dropped since.
            self._telemetry.leaves_differ(root.site, root.day.isoformat())


def _end_of(root: DailyRoot) -> datetime:
    return datetime.combine(root.day, time(), UTC) + timedelta(days=1)
