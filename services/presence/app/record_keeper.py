"""The duties of the record: one replica does them for a site, time and again."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime

from chassis.cancelling import run_together
from chassis.clock import Clock
from chassis.errors import Refusal
from services.presence.app.checkpoints import Checkpoints
from services.presence.app.daily_roots import DailyRoots
from services.presence.app.delivery import Delivery
from services.presence.app.erasure import EraseAgent
from services.presence.app.record_ports import Chain, Claims
from services.presence.app.retention import Retention
from services.presence.domain.entry import Place
from services.presence.domain.fate import Reason
from services.presence.telemetry import RecordTelemetry

PURPOSE = "record"
_PAUSE_SECONDS = 2.0
_RENEWAL_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class RecordDuties:
    """What is to be done."""

    checkpoints: Checkpoints
    roots: DailyRoots
    delivery: Delivery
    retention: Retention
    erasure: EraseAgent


class RecordKeeper:
    """Does the duties for the sites of which this replica has the claim."""

    def __init__(
        self,
        chain: Chain,
        duties: RecordDuties,
        claims: Claims,
        clock: Clock,
        telemetry: RecordTelemetry,
    ) -> None:
        self._chain = chain
        self._duties = duties
        self._claims = claims
        self._clock = clock
        self._telemetry = telemetry

    async def run(self) -> None:
        """Keeps the record until cancelled."""
        await run_together(self._renew(), self._go_round())

    async def _go_round(self) -> None:
        while True:
            await self._guard("claims", "", self._round())
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _renew(self) -> None:
        # A duty may take longer than a claim lasts.
        while True:
            await asyncio.sleep(_RENEWAL_SECONDS)
            await self._guard("renewal", "", self._claims.renew())

    async def _round(self) -> None:
        heads = {head.site: head for head in await self._chain.list_heads()}
        for site in await self._claims.take(heads):
            await self._keep(heads[site], self._clock.now())
        await self._duties.erasure.resume()

    async def _keep(self, head: Place, now: datetime) -> None:
        duties, site = self._duties, head.site
        await self._guard("checkpoint", site, duties.checkpoints.keep(head, now))
        await self._guard("root", site, duties.roots.close_days(head, now))
        await self._guard("delivery", site, duties.delivery.deliver(site, now))
        await self._guard("retention", site, duties.retention.keep(site, now))

    async def _guard(self, duty: str, site: str, work: Awaitable[object]) -> None:
        """One duty that fails keeps no other from being done; the next round tries it again."""
        try:
            await work
        except Refusal as refusal:
            if refusal.reason == Reason.LOG_DISAGREES:
                self._telemetry.log_disagrees(refusal.metadata["site"], refusal.metadata["seq"])
            else:
                self._telemetry.duty_failed(duty, site, refusal.message)
        except Exception as error:  # of the database or the disk: both come back
            self._telemetry.duty_failed(duty, site, repr(error))
