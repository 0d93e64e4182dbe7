"""Signs the audit log each minute in which something was written, and drops what is older than it
is kept. Any number of replicas may.
"""

import asyncio
from datetime import date, datetime, timedelta

from structlog.typing import FilteringBoundLogger

from chassis.clock import Clock
from chassis.errors import Refusal
from gateway.app.audit_ports import AuditChain
from gateway.telemetry import AUDIT_DISAGREES, AUDIT_DROPPED, AUDIT_KEEPING_WAITS
from proof.audit import AuditLink
from proof.checkpoint import Checkpoint, sign_checkpoint
from proof.following import ChainFollower
from proof.keys import Signing, is_forged
from proof.verify import StoredLink

PERIOD = timedelta(minutes=1)


class AuditKeeping:
    """Looks after the log beside those who write it."""

    def __init__(
        self,
        chain: AuditChain,
        signing: Signing,
        kept_months: int,
        clock: Clock,
        log: FilteringBoundLogger,
    ) -> None:
        self._chain = chain
        self._signing = signing
        self._kept_months = kept_months
        self._clock = clock
        self._log = log
        self._dropped: date | None = None

    async def run(self) -> None:
        """Works until it is cancelled. A database that is away is waited for."""
        while True:
            try:
                await self.sign()
                await self._drop(self._clock.now())
            except Refusal as refusal:
                self._log.warning(AUDIT_KEEPING_WAITS, why=str(refusal))
            await asyncio.sleep(PERIOD.total_seconds())

    async def sign(self) -> None:
        """Signs the newest link, unless what was written since does not continue what was signed
        before: nothing is certified that was altered.
        """
        last = await self._chain.find_last_checkpoint()
        if last is not None and is_forged(last, self._signing):
            self._log.error(AUDIT_DISAGREES, seq=last.seq)
            return
        newest, broken = await self._follow(last)
        if broken is not None:
            self._log.error(AUDIT_DISAGREES, seq=broken)
        elif newest is not None:
            await self._chain.add_checkpoint(sign_checkpoint(newest.link, self._signing))

    async def _follow(self, last: Checkpoint | None) -> tuple[AuditLink | None, int | None]:
        """Returns the newest link behind a checkpoint, and where the links break, if they do."""
        follower = ChainFollower(last.seq, last.link_hash) if last else ChainFollower()
        newest: AuditLink | None = None
        while links := await self._chain.list_links(follower.seq + 1):
            stored = [StoredLink(one.link, one.hash, ()) for one in links]
            broken = follower.find_break(stored, with_entries=False)
            if broken is not None:
                return None, broken
            newest = links[-1]
        return newest, None

    async def _drop(self, now: datetime) -> None:
        if self._dropped == now.date():
            return
        count = await self._chain.drop_before(months_before(now.date(), self._kept_months))
        if count:
            self._log.info(AUDIT_DROPPED, months=count)
        self._dropped = now.date()


def months_before(day: date, months: int) -> date:
    """Returns the first day of the month that lies so many months before that of a day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
