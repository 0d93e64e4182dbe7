"""The profiles of all sites, read anew after half a minute: every call asks for them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from chassis.clock import Clock
from gateway.app.protection_ports import ProfileStore
from gateway.domain.protection import HistoryAudience, ProfileVersion, Rules, rules_in_force

REMEMBERED_FOR = timedelta(seconds=30)

_Versions = Mapping[str, Sequence[ProfileVersion]]


class Profiles:
    """Knows the versions of all sites. Where they cannot be read it refuses, as the store does."""

    def __init__(self, store: ProfileStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: tuple[_Versions, datetime] | None = None
        self._followers: list[Callable[[], None]] = []
        self._reading = asyncio.Lock()

    async def versions_of(self, site: str) -> Sequence[ProfileVersion]:
        """Returns the versions that were chosen for a site, the oldest first."""
        return (await self._all()).get(site, ())

    async def rules_of(self, site: str) -> Rules:
        """Returns the rules by which a site is seen at present."""
        return rules_in_force(await self.versions_of(site), self._clock.now())

    async def open_sites(self) -> frozenset[str]:
        """Returns the sites whose history is for all in whose scope a person is."""
        now = self._clock.now()
        return frozenset(
            site
            for site, versions in (await self._all()).items()
            if rules_in_force(versions, now).history_audience is HistoryAudience.SCOPE
        )

    def follow(self, told: Callable[[], None]) -> None:
        """Tells somebody whenever a profile was changed here."""
        self._followers.append(told)

    def forget(self) -> None:
        """Reads anew at the next call: a profile was changed here."""
        self._known = None
        for told in self._followers:
            told()

    async def _all(self) -> _Versions:
        async with self._reading:
            now = self._clock.now()
            if self._known is None or now - self._known[1] >= REMEMBERED_FOR:
                loaded = await self._store.load_all()
                by_site = groupby(loaded, key=lambda version: version.site)
                self._known = {site: tuple(versions) for site, versions in by_site}, now
            return self._known[0]
