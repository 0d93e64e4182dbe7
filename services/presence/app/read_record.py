"""The use cases of reading the record as it is: checkpoints, daily roots and the chain itself."""

from collections.abc import AsyncIterator
from datetime import date

from chassis.errors import Code, Refusal
from chassis.scope import Scope
from proof.checkpoint import Checkpoint
from services.presence.app.directory import AgentDirectory
from services.presence.app.record_ports import ChainPart, KeptRoot, RecordReaders, StrayEntry
from services.presence.domain.fate import Reason

_GREATEST = 2**62


class ReadRecord:
    """Reads what the caller may see of the record."""

    def __init__(self, directory: AgentDirectory, readers: RecordReaders) -> None:
        self._directory = directory
        self._read = readers

    async def checkpoints(
        self, site: str, after_seq: int, limit: int, scope: Scope
    ) -> list[Checkpoint]:
        """Returns checkpoints behind a place, for whoever sees the whole site."""
        _ensure(scope.sees_site(f"sites/{site}"), site)
        return await self._read.checkpoints.list_between(site, after_seq + 1, _GREATEST, limit)

    async def last_checkpoint(self, site: str, scope: Scope) -> Checkpoint | None:
        """Returns the last checkpoint, for whoever sees the whole site."""
        _ensure(scope.sees_site(f"sites/{site}"), site)
        return await self._read.checkpoints.find_last(site)

    async def roots(self, site: str, after: date, limit: int, scope: Scope) -> list[KeptRoot]:
        """Returns roots after a day, for whoever sees somebody of the site: they name nobody."""
        self._ensure_sees_somebody(site, scope)
        return await self._read.roots.list_after(site, after, limit)

    async def root(self, site: str, day: date, scope: Scope) -> KeptRoot:
        """Returns the root of a day; NOT_FOUND/NO_DAILY_ROOT without one."""
        self._ensure_sees_somebody(site, scope)
        found = await self._read.roots.find(site, day)
        if found is None:
            raise Refusal(
                Code.NOT_FOUND,
                Reason.NO_DAILY_ROOT,
                f"{day} of site {site} has no root: nothing was recorded, or it is still open.",
                metadata={"site": site, "day": day.isoformat()},
            )
        return found

    async def kept_from(self, site: str, scope: Scope) -> date | None:
        """Returns the day before which entries are gone, for whoever sees the whole site."""
        _ensure(scope.sees_site(f"sites/{site}"), site)
        return await self._read.chain.find_kept_from(site)

    async def strays(self, site: str) -> list[StrayEntry]:
        """Returns entries that stand in the log and in none of its links: an intruder's."""
        return await self._read.chain.list_strays(site)

    async def pseudonyms(self) -> list[str]:
        """Returns what explains the salts that are gone; it names nobody."""
        return await self._read.chain.list_pseudonyms()

    async def chain(self, site: str, first_seq: int, last_seq: int) -> AsyncIterator[ChainPart]:
        """Yields a part of a chain up to a seq, or up to its present head if that is zero."""
        head = await self._read.chain.find_head(site)
        end = head.seq if head else 0
        last = min(last_seq or end, end)
        async for part in self._read.chain.read(site, first_seq or 1, last):
            yield part

    def _ensure_sees_somebody(self, site: str, scope: Scope) -> None:
        _ensure(self._directory.sees_somebody(site, scope), site)


def _ensure(visible: bool, site: str) -> None:
    if not visible:
        raise Refusal(
            Code.NOT_FOUND,
            Reason.UNKNOWN_SITE,
            f"There is no site {site}, or nothing of it is yours to see.",
            metadata={"site": site},
        )
