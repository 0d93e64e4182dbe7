"""Site claims: which replica does a site's work of one kind, as leases in the database."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

from chassis.database.pool import Database

LIFETIME = timedelta(seconds=5)
RENEWAL = timedelta(seconds=1.5)
# We stop to rely on a claim this long before the database lets others have it.
_MARGIN = timedelta(seconds=1)

_TAKE = """
INSERT INTO site_claim (site, purpose, holder, expires_time)
SELECT site, %(purpose)s, %(holder)s, clock_timestamp() + %(lifetime)s
FROM unnest(%(sites)s::text[]) AS wanted (site) ORDER BY site
ON CONFLICT (site, purpose) DO UPDATE
SET holder = excluded.holder, expires_time = clock_timestamp() + %(lifetime)s
WHERE site_claim.holder = excluded.holder OR site_claim.expires_time < clock_timestamp()
RETURNING site
"""


class SiteClaims:
    """The claims of one holder for one purpose.

    At most one holder has a site at any instant, judged by the clock of the database. A holder that
    hangs loses its sites after five seconds; `holds` turns false before that, without asking
    anybody.
    """

    def __init__(
        self, *, database: Database, purpose: str, holder: str, lifetime: timedelta = LIFETIME
    ) -> None:
        """Make a holder without sites."""
        self._database = database
        self._purpose = purpose
        self._holder = holder
        self._lifetime = lifetime
        self._reliable_until: dict[str, float] = {}

    @property
    def sites(self) -> frozenset[str]:
        """The sites held at this instant."""
        return frozenset(site for site in self._reliable_until if self.holds(site))

    def holds(self, site: str) -> bool:
        """Tell whether we may act for the site at this instant."""
        return self._reliable_until.get(site, 0.0) > _monotonic()

    async def take(self, sites: Iterable[str]) -> frozenset[str]:
        """Claim or renew the sites, and return those that are ours now; the others stay with their
        holders.
        """
        wanted = sorted(set(sites))
        if not wanted:
            return frozenset()
        begun = _monotonic()
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                _TAKE,
                {
                    "sites": wanted,
                    "purpose": self._purpose,
                    "holder": self._holder,
                    "lifetime": self._lifetime,
                },
            )
            ours = frozenset(row[0] for row in await cursor.fetchall())
        until = begun + (self._lifetime - _MARGIN).total_seconds()
        for site in wanted:
            self._reliable_until.pop(site, None)
        self._reliable_until.update(dict.fromkeys(ours, until))
        return ours

    async def renew(self) -> None:
        """Renew every site that we took; those that another holder has by now are given up."""
        await self.take(self._reliable_until)

    async def release(self) -> None:
        """Give up every site, so that another holder need not wait for the claims to run out."""
        self._reliable_until.clear()
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM site_claim WHERE purpose = %s AND holder = %s",
                (self._purpose, self._holder),
            )


def _monotonic() -> float:
    return asyncio.get_running_loop().time()
